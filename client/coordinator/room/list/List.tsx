import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ArrowDown, ArrowUp, Inbox, MapPinOff, SearchX, TriangleAlert } from 'lucide-preact'
import { usePresent } from '../../../kit/clock.ts'
import { goOnIn } from '../../../kit/keys.ts'
import { Banner } from '../../../kit/look/Banner.tsx'
import { Button, ButtonLink } from '../../../kit/look/Button.tsx'
import { cx } from '../../../kit/look/cx.ts'
import { EmptyState } from '../../../kit/look/EmptyState.tsx'
import { stroke } from '../../../kit/look/icon.ts'
import { Skeleton } from '../../../kit/look/Skeleton.tsx'
import { signedIn } from '../../../kit/me.ts'
import { tell } from '../../../kit/problems.ts'
import { moment } from '../../../kit/times.ts'
import { common } from '../../../kit/words/common.ts'
import { askedMoment, isLoading, load, loadedKey, trouble } from '../../live.ts'
import { router } from '../../router.ts'
import { lineOf, onArrival, order, rows, shownFilter, total, wanted } from '../../store.ts'
import { bringLines } from '../card/bring.ts'
import { roomWords } from '../../words/room.ts'
import { isOnPaper } from '../print.ts'
import { isEmpty, noFilter, queryOf } from '../filter/filter.ts'
import { openReport, select, selected } from '../selection.ts'
import { Row } from './Row.tsx'
import { Stretch, stretchRows } from './Stretch.tsx'
import { isInView, listed, setInView } from './in-view.ts'
import { keepPlace } from './keep-place.ts'
import { rowAway, toRow } from './to-row.ts'
import styles from './list.module.css'

/** Where the list was left, for who comes back from a report. */
let lastScroll = 0
let wasLeft = false
const rowsMore = 100

/** The filter's reports, newest first. It keeps its place while reports arrive above. */
export function List() {
  const words = roomWords()
  const scroller = useRef<HTMLDivElement>(null)
  const [isDown, setDown] = useState(false)
  const [news, setNews] = useState(0)

  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return undefined
    box.scrollTop = lastScroll
    if (wasLeft) goOnIn(box.querySelector<HTMLElement>('[aria-current]'))
    const scrolled = () => {
      lastScroll = box.scrollTop
      setDown(box.scrollTop > 40)
      if (box.scrollTop <= 40) setNews(0)
    }
    box.addEventListener('scroll', scrolled, { passive: true })
    const release = keepPlace(box)
    return () => {
      box.removeEventListener('scroll', scrolled)
      release()
      wasLeft = true
    }
  }, [])
  useEffect(() => onArrival(() => lastScroll > 40 && setNews((count) => count + 1)), [])
  // Another filter is another list: from its top.
  const key = loadedKey.value
  const before = useRef(key)
  useLayoutEffect(() => {
    if (before.current !== null && before.current !== key) scroller.current?.scrollTo({ top: 0 })
    before.current = key
    setNews(0)
  }, [key])

  // What is chosen on the map is shown in the list, too. Who walks fast by keys is at another row already when this is heard of.
  const chosen = selected.value
  useEffect(() => {
    if (chosen !== null && key !== null && chosen === selected.peek()) toRow(chosen)
  }, [chosen, key])

  return (
    <div class={styles['frame']}>
      <div ref={scroller} tabIndex={-1} class={cx(styles['scroller'], isLoading.value && key !== null && styles['waiting'])} data-list data-count={key === null ? undefined : listed.value.length} data-rows={isInView.value ? Math.min(wanted.value, listed.value.length) : rows.value.length} aria-busy={isLoading.value}>
        {trouble.value !== null && <Trouble />}
        {key === null ? trouble.value === null && <div class={styles['pad']}><Skeleton lines={8} tall /></div> : <Rows />}
      </div>
      {isDown && news > 0 && (
        <button type="button" class={styles['news']} onClick={() => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' })}><ArrowUp {...stroke} size={16} />{words.newOnes(news)}<span class="visually-hidden" role="status">{words.someNew(news)}</span></button>
      )}
      {key !== null && rowAway.value !== null && <p class={styles['away']} role="status" data-away={rowAway.value}><ArrowDown {...stroke} size={16} />{words.rowAway(rowAway.value + 1, listed.value.length)}</p>}
    </div>
  )
}

