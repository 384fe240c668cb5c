import L from 'leaflet'
import type { Feature, MultiLineString, MultiPolygon, Polygon } from 'geojson'
import 'leaflet/dist/leaflet.css'
import './basemap.css'
import { desk } from '../words/desk.ts'
import { edgeOf, shapesOf, type Department, type Pack } from './pack.ts'
import { Names, namesOf, type Mark, type Name } from './names.ts'

export { loadPack, type Pack } from './pack.ts'

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

/**
 * Draws sea, land, borders, lakes and names under everything else on the map; without a pack a plain ground. `first` are names of the
 * caller's own, which get their room before all others. For drawing only: never to decide in which department a point lies.
 */
export function baseMap(map: L.Map, pack: Pack | null, language: string, first: readonly Name[] = []): BaseMap {
  map.getContainer().classList.add('basemap')
  const namesPane = paneOf(map, 'basemapNames')
  if (pack === null) {
    const names = new Names(first, namesPane).addTo(map)
    return { hasLand: false, bounds: null, attribution: '', focus: () => {}, keepClear: (marks) => names.keepClear(marks), remove: () => names.remove() }
  }

  const shapes = shapesOf(pack)
  const pane = paneOf(map, 'basemap')
  const renderer = L.svg({ pane, padding: 0.5 })
  // CSS gives the colours; half a pixel of tolerance leaves no gap between departments.
  const path = (kind: string) => ({ pane, renderer, interactive: false, smoothFactor: 0.5, className: `basemap-shape basemap-${kind}` })
  const area = (kind: string, { geometry }: Feature<Polygon | MultiPolygon>) =>
    L.polygon(geometry.type === 'Polygon' ? L.GeoJSON.coordsToLatLngs(geometry.coordinates, 1) : L.GeoJSON.coordsToLatLngs(geometry.coordinates, 2), path(kind))
  const line = (kind: string, { coordinates }: MultiLineString) => L.polyline(L.GeoJSON.coordsToLatLngs(coordinates, 1), path(kind))
  const names = new Names([...first, ...namesOf(shapes, language, fitZoom(pack.view))], namesPane)
  const edge = L.polyline([], path('outline'))
  const departments = shapes.departments.map((shape) => ({ shape, layer: area('land', shape) }))
  const layers = L.layerGroup([
    L.rectangle(boundsOf(pack.sheet), path('sea')),
    ...shapes.neighbours.map((shape) => area('land-far', shape)),
    ...departments.map(({ layer }) => layer),
    line('beyond', shapes.beyond),
    line('border', shapes.borders),
    ...shapes.lakes.map((shape) => area('lake', shape)),
    line('outline', shapes.outline),
    edge,
    names,
  ]).addTo(map)

  return {
    hasLand: true,
    bounds: boundsOf(pack.view),
    attribution: desk().mapMade(pack.sources.some(({ what }) => what === 'lakes')),
    focus: (wanted) => {
      const keys = new Set(wanted.map(key))
      const chosen = ({ code, name }: Department) => keys.has(key(name)) || (code !== null && keys.has(key(code)))
      map.whenReady(() => {
        for (const { shape, layer } of departments) layer.getElement()?.classList.toggle('basemap-back', keys.size > 0 && !chosen(shape.properties))
      })
      edge.setLatLngs(L.GeoJSON.coordsToLatLngs(edgeOf(pack, chosen).coordinates, 1))
    },
    keepClear: (marks) => names.keepClear(marks),
    remove: () => {
      layers.remove()
      renderer.remove()
    },
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
