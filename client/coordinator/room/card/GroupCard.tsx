import { useEffect, useState } from 'preact/hooks'
import { ListFilter, X } from 'lucide-preact'
import type { ReportStatus } from '../../../../shared/verification.ts'
import { usePresent } from '../../../kit/clock.ts'
import { Button } from '../../../kit/look/Button.tsx'
import { IconButton } from '../../../kit/look/IconButton.tsx'
import { Skeleton } from '../../../kit/look/Skeleton.tsx'
import { StatusMark } from '../../../kit/look/StatusMark.tsx'
import { common } from '../../../kit/words/common.ts'
import { type Point, isCut, lineOf, order } from '../../store.ts'
import { roomWords } from '../../words/room.ts'
import { ask } from '../filter/FilterBar.tsx'
import { askRegister, register, stationOf } from '../filter/register.ts'
import { Row } from '../list/Row.tsx'
import { select, selected, spotPoints, stepBack } from '../selection.ts'
import type { Spot } from '../spot.ts'
import { bringLines } from './bring.ts'
import styles from './card.module.css'

/** Rows that a table shows at first, and so many more at each asking: all of a table's are counted, whatever is shown. */
const atFirst = 20
const atOnce = 40
const counted: readonly ReportStatus[] = ['received', 'in_review']

/** The reports of one centre, or of whatever is too near for the map, by table: never a pile that cannot be opened. */
export function GroupCard({ place }: { place: Spot }) {
  const words = roomWords()
  const points = spotPoints.value
  useEffect(() => void askRegister(), [])
  // Its table is known by a report's line alone: no table can be counted before all are here.
  useEffect(() => void bringLines(points.filter(({ station }) => station !== null)), [points])
  const { sections, hasAll } = sectionsOf(points)

  const stations = [...new Set(points.map((point) => point.station))]
  const only = stations.length === 1 ? stations[0] : undefined
  return (
    <article class={styles['card']} data-spot data-count={points.length}>
      <header class={styles['head']}>
        <Title place={place} stations={stations} />
        <span><IconButton icon={X} label={words.closeCard} keyHint="Escape" onClick={() => void stepBack()} /></span>
        <p class={styles['summary']}>
          <b>{words.reports(points.length)}</b>
          {counted.map((status) => {
            const how = points.filter((point) => point.status === status).length
            return how > 0 && <span key={status}><StatusMark status={status} severity="low" size={15} />{how} {common().statuses[status].toLowerCase()}</span>
          })}
        </p>
      </header>
      <div class={styles['tables']}>
        {isCut.value && <p class={styles['explained']} data-newest>{words.groupNewest(order.value.length)}</p>}
        {points.length === 0 && <p class={styles['body']}>{words.groupEmpty}</p>}
        {place === 'none' && <p class={styles['explained']}>{words.groupNoPlaceWhat}</p>}
        {sections.map((section) => <Table key={section.key} section={section} title={stationTitle(section, { withStation: only === undefined, isPlaced: place !== 'none' })} />)}
        {!hasAll && <div class={styles['body']} data-counting><span class="visually-hidden" role="status">{words.loadMore}</span><Skeleton lines={4} /></div>}
      </div>
      {only && <footer class={styles['ground']}><Button icon={ListFilter} onClick={() => ask({ station: only })}>{words.onlyThis}</Button></footer>}
    </article>
  )
}

/** The reports of one table: how many they are once that is known, and the first of them. */
function Table({ section: { points, isWhole }, title }: { section: Section; title: string }) {
  const words = roomWords()
  const [most, setMost] = useState(atFirst)
  const now = usePresent(10)
  const shown = points.slice(0, most)
  const asked = shown.map((point) => point.id).join()
  useEffect(() => void bringLines(shown), [asked])
  const rest = points.length - shown.length
  return (
    <details class={styles['table']} open data-table={isWhole ? points.length : ''}>
      <summary>
        <b>{title}</b>
        {isWhole && <span class={styles['few']}>{words.reports(points.length)}</span>}
        <span class={styles['folded']}>{shown.slice(0, 6).map((point) => <StatusMark key={point.id} status={point.status} severity={point.severity} size={14} />)}</span>
      </summary>
      <ul>
        {shown.map((point) => {
          const line = lineOf(point.id)?.value
          return <li key={point.id}>{line ? <Row brief line={line} now={now} isSelected={point.id === selected.value} onPress={() => select(point.id, { keepSpot: true })} /> : <div class={styles['body']}><Skeleton lines={2} /></div>}</li>
        })}
      </ul>
      {isWhole && rest > 0 && <div class={styles['body']}><Button wide onClick={() => setMost(most + atOnce)}>{words.showMore(Math.min(atOnce, rest))}</Button></div>}
    </details>
  )
}

function Title({ place, stations }: { place: Spot; stations: readonly (string | null)[] }) {
  const words = roomWords()
  const known = register.value
  const only = stations.length === 1 ? stations[0] : undefined
  const station = only && known && known !== 'failed' ? stationOf(known, only) : null
  if (place === 'none') return <h2>{words.groupNoPlace}</h2>
  if (only === null) return <h2>{words.groupPhone}</h2>
  if (only === undefined) return <h2>{words.groupPlaces(stations.length)}</h2>
  const tables = [...(station?.tables ?? [])].sort(byNumber)
  return (
    <div>
      <h2>{station?.name ?? only}</h2>
      {station && <p class={styles['place']}>{station.municipality}{tables.length > 0 && ` · ${words.groupTables(tables.length, tables[0] ?? '', tables.at(-1) ?? '')}`}</p>}
    </div>
  )
}

/** `isWhole`: all reports of its station are here by line, so that none may be of this table as well. */
type Section = { key: string; station: string | null; table: string | null; points: Point[]; isWhole: boolean }

/** By station and table, in the order of tables; what is of the whole station comes last. What is of no station is of no table; of the others that is known once their line is here. */
function sectionsOf(points: readonly Point[]): { sections: Section[]; hasAll: boolean } {
  const sections = new Map<string, Section>()
  const open = new Set<string | null>()
  for (const point of points) {
    const line = lineOf(point.id)?.value
    if (!line && point.station !== null) {
      open.add(point.station)
      continue
    }
    const table = line?.table ?? null
    const key = `${point.station ?? ''} ${table ?? ''}`
    const section = sections.get(key) ?? { key, station: point.station, table, points: [], isWhole: true }
    section.points.push(point)
    sections.set(key, section)
  }
  for (const section of sections.values()) section.isWhole = !open.has(section.station)
  return {
    sections: [...sections.values()].sort((one, other) => byNumber(one.station ?? '', other.station ?? '') || Number(one.table === null) - Number(other.table === null) || byNumber(one.table ?? '', other.table ?? '')),
    hasAll: open.size === 0,
  }
}

function stationTitle({ station, table }: Section, { withStation, isPlaced }: { withStation: boolean; isPlaced: boolean }): string {
  const words = roomWords()
  const known = register.value
  const name = station === null ? (isPlaced ? words.groupPhone : words.noPlace) : known && known !== 'failed' ? (stationOf(known, station)?.name ?? station) : station
  const what = table === null ? words.wholeStation : words.tableTitle(table)
  if (station === null) return name
  return withStation ? `${name} · ${what}` : what
}

const byNumber = (one: string, other: string): number => one.localeCompare(other, undefined, { numeric: true })
