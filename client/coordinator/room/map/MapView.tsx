import L from 'leaflet'
import { useEffect, useRef, useState } from 'preact/hooks'
import { computed, effect, untracked } from '@preact/signals'
import { Image as ImageIcon, Minus, Plus, Scan } from 'lucide-preact'
import { titleOf } from '../../../../shared/pack.ts'
import { type BaseMap, type Own, type Pack, baseMap, loadOwn, loadPack } from '../../../kit/map/basemap.ts'
import { Banner } from '../../../kit/look/Banner.tsx'
import { cx } from '../../../kit/look/cx.ts'
import { IconButton } from '../../../kit/look/IconButton.tsx'
import { signedIn } from '../../../kit/me.ts'
import { nameOfCountry } from '../../../kit/numbers.ts'
import { language } from '../../../kit/words/language.ts'
import { hasDrawn, isLoading, trouble } from '../../live.ts'
import { cells, isCut, lineOf, linesVersion, onArrival, pointOf, shownFilter } from '../../store.ts'
import { router } from '../../router.ts'
import { roomWords } from '../../words/room.ts'
import { bringLines } from '../card/bring.ts'
import { mapBox } from '../list/in-view.ts'
import { isInSpot, openSpot, select, selected, spot } from '../selection.ts'
import { diameterOf } from './apart.ts'
import { type Box, type Mark, nearestZoom } from './mark.ts'
import { Docked } from './Docked.tsx'
import { Marks, land } from './marks.tsx'
import type { Drawing } from './messages.ts'
import { askedPlace, followPlace } from './follow-place.ts'
import { type Place, farthestZoom, placeIn, placeOf } from './place.ts'
import { keptOnPaper } from './on-paper.ts'
import { cluster, isDrawing } from './worker.ts'
import styles from './map.module.css'

/** Where the map was left, for who comes back from a report: `asked` by the address then, `isHeld` while nobody had moved it. */
let lastView: { place: Place; asked: string | null; isHeld: boolean } | null = null

/** What a card covers of the map while something is open, in pixels: its right side, or on a narrow screen its lower part. */
const covered = ({ x, y }: L.Point): L.PointTuple => (x > 840 ? [420, 130] : [50, Math.round(y * 0.62)])

/** How far from the left a mark stands clear of the map's own buttons, in pixels. */
const clearOfTools = 74
/** Room that marks keep to the edges, in pixels: at the left stand the buttons, at the bottom the timeline and the attribution. */
const roomAround = (edge: number): L.FitBoundsOptions => ({ paddingTopLeft: [Math.max(edge, clearOfTools), edge], paddingBottomRight: [edge, edge + 70] })

const boxOf = (bounds: L.LatLngBounds): Box => [Math.max(-90, bounds.getSouth()), Math.max(-180, bounds.getWest()), Math.min(90, bounds.getNorth()), Math.min(180, bounds.getEast())]
const boundsOf = ([south, west, north, east]: Box): L.LatLngBounds => L.latLngBounds([south, west], [north, east])

/** Whether reports that stand alone show their first picture, in place of a sign. It stands in the address. */
const showsPictures = computed(() => router.query.value.get('marks') === 'pictures')
const mostPictures = 200
const patienceMilliseconds = 500

