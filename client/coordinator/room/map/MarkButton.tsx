import { photoImageCall } from '../../../../shared/photos.ts'
import { addressFor } from '../../../kit/call.ts'
import { StatusMark } from '../../../kit/look/StatusMark.tsx'
import { cx } from '../../../kit/look/cx.ts'
import { short } from '../../../kit/numbers.ts'
import { common } from '../../../kit/words/common.ts'
import { roomWords } from '../../words/room.ts'
import { diameterOf } from './apart.ts'
import { type Mark, type Sums, countOf, severities } from './mark.ts'
import styles from './map.module.css'

/** A mark of the map as a button: a report's own mark, or a ring of what is inside. */
export function MarkButton({ mark, title, picture, isSelected, onPress }: { mark: Mark; title: string; picture: string | null; isSelected: boolean; onPress: () => void }) {
  const words = roomWords()
  const isGroup = mark.kind === 'group'
  const worst = isGroup ? (severities.find((severity) => mark.sums[severity] > 0) ?? 'low') : mark.severity
  const label = isGroup ? words.groupMark(mark.count, common().severities[worst], mark.sums.open) : `${title}: ${common().severities[worst]}, ${common().statuses[mark.status]}`
  return (
    <button type="button" class={cx(styles['mark'], isSelected && styles['selected'])} aria-label={label} title={label} data-count={countOf(mark)} data-mark={mark.kind} data-report={isGroup ? undefined : mark.id} onClick={onPress}>
      {isGroup ? <Ring sums={mark.sums} count={mark.count} diameter={diameterOf(mark)} /> : picture !== null ? <Pictured id={picture} mark={mark} /> : <StatusMark status={mark.status} severity={mark.severity} size={22} halo />}
    </button>
  )
}

/** The first picture of a report, framed in its severity's colour, with its sign in the corner: what happened there can be told without opening it. */
function Pictured({ id, mark }: { id: string; mark: Extract<Mark, { kind: 'report' }> }) {
  return (
    <span class={styles['pictured']} data-severity={mark.severity} data-picture={id}>
      <img src={addressFor(photoImageCall, { id, size: 'thumb' })} alt="" decoding="async" />
      <span class={styles['sign']}><StatusMark status={mark.status} severity={mark.severity} size={16} halo /></span>
    </span>
  )
}

const gap = 0.05

/** Shares of severity around the number; the small ring says that some inside were not looked at, in the colour of the worst of those. */
function Ring({ sums, count, diameter }: { sums: Sums; count: number; diameter: number }) {
  const width = diameter < 50 ? 5.5 : 6.5
  const r = (diameter - width) / 2 - 2
  const present = severities.filter((severity) => sums[severity] > 0)
  const turns = present.map((severity) => sums[severity] / count)
  return (
    <span class={styles['group']}>
      <svg width={diameter} height={diameter} viewBox={`${-diameter / 2} ${-diameter / 2} ${diameter} ${diameter}`} aria-hidden="true">
        <circle class={styles['ground']} r={diameter / 2} />
        {present.map((severity, at) => {
          const start = turns.slice(0, at).reduce((total, turn) => total + turn, 0)
          return <path key={severity} class={styles[severity]} d={arc(r, start, turns[at] ?? 0, present.length > 1 ? gap : 0)} stroke-width={width} />
        })}
        <text class={cx(styles['number'], diameter > 50 && styles['large'])} dy=".36em">{short(count)}</text>
      </svg>
      {sums.openWorst && <span class={styles['open']}><StatusMark status="received" severity={sums.openWorst} size={16} halo /></span>}
    </span>
  )
}

/** An arc of a circle from a share of the turn on, clockwise from the top; small parts stay visible. */
function arc(r: number, start: number, share: number, space: number): string {
  if (share >= 1) return `M0 ${-r}A${r} ${r} 0 1 1 -.01 ${-r}Z`
  const from = start * 2 * Math.PI + space / 2
  const to = Math.max(from + 0.06, (start + share) * 2 * Math.PI - space / 2)
  const at = (angle: number) => `${(r * Math.sin(angle)).toFixed(2)} ${(-r * Math.cos(angle)).toFixed(2)}`
  return `M${at(from)}A${r} ${r} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(to)}`
}
