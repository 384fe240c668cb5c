import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ArrowUp, Images, SearchX } from 'lucide-preact'
import { useKey } from '../../kit/keys.ts'
import { Button } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { isEmpty, noSearch } from '../filter.ts'
import { closePicture, openId, openPicture, router } from '../router.ts'
import { asked, fetchMore, isAway, isLoading, load, loadedKey, showHeld, shown, trouble, wall } from '../store.ts'
import { download } from '../take.ts'
import { pressWords } from '../words/press.ts'
import { Card, cardId } from './Card.tsx'
import { Head } from './Head.tsx'
import { Loading } from './Loading.tsx'
import { boxesOf } from './rows.ts'
import styles from './wall.module.css'

const gap = 16
const oneColumnBelow = 560

/** Everything that stands released, newest first, in rows that fill the width. */
export function Wall() {
  const scroller = useRef<HTMLElement>(null)
  const isCovered = useCovered()
  useWallKeys()
  return (
    <main
      ref={scroller}
      id="wall"
      class={styles['wall']}
      tabIndex={-1}
      inert={isCovered}
      onScroll={(event) => {
        isAway.value = event.currentTarget.scrollTop > 60
        if (!isAway.value && wall.peek().held.size > 0) showHeld()
      }}
    >
      <Head />
      <New onPress={() => {
        showHeld()
        scroller.current?.scrollTo({ top: 0 })
      }} />
      <Inside />
    </main>
  )
}

function New({ onPress }: { onPress: () => void }) {
  const { size } = wall.value.held
  return (
    <div class={styles['new']} role="status">
      {size > 0 && <Button kind="filled" small icon={ArrowUp} onClick={onPress}>{pressWords().showNew(size)}</Button>}
    </div>
  )
}

function Inside() {
  const words = pressWords()
  if (trouble.value !== null && isLoading.value) return <EmptyState title={words.cannotLoad} action={<Button kind="filled" onClick={() => void load()}>{common().buttons.again}</Button>}>{tell(trouble.value)}</EmptyState>
  if (loadedKey.value === null) return <Loading />
  if (wall.value.order.length > 0) return <Rows />
  if (isEmpty(asked.value)) return <EmptyState icon={Images} title={words.empty}>{words.emptyWhat}</EmptyState>
  return <EmptyState icon={SearchX} title={words.nothingFound} action={<Button onClick={() => router.ask(noSearch)}>{words.clearSearch}</Button>}>{asked.value.words ? words.nothingFoundWhat : words.nothingThere}</EmptyState>
}

function Rows() {
  const { known, next } = wall.value
  const list = useRef<HTMLUListElement>(null)
  const width = useWidth(list)
  const pictures = shown.value.flatMap((id) => known.get(id) ?? [])
  const aspects = pictures.map((picture) => picture.width / picture.height)
  const boxes = width < oneColumnBelow ? aspects.map((aspect) => ({ width, height: width / aspect })) : boxesOf(aspects, { width, gap, target: Math.max(260, Math.min(380, width / 3)) })
  useKept(width)
  return (
    <>
      <ul ref={list} class={styles['rows']} aria-busy={isLoading.value}>
        {width > 0 && pictures.map((picture, at) => {
          const box = boxes[at]
          return box && <Card key={picture.id} picture={picture} box={box} />
        })}
      </ul>
      {next !== null && <Foot />}
    </>
  )
}

/** In sight, it brings the next page. */
function Foot() {
  const foot = useRef<HTMLParagraphElement>(null)
  const { order, next } = wall.value
  useEffect(() => {
    if (!foot.current) return undefined
    const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && void fetchMore(), { rootMargin: '800px' })
    watch.observe(foot.current)
    return () => watch.disconnect()
  }, [order.length, next])
  return <p ref={foot} class={styles['foot']}>{pressWords().more}</p>
}

function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!element.current) return undefined
    setWidth(element.current.clientWidth)
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)))
    watch.observe(element.current)
    return () => watch.disconnect()
  }, [])
  return width
}

/** Keeps the open picture, or the one that was, in sight when the rows are laid anew beside the panel. */
function useKept(width: number): void {
  const last = useRef<string>()
  if (openId.value) last.current = openId.value
  useLayoutEffect(() => {
    if (last.current) document.getElementById(cardId(last.current))?.scrollIntoView({ block: 'nearest' })
  }, [width, openId.value])
}

/** On a narrow screen an open picture covers the wall. */
function useCovered(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia('(max-width: 900px)').matches)
  useEffect(() => {
    const query = matchMedia('(max-width: 900px)')
    const look = () => setNarrow(query.matches)
    query.addEventListener('change', look)
    return () => query.removeEventListener('change', look)
  }, [])
  return narrow && openId.value !== undefined
}

const focusedId = () => document.activeElement?.closest<HTMLElement>('[data-picture]')?.dataset['picture']

/** The one after or before: opens it where one is open, else goes to it. */
function step(by: 1 | -1): void {
  const ids = shown.peek()
  const from = openId.peek() ?? focusedId()
  const id = from === undefined ? ids[0] : ids[ids.indexOf(from) + by]
  if (!id) return
  if (openId.peek()) openPicture(id)
  else document.querySelector<HTMLElement>(`#${cardId(id)} a`)?.focus()
}

function useWallKeys(): void {
  const words = pressWords()
  useKey('j', words.next, () => step(1))
  useKey('ArrowRight', words.next, () => step(1))
  useKey('k', words.previous, () => step(-1))
  useKey('ArrowLeft', words.previous, () => step(-1))
  useKey('d', words.downloadFull, () => {
    const id = openId.peek() ?? focusedId()
    if (id && wall.peek().known.has(id)) void download({ id }, 'full')
  })
  const isSearched = !isEmpty(asked.value)
  useKey('Escape', openId.value ? words.back : words.clearSearch, () => (openId.peek() ? closePicture() : router.ask(noSearch)), { on: openId.value !== undefined || isSearched })
}