/** The map of the filter's reports. It moves only when someone moves it, or walks to a report that is out of sight. */
export function MapView() {
  const words = roomWords()
  const view = useRef<HTMLElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<L.Map | null>(null)
  const [base, setBase] = useState<BaseMap | null>(null)
  const [pack, setPack] = useState<Pack | null | 'failed' | undefined>(undefined)
  const [own, setOwn] = useState<Own | null>(null)
  const [hasStreets, setHasStreets] = useState(true)
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  const isHeld = useRef(true)
  const tongue = language.value
  const { country } = signedIn().mission

  useEffect(() => {
    let alive = true
    void Promise.all([loadPack(country).catch(() => 'failed' as const), loadOwn()]).then(([found, given]) => {
      if (!alive) return
      setOwn(given)
      setPack(found)
    })
    return () => void (alive = false)
  }, [country])

  useEffect(() => {
    if (!place.current) return undefined
    const made = L.map(place.current, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 100, maxZoom: nearestZoom, minZoom: farthestZoom, worldCopyJump: false, maxBounds: [[-85, -180], [85, 180]], maxBoundsViscosity: 1 })
    // The address tells where, but for a move that it had no time to hear of.
    const asked = placeOf(askedPlace.peek())
    if (asked && askedPlace.peek() !== lastView?.asked) lastView = { place: asked, asked: askedPlace.peek(), isHeld: false }
    isHeld.current = lastView?.isHeld ?? true
    made.setView([lastView?.place.latitude ?? 0, lastView?.place.longitude ?? 0], lastView?.place.zoom ?? farthestZoom)
    const resized = new ResizeObserver(() => made.invalidateSize({ animate: false, pan: false }))
    resized.observe(place.current)
    const leavePaper = view.current ? keptOnPaper(view.current, place.current) : undefined
    setMap(made)
    return () => {
      leavePaper?.()
      resized.disconnect()
      lastView = { place: placeIn(made), asked: askedPlace.peek(), isHeld: isHeld.current }
      made.remove()
      setMap(null)
    }
  }, [])

  useEffect(() => {
    if (!map || pack === undefined) return undefined
    map.invalidateSize({ animate: false })
    const drawn = baseMap(map, pack === 'failed' ? null : pack, tongue, { own, onStreets: setHasStreets })
    setBase(drawn)
    const release = drawn.bounds && isHeld.current ? keepWhole(map, drawn.bounds, () => (isHeld.current = false)) : undefined
    const stop = followPlace(map, () => isHeld.current)
    return () => {
      release?.()
      stop()
      drawn.remove()
    }
  }, [map, pack, own, tongue])

  const department = shownFilter.value.department
  useEffect(() => base?.focus(department ? [department] : []), [base, department])

  useEffect(() => base?.keepClear((drawing?.marks ?? []).map((mark) => ({ at: L.latLng(mark.latitude, mark.longitude), diameter: diameterOf(mark) }))), [base, drawing])

  useEffect(() => (map && pack !== undefined ? drawMarks(map, setDrawing) : undefined), [map, pack])

  // Without a country's shape the reports themselves say where to look first.
  useEffect(() => {
    if (!map || pack !== null || base?.hasLand || !isHeld.current || !drawing?.box) return
    map.fitBounds(boundsOf(drawing.box), { ...roomAround(60), maxZoom: 13, animate: false })
    isHeld.current = false
  }, [map, pack, base, drawing])

  const isAwaited = (isLoading.value && (cells.value === null || isCut.value)) || isDrawing.value
  const showAll = () => drawing?.box && map?.flyToBounds(boundsOf(drawing.box), { ...roomAround(60), maxZoom: 13, duration: 0.2 })
  return (
    <section ref={view} class={styles['view']} aria-label={words.mapLabel} data-map data-count={drawing ? drawing.drawn + drawing.without : undefined} data-drawn={drawing?.drawn} data-docked={drawing?.without} data-inside={drawing?.inside} data-box={drawing?.view.join()} data-turn={drawing?.turn}>
      {/* Leaflet writes its own classes on its place: ours must never change there. */}
      <div class={cx(styles['map'], isAwaited && styles['waiting'])}><div ref={place} class={styles['place']} aria-label={words.mapLabel} role="group" /></div>
      <div class={styles['tools']}>
        <IconButton framed icon={Plus} label={words.zoomIn} keyHint="+" onClick={() => map?.zoomIn()} />
        <IconButton framed icon={Minus} label={words.zoomOut} keyHint="-" onClick={() => map?.zoomOut()} />
        <IconButton framed icon={Scan} label={words.wholeMap} onClick={showAll} />
        <IconButton framed icon={ImageIcon} label={words.pictureMarks} selected={showsPictures.value} onClick={() => router.ask({ marks: showsPictures.peek() ? undefined : 'pictures' })} />
      </div>
      {pack === null && country !== null && !base?.hasLand && <div class={styles['notes']}><Banner tone="medium">{words.noMap(nameOfCountry(country))}</Banner></div>}
      {pack === 'failed' && <div class={styles['notes']}><Banner tone="medium">{words.mapFailed}</Banner></div>}
      {!hasStreets && pack !== null && pack !== 'failed' && <div class={styles['notes']}><Banner tone="medium">{words.noStreets}</Banner></div>}
      {isAwaited && trouble.value === null && <BeingDrawn />}
      <Docked drawing={drawing} attribution={base?.attribution ?? ''} onShowAll={showAll} />
    </section>
  )
}

/** Said once it takes long enough to be wondered at. */
function BeingDrawn() {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMilliseconds)
    return () => clearTimeout(timer)
  }, [])
  return <p class={styles['drawing']} role="status" data-drawing>{isLong && <span>{roomWords().drawing}</span>}</p>
}