function Rows() {
  const words = roomWords()
  const present = usePresent(10)
  // In the past a report waits as long as it had waited then.
  const now = askedMoment.value === null ? present : new Date(askedMoment.value)
  const ids = isInView.value ? listed.value.slice(0, wanted.value) : rows.value
  const missing = isInView.value ? ids.filter((id) => !lineOf(id)) : []
  useEffect(() => void bringLines(missing.map((id) => ({ id }))), [missing.join()])
  if (order.value.length === 0) return <><Nothing /><End count={0} /></>
  if (listed.value.length === 0) return <><EmptyState icon={MapPinOff} title={words.noneInView} action={<Button onClick={() => setInView(false)}>{words.listAll}</Button>}>{words.noneInViewWhat}</EmptyState><End count={0} /></>
  const stretches = Array.from({ length: Math.ceil(ids.length / stretchRows) }, (_, at) => ids.slice(at * stretchRows, (at + 1) * stretchRows))
  return (
    <>
      <div role="list" class={styles['list']} aria-label={words.listLabel}>
        {stretches.map((some, at) => (
          <Stretch key={at} isLong={ids.length > shortList && !isOnPaper.value} isHeld={selected.value !== null && some.includes(selected.value)}>
            {() => some.map((id) => <OneRow key={id} id={id} now={now} isSelected={id === selected.value} />)}
          </Stretch>
        ))}
      </div>
      {ids.length < listed.value.length && !isOnPaper.value && <More count={ids.length} />}
      <End count={ids.length} />
    </>
  )
}

/** The last line of a sheet: whoever holds it knows that no page is missing. */
function End({ count }: { count: number }) {
  return <p class={cx(styles['pad'], styles['end'])} data-end>{roomWords().past.printed(count, isInView.value ? listed.value.length : total.value)}</p>
}

/** A list up to here stays whole, so that a browser finds every word of it. */
const shortList = 300

function OneRow({ id, now, isSelected }: { id: string; now: Date; isSelected: boolean }) {
  const line = lineOf(id)?.value
  if (!line) return <div role="listitem" class={styles['pad']}><Skeleton lines={2} tall /></div>
  return <div role="listitem" class={styles['item']}><Row line={line} now={now} isSelected={isSelected} onPress={() => (isSelected ? openReport(id) : select(id))} /></div>
}

/** Asks for more when the end comes near. */
function More({ count }: { count: number }) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!end.current) return undefined
    const near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && count >= wanted.peek() && (wanted.value = count + rowsMore), { rootMargin: '600px' })
    near.observe(end.current)
    return () => near.disconnect()
  }, [count])
  return <div ref={end} class={styles['pad']}><span class="visually-hidden">{roomWords().loadMore}</span><Skeleton lines={2} tall /></div>
}

function Nothing() {
  const words = roomWords()
  if (askedMoment.value !== null) return <NothingThen moment={askedMoment.value} />
  if (!isEmpty(shownFilter.value)) return <EmptyState icon={SearchX} title={words.noMatchTitle} action={<Button onClick={() => router.ask(queryOf(noFilter), { push: true })}>{words.clearAll}</Button>}>{words.noMatchWhat}</EmptyState>
  if (!signedIn().mission.open) return <EmptyState icon={Inbox} title={words.notOpenTitle}>{words.notOpenWhat}</EmptyState>
  const isLead = signedIn().person.role === 'lead'
  return <EmptyState icon={Inbox} title={words.emptyTitle} action={isLead ? <ButtonLink kind="filled" href={router.address('people')}>{words.invite}</ButtonLink> : undefined}><p>{words.emptyWhat}</p><p>{isLead ? words.emptyLead : words.emptyAsk}</p></EmptyState>
}

/** What was so at a moment in the past; nothing lands there any more. */
function NothingThen({ moment: at }: { moment: string }) {
  const words = roomWords()
  if (isEmpty(shownFilter.value)) return <EmptyState icon={Inbox} title={words.past.noneThen(moment(at))}>{words.past.noneThenWhat}</EmptyState>
  return <EmptyState icon={SearchX} title={words.past.noMatchThen(moment(at))} action={<Button onClick={() => router.ask(queryOf(noFilter), { push: true })}>{words.clearAll}</Button>}>{words.past.noMatchThenWhat}</EmptyState>
}

function Trouble() {
  const words = roomWords()
  return <div class={styles['pad']}><Banner alert tone="high" icon={TriangleAlert} title={words.errorTitle} action={<Button small onClick={() => void load()}>{common().buttons.again}</Button>}>{tell(trouble.value)}{loadedKey.value !== null && ` ${words.stale}`}</Banner></div>
}
