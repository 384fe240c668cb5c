import { useMemo, useRef, useState } from 'preact/hooks'
import { type Bins, binsOf } from '../../../../shared/counts.ts'
import { clock, dayOf, dayShort, moment } from '../../../kit/times.ts'
import { askedFilter } from '../../live.ts'
import { pointsAtAnyTime, pointsVersion, toldCounts } from '../../store.ts'
import { roomWords } from '../../words/room.ts'
import { ask } from '../filter/FilterBar.tsx'
import styles from './timeline.module.css'

const written = (at: number) => moment(new Date(at).toISOString())

/** The filter's reports over time, whatever its times; a stretch is chosen by drawing over it, or with the two handles. */
export function Timeline() {
  const told = toldCounts.value
  const bins = useMemo(() => (told ? told.times : binsOf([...pointsAtAnyTime().values()].map(({ observedAt, severity, status }) => ({ at: Date.parse(observedAt), severity, status, count: 1 })))), [pointsVersion.value, told])
  if (!bins || bins.bins.length < 3) return null
  return <Drawn bins={bins} />
}

/** The time and the day of an end, in the mission's zone. */
const Edge = ({ at }: { at: number }) => <span class={styles['edge']}><b class="numbers">{clock(new Date(at))}</b><small>{dayShort(dayOf(new Date(at)))}</small></span>

type Stretch = { from: number; until: number }

function Drawn({ bins: { from, until, step, bins, most } }: { bins: Bins }) {
  const words = roomWords()
  const bars = useRef<HTMLDivElement>(null)
  const [drawing, setDrawing] = useState<{ start: number; now: number } | null>(null)
  const filter = askedFilter.value
  const count = bins.length
  const indexOf = (instant: string | undefined, whenNone: number, round: (value: number) => number) => (instant ? Math.min(count, Math.max(0, round((Date.parse(instant) - from) / step))) : whenNone)
  const held: Stretch = drawing
    ? { from: Math.min(drawing.start, drawing.now), until: Math.max(drawing.start, drawing.now) + 1 }
    : { from: indexOf(filter.from, 0, Math.floor), until: indexOf(filter.until, count, Math.ceil) }
  const isAll = held.from <= 0 && held.until >= count

  const choose = (next: Stretch) => {
    const isWhole = next.from <= 0 && next.until >= count
    // The last stretch stays open, so that what comes now is not left out.
    ask({ from: isWhole || next.from <= 0 ? undefined : new Date(from + next.from * step).toISOString(), until: isWhole || next.until >= count ? undefined : new Date(from + next.until * step - 1).toISOString() })
  }
  const at = (event: PointerEvent) => {
    const box = bars.current?.getBoundingClientRect()
    return box ? Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * count))) : 0
  }
  // While it is drawn the edges say themselves; a filter's own times may lie between them.
  const isAnyTime = drawing ? isAll : !filter.from && !filter.until
  const begin = drawing || !filter.from ? written(from + held.from * step) : moment(filter.from)
  const end = drawing ? written(from + held.until * step) : filter.until ? moment(filter.until) : null

  return (
    <section class={styles['timeline']} aria-label={words.timeline} data-timeline>
      <Edge at={from} />
      <div
        ref={bars}
        class={styles['bars']}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrawing({ start: at(event), now: at(event) })
        }}
        onPointerMove={(event) => drawing && setDrawing({ ...drawing, now: at(event) })}
        onPointerUp={() => {
          if (drawing) choose(drawing.start === drawing.now && !isAll && drawing.now >= held.from && drawing.now < held.until ? { from: 0, until: count } : held)
          setDrawing(null)
        }}
        onPointerCancel={() => setDrawing(null)}
      >
        <svg viewBox={`0 0 ${count} 100`} preserveAspectRatio="none" aria-hidden="true">
          {!isAll && <rect class={styles['held']} x={held.from} width={Math.max(0, held.until - held.from)} y="0" height="100" />}
          {bins.map((bin, index) => {
            const high = (value: number) => (value / most) * 96
            const [critical, second, rest] = [high(bin.critical), high(bin.high), high(bin.rest)]
            return (
              <g key={bin.from} class={index >= held.from && index < held.until ? undefined : styles['out']}>
                <rect class={styles['rest']} x={index + 0.14} width="0.72" y={100 - critical - second - rest} height={rest} />
                <rect class={styles['high']} x={index + 0.14} width="0.72" y={100 - critical - second} height={second} />
                <rect class={styles['critical']} x={index + 0.14} width="0.72" y={100 - critical} height={critical} />
              </g>
            )
          })}
        </svg>
        <input type="range" class={styles['handle']} aria-label={words.timelineFrom} aria-valuetext={begin} min={0} max={count - 1} value={held.from} onChange={(event) => choose({ from: Math.min(event.currentTarget.valueAsNumber, held.until - 1), until: held.until })} />
        <input type="range" class={styles['handle']} aria-label={words.timelineUntil} aria-valuetext={end ?? words.timelineAll} min={1} max={count} value={held.until} onChange={(event) => choose({ from: held.from, until: Math.max(event.currentTarget.valueAsNumber, held.from + 1) })} />
      </div>
      <Edge at={until} />
      <span class={styles['said']}>{isAnyTime ? words.anyTime : end === null ? words.since(begin) : filter.from || drawing ? words.fromTo(begin, end) : words.upTo(end)}</span>
    </section>
  )
}
