import { computed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { List as ListIcon, Map as MapIcon } from 'lucide-preact'
import { useKey } from '../../kit/keys.ts'
import { cx } from '../../kit/look/cx.ts'
import { stroke } from '../../kit/look/icon.ts'
import { askedMoment } from '../live.ts'
import { router } from '../router.ts'
import { neighboursOf } from '../store.ts'
import { roomWords } from '../words/room.ts'
import { GroupCard } from './card/GroupCard.tsx'
import { ReportCard } from './card/ReportCard.tsx'
import { FilterBar } from './filter/FilterBar.tsx'
import { FilterPanel } from './filter/FilterPanel.tsx'
import { List } from './list/List.tsx'
import { listed } from './list/in-view.ts'
import { toRow } from './list/to-row.ts'
import { QueueClock } from './list/QueueClock.tsx'
import { MapView } from './map/MapView.tsx'
import { PastBar, PastNote } from './past/PastBar.tsx'
import { followPrinting } from './print.ts'
import { select, selected, spot, stepBack } from './selection.ts'
import { Timeline } from './timeline/Timeline.tsx'
import styles from './room.module.css'

const view = computed(() => (router.query.value.get('view') === 'map' ? 'map' : 'list'))
/** The filter's panel is open: it stands in the address, so that the browser's way back closes it. */
const isFiltering = computed(() => router.query.value.get('panel') === 'filter')
const openFilter = (): void => router.ask({ panel: 'filter' }, { push: true })
const closeFilter = (): void => router.ask({ panel: undefined })

/** Map and list: one view of the same reports. On a narrow screen one of them at a time. */
export function Room() {
  const words = roomWords()
  useEffect(followPrinting, [])
  useKey('j', words.walkDown, () => walk('after'))
  useKey('k', words.walkUp, () => walk('before'))
  useKey('Escape', words.stepBack, () => (isFiltering.peek() ? closeFilter() : void stepBack()))
  const isCard = selected.value !== null || spot.value !== null
  return (
    <div class={styles['room']} data-view={view.value}>
      {askedMoment.value !== null && <div class={styles['then']}><PastNote asked={askedMoment.value} /></div>}
      <section class={styles['list']} aria-label={words.list}>
        <div class={styles['whole']}>
          {askedMoment.value !== null && <PastBar asked={askedMoment.value} />}
          <FilterBar isOpen={isFiltering.value} onOpen={openFilter} />
          {askedMoment.value === null && <QueueClock />}
          <List />
        </div>
        {isFiltering.value && <FilterPanel onClose={closeFilter} />}
      </section>
      <div class={styles['map']}>
        <MapView />
        <div class={styles['time']}><Timeline /></div>
      </div>
      {isCard && <aside class={styles['card']}>{selected.value ? <ReportCard id={selected.value} /> : spot.value && <GroupCard place={spot.value} />}</aside>}
      <Switch />
    </div>
  )
}

/** Apart from the rest, since its links hold the whole address, which changes with each move of the map. */
function Switch() {
  const words = roomWords()
  return (
    <div class={styles['switch']}>
      <a class={cx(styles['side'])} href={here(undefined)} aria-current={view.value === 'list' ? 'true' : undefined}><ListIcon {...stroke} />{words.list}</a>
      <a class={cx(styles['side'])} href={here('map')} aria-current={view.value === 'map' ? 'true' : undefined}><MapIcon {...stroke} />{words.mapShort}</a>
    </div>
  )
}

const here = (view: 'map' | undefined): string => router.address('', { ...Object.fromEntries(router.query.value), view })

/** To the report before or after the selected one; its row takes the focus, so that Enter opens it. */
function walk(to: 'before' | 'after'): void {
  const next = neighboursOf(selected.peek() ?? '', listed.peek())[to]
  if (!next) return
  select(next)
  toRow(next, { takesFocus: true })
}
