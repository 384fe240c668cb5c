import L from 'leaflet'
import type { Feature, MultiLineString, MultiPolygon, Polygon } from 'geojson'
import 'leaflet/dist/leaflet.css'
import './basemap.css'
import type { Streets } from '../../../shared/ground.ts'
import { desk } from '../words/desk.ts'
import { type Own, type OwnLevel, levelsOf } from './own.ts'
import { edgeOf, shapesOf, type Department, type Pack, type Shapes } from './pack.ts'
import { Names, namesOf, ownNames, type Mark, type Name } from './names.ts'
import { drawStreets, streetsFrom } from './streets.ts'

export { loadPack, type Pack } from './pack.ts'
export { loadOwn, type Own } from './own.ts'

export type BaseMap = {
  /** False when no map of this country was made: points still show, on a plain ground. */
  hasLand: boolean
  /** What a first view should show; null without land. */
  bounds: L.LatLngBounds | null
  /** Whose data it is, in the reader's language, to be shown on or beside the map; empty without land. */
  attribution: string
  /** Departments by ISO code or name: all other land steps back. None means all. */
  focus: (departments: readonly string[]) => void
  /** What lies on the map: names step aside. */
  keepClear: (marks: readonly Mark[]) => void
  remove: () => void
}

/** A desk's map is about this wide; from it follows which names come at which zoom. */
const deskPixels = 900

/** Below these zooms past the one that shows the country, own areas would only be a tangle of lines. */
const ownFrom = { department: -Infinity, municipality: 0.75, district: 2 }

const nowhere: MultiLineString = { type: 'MultiLineString', coordinates: [] }

type Wanted = {
  /** Names of the caller's own, which get their room before all others. */
  first?: readonly Name[]
  /** What this server's operator gave: areas drawn instead of the base map's, streets beneath them. */
  own?: Own | null
  /** Hears whether streets can be had. */
  onStreets?: (canBeHad: boolean) => void
}

/**
 * Draws sea, land, borders, lakes and names under everything else on the map; without a pack or areas of one's own a plain ground.
 * For drawing only: never to decide in which department a point lies.
 */
export function baseMap(map: L.Map, pack: Pack | null, language: string, { first = [], own = null, onStreets = () => {} }: Wanted = {}): BaseMap {
  const container = map.getContainer()
  container.classList.add('basemap')
  const shapes = pack && shapesOf(pack)
  const levels = own ? levelsOf(own) : []
  const [pane, namesPane] = [paneOf(map, 'basemap'), paneOf(map, 'basemapNames')]
  const view = pack?.view ?? own?.areas?.bounds ?? null
  const fit = view ? fitZoom(view) : 0
  const names = new Names([...first, ...ownNames(levels, fit), ...(shapes ? namesOf(levels.some(({ level }) => level === 'department') ? { ...shapes, departments: [] } : shapes, language, fit) : [])], namesPane)
  const ground = pen(pane)
  // Over streets lines have a pane of their own.
  const lines = own?.streets ? pen(paneOf(map, 'basemapLines')) : ground
  const departments = departmentsOf(pack, shapes, levels)
  const land = departments.areas.map(({ keys, shape }) => ({ keys, on: [ground.area('land', shape), ...(lines === ground ? [] : [lines.area('veil', shape)])] }))
  const edge = lines.line('outline', nowhere)
  const layers = L.layerGroup([
    ...(pack && shapes ? [ground.sheet(pack.sheet), ...shapes.neighbours.map((shape) => ground.area('land-far', shape))] : []),
    ...land.flatMap(({ on }) => on),
    ...(shapes ? [lines.line('beyond', shapes.beyond)] : []),
    lines.line('border', departments.borders),
    ...(shapes?.lakes ?? []).map((shape) => ground.area('lake', shape)),
    lines.line('outline', departments.outline),
    edge,
    names,
  ]).addTo(map)
  const releaseOwn = drawLevels(map, levels.filter(({ level }) => level !== 'department'), fit, lines)
  const releaseStreets = own?.streets ? layStreets(map, own.streets, onStreets) : () => {}

  return {
    hasLand: view !== null,
    bounds: view && boundsOf(view),
    attribution: [pack && desk().mapMade(pack.sources.some(({ what }) => what === 'lakes')), own?.attribution].filter(Boolean).join(' '),
    focus: (wanted) => {
      const keys = new Set(wanted.map(key))
      const chosen = (given: readonly string[]) => given.some((one) => keys.has(key(one)))
      map.whenReady(() => {
        for (const { keys: its, on } of land) for (const layer of on) layer.getElement()?.classList.toggle('basemap-back', keys.size > 0 && !chosen(its))
      })
      edge.setLatLngs(L.GeoJSON.coordsToLatLngs(departments.edgeOf(chosen).coordinates, 1))
    },
    keepClear: (marks) => names.keepClear(marks),
    remove: () => {
      releaseStreets()
      releaseOwn()
      layers.remove()
      for (const { renderer } of new Set([ground, lines])) renderer.remove()
    },
  }
}

