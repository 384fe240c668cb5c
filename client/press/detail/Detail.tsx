import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ChevronLeft, ChevronRight, SquareX, X } from 'lucide-preact'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { closePicture, openId, openPicture } from '../router.ts'
import { findPicture, loadedKey, shown, wall } from '../store.ts'
import { pressWords } from '../words/press.ts'
import { cardId } from '../wall/Card.tsx'
import { Kit } from './Kit.tsx'
import styles from './detail.module.css'

/** One picture with all that is taken with it, beside the wall; on a narrow screen in its place. The focus comes here, and goes back to the picture on the wall. */
export function Detail({ id }: { id: string }) {
  const words = pressWords()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    panel.current?.focus({ preventScroll: true })
    let last = id
    const stop = openId.subscribe((next) => void (last = next ?? last))
    return () => {
      stop()
      // The wall can take the focus again once this page has left it.
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`#${cardId(last)} a`)?.focus())
    }
  }, [])
  return (
    <aside ref={panel} class={styles['panel']} tabIndex={-1} aria-label={words.open}>
      <Bar id={id} />
      <Inside key={id} id={id} />
    </aside>
  )
}

/** Back, and to the neighbours. */
function Bar({ id }: { id: string }) {
  const words = pressWords()
  const ids = shown.value
  const at = ids.indexOf(id)
  const go = (to: number) => {
    const next = ids[to]
    if (next) openPicture(next)
  }
  return (
    <header class={styles['bar']}>
      <IconButton icon={X} label={words.back} keyHint="Escape" onClick={closePicture} />
      {at >= 0 && <span class={styles['position']}>{words.position(at + 1, ids.length)}</span>}
      <span class={styles['walk']}>
        <IconButton icon={ChevronLeft} label={words.previous} keyHint="k" disabled={at <= 0} onClick={() => go(at - 1)} />
        <IconButton icon={ChevronRight} label={words.next} keyHint="j" disabled={at < 0 || at >= ids.length - 1} onClick={() => go(at + 1)} />
      </span>
    </header>
  )
}

function Inside({ id }: { id: string }) {
  const words = pressWords()
  const picture = wall.value.known.get(id)
  const isGone = wall.value.gone.has(id)
  const { thrown, isNowhere, again } = useSearch(id, picture === undefined && !isGone)
  if (picture) return <Kit picture={picture} />
  if (isGone) return <Note><Banner tone="critical" icon={SquareX} title={words.withdrawnTitle}>{words.withdrawnWhat}</Banner></Note>
  if (isNowhere) return <EmptyState icon={SquareX} title={words.notHere} action={<Button onClick={closePicture}>{words.back}</Button>}>{words.notHereWhat}</EmptyState>
  if (thrown !== null) return <EmptyState title={words.cannotLoad} action={<Button onClick={again}>{common().buttons.again}</Button>}>{tell(thrown)}</EmptyState>
  return <Note><Skeleton lines={6} tall /></Note>
}

const Note = ({ children }: { children: ComponentChildren }) => <div class={styles['note']}>{children}</div>

/** Looks among all that stands released for a picture that an address names and the wall has not. */
function useSearch(id: string, on: boolean): { thrown: unknown; isNowhere: boolean; again: () => void } {
  const [thrown, setThrown] = useState<unknown>(null)
  const [isNowhere, setNowhere] = useState(false)
  const [turn, setTurn] = useState(0)
  const isReady = on && loadedKey.value !== null
  useEffect(() => {
    if (!isReady) return undefined
    const control = new AbortController()
    setThrown(null)
    findPicture(id, control.signal).then((found) => setNowhere(found === undefined), (refused: unknown) => void (control.signal.aborted || setThrown(refused)))
    return () => control.abort()
  }, [id, isReady, turn])
  return { thrown, isNowhere, again: () => setTurn(turn + 1) }
}