/** Shows the whole country, also in a window of another size, until someone moves the map. */
function keepWhole(map: L.Map, bounds: L.LatLngBounds, onMoved: () => void): () => void {
  let isOwn = false
  const fit = () => {
    isOwn = true
    // Names of towns near the frontier stand beside the country.
    const side = Math.min(48, Math.round(map.getSize().x * 0.1))
    map.fitBounds(bounds, { animate: false, paddingTopLeft: [Math.max(side, clearOfTools), 8], paddingBottomRight: [side, 90] })
    isOwn = false
  }
  const release = () => void map.off('resize', fit).off('movestart', moved)
  const moved = () => {
    if (isOwn) return
    onMoved()
    release()
  }
  fit()
  map.on('resize', fit).on('movestart', moved)
  return release
}

/** Shows what a group is of, nearer by a whole zoom at least: where its box fills the view already, its marks may stand too near to each other still. */
function takeApart(map: L.Map, { box, latitude, longitude }: Extract<Mark, { kind: 'group' }>): void {
  const options = { ...roomAround(80), maxZoom: nearestZoom, duration: 0.2 }
  const next = Math.min(nearestZoom, map.getZoom() + 1)
  if (map.getBoundsZoom(boundsOf(box), false, L.point(160, 230)) >= next) map.flyToBounds(boundsOf(box), options)
  else map.flyTo([latitude, longitude], next, { duration: options.duration })
}

/** Draws the store's points on the map for as long as it stands. */
function drawMarks(map: L.Map, onDrawing: (drawing: Drawing) => void): () => void {
  const isSelected = (mark: Mark): boolean => {
    const point = selected.value ? pointOf(selected.value) : undefined
    if (mark.kind === 'report') return mark.id === selected.value
    if (point) return isInSpot(mark.box, point)
    return spot.value !== null && spot.value !== 'none' && isInSpot(mark.box, { latitude: spot.value[0], longitude: spot.value[1] })
  }
  const title = ({ id, category }: { id: string; category?: string }) => titleOf(signedIn().mission.pack, category ?? pointOf(id)?.category ?? '', language.value)
  const press = (mark: Mark) => {
    if (mark.kind === 'report') select(mark.id)
    else if (mark.isLast) openSpot(mark.box)
    else takeApart(map, mark)
  }

  const picture = (id: string) => (showsPictures.peek() ? (lineOf(id)?.peek().picture ?? null) : null)
  // Marks around the view are drawn, too: one that keys lead to comes in sight.
  const reach = ({ latitude, longitude }: Mark) => void map.panInside([latitude, longitude], { paddingTopLeft: [60, 40], paddingBottomRight: [40, 130] })
  const marks = new Marks(map, { title, picture, isSelected, press, reach })
  let drawn: readonly Mark[] = []
  // A picture is shown where its report stands alone; what is a group stays one.
  const bringPictures = () => showsPictures.peek() && void bringLines(drawn.filter((mark) => mark.kind === 'report').slice(0, mostPictures)).then(() => marks.redraw())
  let frame = 0
  const ask = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      const bounds = map.getBounds()
      if (map.getSize().x > 0) mapBox.value = boxOf(bounds)
      clustering.ask({ view: boxOf(bounds), around: boxOf(bounds.pad(0.4)), zoom: map.getZoom() })
    })
  }
  const clustering = cluster({
    onChange: ask,
    onDrawing: (drawing) => {
      drawn = drawing.marks
      marks.draw(drawing.marks)
      bringPictures()
      onDrawing(drawing)
      hasDrawn.value ||= drawing.drawn + drawing.without > 0
    },
  })
  map.on('moveend zoomend resize', ask)
  ask()

  const stops = [
    onArrival(({ latitude, longitude }) => latitude !== null && longitude !== null && land(map, latitude, longitude)),
    effect(() => {
      void [selected.value, spot.value, language.value, signedIn(), showsPictures.value, linesVersion.value]
      marks.redraw()
      untracked(bringPictures)
    }),
    // What is opened and out of sight comes in, beside its card.
    effect(() => {
      const point = selected.value ? pointOf(selected.value) : undefined
      const place = spot.value
      const at = point && point.latitude !== null && point.longitude !== null ? L.latLng(point.latitude, point.longitude) : place !== null && place !== 'none' ? boundsOf(place).getCenter() : null
      // What hears of the move reads the address: a later move must not bring this one back.
      untracked(() => at && map.panInside(at, { paddingTopLeft: [60, 40], paddingBottomRight: covered(map.getSize()) }))
    }),
  ]
  return () => {
    stops.forEach((stop) => stop())
    map.off('moveend zoomend resize', ask)
    cancelAnimationFrame(frame)
    clustering.close()
    marks.clear()
  }
}