type Pen = { renderer: L.SVG; area: (kind: string, shape: Feature<Polygon | MultiPolygon>) => L.Polygon; line: (kind: string, shape: MultiLineString) => L.Polyline; sheet: (box: Pack['view']) => L.Rectangle }

/** Draws in one pane. CSS gives the colours; half a pixel of tolerance leaves no gap between departments. */
function pen(pane: string): Pen {
  const renderer = L.svg({ pane, padding: 0.5 })
  const path = (kind: string) => ({ pane, renderer, interactive: false, smoothFactor: 0.5, className: `basemap-shape basemap-${kind}` })
  return {
    renderer,
    area: (kind, { geometry }) => L.polygon(geometry.type === 'Polygon' ? L.GeoJSON.coordsToLatLngs(geometry.coordinates, 1) : L.GeoJSON.coordsToLatLngs(geometry.coordinates, 2), path(kind)),
    line: (kind, { coordinates }) => L.polyline(L.GeoJSON.coordsToLatLngs(coordinates, 1), path(kind)),
    sheet: (box) => L.rectangle(boundsOf(box), path('sea')),
  }
}

type Departments = Pick<Shapes, 'outline' | 'borders'> & { areas: { keys: string[]; shape: Feature<Polygon | MultiPolygon> }[]; edgeOf: (chosen: (keys: readonly string[]) => boolean) => MultiLineString }

/** Whose land it is: the operator's own departments before the base map's; where there is neither, the largest areas that were given. */
function departmentsOf(pack: Pack | null, shapes: Shapes | null, levels: readonly OwnLevel[]): Departments {
  const own = levels.find(({ level }) => level === 'department') ?? (pack ? undefined : levels[0])
  if (own) return { ...own, areas: own.areas.map((shape) => ({ keys: [shape.properties.name], shape })), edgeOf: (chosen) => own.edgeOf((name) => chosen([name])) }
  const keysOf = ({ code, name }: Department) => [name, ...(code === null ? [] : [code])]
  return {
    outline: shapes?.outline ?? nowhere, borders: shapes?.borders ?? nowhere,
    areas: (shapes?.departments ?? []).map((shape) => ({ keys: keysOf(shape.properties), shape })),
    edgeOf: (chosen) => (pack ? edgeOf(pack, (one) => chosen(keysOf(one))) : nowhere),
  }
}

/** Draws the lines of smaller areas while the map is near enough for them. */
function drawLevels(map: L.Map, levels: readonly OwnLevel[], fit: number, { line }: Pen): () => void {
  const drawn = levels.map(({ level, outline, borders }) => ({ from: fit + ownFrom[level], layer: L.layerGroup([line(`own basemap-own-${level}`, borders), line(`own basemap-own-${level}`, outline)]) }))
  const show = () => {
    for (const { from, layer } of drawn) if (map.getZoom() >= from) layer.addTo(map)
    else layer.remove()
  }
  map.on('zoomend', show)
  map.whenReady(show)
  return () => {
    map.off('zoomend', show)
    for (const { layer } of drawn) layer.remove()
  }
}

/** Streets over the land and beneath the lines. Pictures of streets bring their own names: ours step aside as long as they are seen. */
function layStreets(map: L.Map, streets: Streets, tell: (canBeHad: boolean) => void): () => void {
  const container = map.getContainer()
  let isHad = true
  const show = () => void container.classList.toggle('basemap-named', isHad && streets.kind === 'raster' && map.getZoom() >= streetsFrom(streets))
  const layer = drawStreets(map, streets, paneOf(map, 'basemapStreets'), (canBeHad) => {
    isHad = canBeHad
    show()
    tell(canBeHad)
  })
  map.on('zoomend', show)
  map.whenReady(show)
  return () => {
    map.off('zoomend', show)
    container.classList.remove('basemap-named')
    layer.remove()
  }
}

/** Leaflet names a pane's class after it: `leaflet-basemap-pane`. Names of the map are no content for a screen reader. */
function paneOf(map: L.Map, name: string): string {
  const pane = map.getPane(name) ?? map.createPane(name)
  pane.setAttribute('aria-hidden', 'true')
  return name
}

function boundsOf([west, south, east, north]: Pack['view']): L.LatLngBounds {
  return L.latLngBounds([south, west], [north, east])
}

function fitZoom([west, south, east, north]: Pack['view']): number {
  const { EPSG3857 } = L.CRS
  const [low, high] = [EPSG3857.latLngToPoint(L.latLng(south, west), 0), EPSG3857.latLngToPoint(L.latLng(north, east), 0)]
  return Math.log2(deskPixels / Math.max(high.x - low.x, low.y - high.y))
}

/** Registers write names with and without accents and capitals. */
function key(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
