import { useEffect, useState } from 'preact/hooks'
import { ListFilter, X } from 'lucide-preact'
import type { ReportStatus } from '../../../../shared/verification.ts'
import { usePresent } from '../../../kit/clock.ts'
import { Button } from '../../../kit/look/Button.tsx'
import { IconButton } from '../../../kit/look/IconButton.tsx'
import { Skeleton } from '../../../kit/look/Skeleton.tsx'
import { StatusMark } from '../../../kit/look/StatusMark.tsx'
import { common } from '../../../kit/words/common.ts'
import { type Point, lineOf } from '../../store.ts'
import { roomWords } from '../../words/room.ts'
import { ask } from '../filter/FilterBar.tsx'
import { askRegister, register, stationOf } from '../filter/register.ts'
import { Row } from '../list/Row.tsx'
import { type Spot, select, selected, spotPoints, stepBack } from '../selection.ts'
import { bringLines } from './bring.ts'
import styles from './card.module.css'

const atOnce = 40
const counted: readonly ReportStatus[] = ['received', 'in_review']

/** The reports of one centre, or of whatever is too near for the map, by table: never a pile that cannot be opened. */
export function GroupCard({ place }: { place: Spot }) {
  const words = roomWords()
  const points = spotPoints.value
  const [most, setMost] = useState(atOnce)
  const now = usePresent(10)
  useEffect(() => void askRegister(), [])
  const shown = points.slice(0, most)
  const asked = shown.map((point) => point.id).join()
  useEffect(() => void bringLines(shown), [asked])

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
        {points.length === 0 && <p class={styles['body']}>{words.groupEmpty}</p>}
        {place === 'none' && <p class={styles['explained']}>{words.groupNoPlaceWhat}</p>}
        {sectionsOf(shown).map((section) => (
          <details key={section.key} class={styles['table']} open>
            <summary>
              <b>{stationTitle(section, { withStation: only === undefined, isPlaced: place !== 'none' })}</b>
              <span class={styles['few']}>{words.reports(section.points.length)}</span>
              <span class={styles['folded']}>{section.points.slice(0, 6).map((point) => <StatusMark key={point.id} status={point.status} severity={point.severity} size={14} />)}</span>
            </summary>
            <ul>
              {section.points.map((point) => {
                const line = lineOf(point.id)?.value
                return <li key={point.id}>{line ? <Row brief line={line} now={now} isSelected={point.id === selected.value} onPress={() => select(point.id, { keepSpot: true })} /> : <div class={styles['body']}><Skeleton lines={2} /></div>}</li>
              })}
            </ul>
          </details>
        ))}
        {points.length > most && <div class={styles['body']}><Button wide onClick={() => setMost(most + atOnce)}>{words.showMore(Math.min(atOnce, points.length - most))}</Button></div>}
      </div>
      {only && <footer class={styles['ground']}><Button icon={ListFilter} onClick={() => ask({ station: only })}>{words.onlyThis}</Button></footer>}
    </article>
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

type Section = { key: string; station: string | null; table: string | null; points: Point[] }

/** By station and table, in the order of tables; what is of the whole station comes last. Its table is known once a report's line is here. */
function sectionsOf(points: readonly Point[]): Section[] {
  const sections = new Map<string, Section>()
  for (const point of points) {
    const table = lineOf(point.id)?.value.table ?? null
    const key = `${point.station ?? ''} ${table ?? ''}`
    const section = sections.get(key) ?? { key, station: point.station, table, points: [] }
    section.points.push(point)
    sections.set(key, section)
  }
  return [...sections.values()].sort((one, other) => byNumber(one.station ?? '', other.station ?? '') || Number(one.table === null) - Number(other.table === null) || byNumber(one.table ?? '', other.table ?? ''))
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
