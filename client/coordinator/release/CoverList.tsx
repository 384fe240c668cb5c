import { useLayoutEffect, useRef } from 'preact/hooks'
import { Trash2 } from 'lucide-preact'
import { type Cover, coverMarginPixels } from '../../../shared/press.ts'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { cx } from '../../kit/look/cx.ts'
import { releaseWords } from '../words/release.ts'
import { mostCovers } from './covers.ts'
import styles from './release.module.css'

const whats: readonly Cover['what'][] = ['face', 'list', 'document', 'ballot', 'plate', 'other']

type Props = { covers: readonly Cover[]; selected: number | null; onSelect: (at: number) => void; onChoose: (at: number) => void; onCovers: (covers: readonly Cover[]) => void; onKind: (kind: Cover['what']) => void }

/** The covers in words: what each hides, its size, and the way to take it off. It scrolls in itself, so that the picture keeps its place. */
export function CoverList({ covers, selected, onSelect, onChoose, onCovers, onKind }: Props) {
  const words = releaseWords()
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    const row = selected === null ? undefined : list.current?.children[selected]
    if (list.current && row) list.current.scrollTop += beyond(list.current.getBoundingClientRect(), row.getBoundingClientRect())
  }, [selected, covers.length])
  const name = (at: number, kind: Cover['what'] | undefined) => {
    if (kind === undefined) return
    onCovers(covers.map((one, index) => (index === at ? { ...one, what: kind } : one)))
    onKind(kind)
  }
  return (
    <section class={styles['covers']}>
      <h3 class={styles['heading']}>{words.covers(covers.length)}</h3>
      {covers.length === 0 ? <p class={styles['note']}>{words.coversWhat}</p> : (
        <>
          <ul ref={list}>
            {covers.map((cover, at) => (
              <li key={at} class={cx(selected === at && styles['selected'])} onPointerDown={() => onSelect(at)} onClick={(event) => isPlain(event.target) && onChoose(at)}>
                <span class={styles['swatch']} />
                <select class={styles['what']} aria-label={words.whatLabel(at + 1)} value={cover.what} onFocus={() => onSelect(at)} onChange={(event) => name(at, whats.find((what) => what === event.currentTarget.value))}>
                  {whats.map((what) => <option key={what} value={what}>{words.what[what]}</option>)}
                </select>
                <span class="numbers">{words.pixels(cover.width, cover.height)}</span>
                <IconButton icon={Trash2} label={words.remove} onClick={() => onCovers(covers.filter((_, index) => index !== at))} />
              </li>
            ))}
          </ul>
          <p class={styles['note']}>{covers.length >= mostCovers ? words.mostCovers : words.margin(coverMarginPixels)}</p>
        </>
      )}
      <p class={cx(styles['note'], styles['byKeys'])}>{words.coversKeys}</p>
    </section>
  )
}

/** Not on a control of the row. */
const isPlain = (target: EventTarget | null): boolean => target instanceof Element && !target.closest('select, button')

/** How far to scroll so that a row stands within its list. */
const beyond = (list: DOMRect, row: DOMRect): number => (row.top < list.top ? row.top - list.top : Math.max(0, row.bottom - list.bottom))
