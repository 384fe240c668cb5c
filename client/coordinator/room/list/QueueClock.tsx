import { useMemo } from 'preact/hooks'
import { usePresent } from '../../../kit/clock.ts'
import { cx } from '../../../kit/look/cx.ts'
import { number } from '../../../kit/numbers.ts'
import { duration } from '../../../kit/times.ts'
import { loadedKey } from '../../live.ts'
import { allPoints, isCut, order, pointOf, pointsVersion, total, toldCounts } from '../../store.ts'
import { roomWords } from '../../words/room.ts'
import { isInView, listed } from './in-view.ts'
import { queueOf } from './queue.ts'
import styles from './queue.module.css'

/** What waits, above the list. Counted from all reports of the filter, not only from those that are listed so far, nor from those that a screen holds; where the list is of the map's part alone, from that part. */
export function QueueClock() {
  const words = roomWords()
  const now = usePresent(5)
  const told = toldCounts.value
  const part = isInView.value ? listed.value : null
  const queue = useMemo(() => (part === null ? (told?.queue ?? queueOf(allPoints().values())) : queueOf(part.flatMap((id) => pointOf(id) ?? []))), [pointsVersion.value, told, part])
  if (loadedKey.value === null) return <div class={styles['around']}><div class={styles['clock']} /></div>
  const waits = queue.oldestReceivedAt === null ? null : duration(now.getTime() - Date.parse(queue.oldestReceivedAt))
  return (
    <div class={styles['around']}>
      <dl class={styles['clock']} aria-label={words.clock} title={(part === null ? words.clockCounts : words.clockCountsInView)(words.reports(queue.total))}>
        <Figure name="not-looked" value={number(queue.notLooked)} words={words.notLooked} />
        <Figure name="oldest" value={waits ?? '–'} words={words.oldest} isLate={waits !== null} />
        <Figure name="in-review" value={number(queue.inReview)} words={words.inReview} />
        <Figure name="critical" value={number(queue.critical)} words={words.critical} isCritical={queue.critical > 0} />
      </dl>
      {isCut.value && <p class={styles['newest']} data-newest>{(part === null ? words.ofNewest : words.ofNewestInView)(order.value.length, total.value)}</p>}
    </div>
  )
}

function Figure({ name, value, words, isLate = false, isCritical = false }: { name: string; value: string; words: string; isLate?: boolean; isCritical?: boolean }) {
  return <div class={cx(isLate && styles['late'], isCritical && styles['critical'])} data-figure={name}><dt>{words}</dt><dd class="numbers">{value}</dd></div>
}
