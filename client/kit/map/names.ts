import L from 'leaflet'
import type { OwnLevel } from './own.ts'
import type { Shapes } from './pack.ts'
import { around, placeLabels, type Side } from './labels.ts'

/** A name on the map, shown from one zoom until another; `kind` gives it its look, `dot` says that it stands beside its point and not on it. */
export type Name = { text: string; kind: string; at: L.LatLng; from: number; until: number; dot: boolean }
type Size = { width: number; height: number }
/** What lies on the map and is more than a name: where, and its diameter in pixels. */
export type Mark = { at: L.LatLng; diameter: number }

/** Pixels that stay free between two names, and how far around the view names are kept ready, in views. */
const air = 4
const ready = 0.5

/** Names of towns, departments and neighbours, as room and zoom allow. Decoration: not pressed, not read aloud. */
export class Names extends L.LayerGroup {
  readonly #names: readonly Name[]
  readonly #shown = new Map<Name, { marker: L.Marker; side: Side }>()
  #sides = new Map<Name, Side>()
  readonly #sizes = new Map<Name, Size>()
  #marks: readonly Mark[] = []
  #map: L.Map | null = null

  constructor(names: readonly Name[], pane: string) {
    super([], { pane })
    this.#names = names
  }

  override onAdd(map: L.Map): this {
    this.#map = map
    map.on('zoomend', this.#place, this).on('moveend', this.#show, this)
    this.#place()
    // Widths differ once the packaged font has come.
    void document.fonts.ready.then(() => {
      this.#sizes.clear()
      this.#place()
    })
    return super.onAdd(map)
  }

  override onRemove(map: L.Map): this {
    map.off('zoomend', this.#place, this).off('moveend', this.#show, this)
    this.#map = null
    return super.onRemove(map)
  }

  /** Names make room for these marks. */
  keepClear(marks: readonly Mark[]): void {
    this.#marks = marks
    this.#place()
  }

  /** Decides for the whole sheet which names have room at this zoom. */
  #place(): void {
    const map = this.#map
    if (map === null) return
    const zoom = map.getZoom()
    const wanted = this.#names.filter((name) => zoom >= name.from && zoom < name.until)
    measure(map, wanted, this.#sizes)
    const marks = this.#marks.map(({ at, diameter }) => {
      const { x, y } = map.project(at, zoom)
      return around(x, y, diameter, diameter)
    })
    const sides = placeLabels(wanted.map((name) => ({ ...map.project(name.at, zoom), ...(this.#sizes.get(name) ?? { width: 0, height: 0 }), dot: name.dot })), air, marks)
    this.#sides = new Map(wanted.flatMap((name, index) => {
      const side = sides[index]
      return side ? [[name, side]] : []
    }))
    this.#show()
  }

  /** Brings in the names in and near the view, takes away the others. */
  #show(): void {
    const map = this.#map
    if (map === null) return
    const view = map.getBounds().pad(ready)
    for (const [name, { marker, side }] of this.#shown) {
      if (this.#sides.get(name) === side && view.contains(name.at)) continue
      this.removeLayer(marker)
      this.#shown.delete(name)
    }
    for (const [name, side] of this.#sides) {
      if (this.#shown.has(name) || !view.contains(name.at)) continue
      const icon = L.divIcon({ className: `basemap-at-${name.kind}`, html: element(name, side), iconSize: [0, 0] })
      const marker = L.marker(name.at, { icon, interactive: false, keyboard: false, pane: this.options.pane ?? 'markerPane' })
      this.#shown.set(name, { marker, side })
      this.addLayer(marker)
    }
  }
}

/** All names of a country in the order in which they claim room; `fit` is the zoom at which the country fills a desk's map. */
export function namesOf({ towns, departments, neighbours }: Shapes, language: string, fit: number): Name[] {
  const countries = new Intl.DisplayNames([language], { type: 'region' })
  // Zooms below `fit` show the largest towns only; each further size of town comes as the map gets nearer.
  const townsFrom = [fit - 2, fit - 1.5, fit + 0.25, fit + 1, fit + 1.75]
  // From afar the seat's name says the department's too.
  const seats = new Set(towns.filter(({ rank }) => rank <= 1).map(({ name }) => name))
  const town = towns.map(({ name, rank, at }) => ({ rank, name: { text: name, kind: `town-${rank}`, at: point(at), from: townsFrom[rank] ?? fit + 2, until: Infinity, dot: true } }))
  return [
    ...town.filter(({ rank }) => rank <= 1).map(({ name }) => name),
    ...departments.map(({ properties: { name, at } }) => ({ text: name, kind: 'department', at: point(at), from: seats.has(name) ? fit + 1 : fit - 0.5, until: fit + 4, dot: false })),
    ...neighbours.flatMap(({ properties: { iso, at } }) => (iso && at ? [{ text: countries.of(iso) ?? iso, kind: 'country', at: point(at), from: fit - 2, until: fit + 2, dot: false }] : [])),
    ...town.filter(({ rank }) => rank > 1).map(({ name }) => name),
  ]
}

/** Names of the operator's own areas, larger ones first. */
export function ownNames(levels: readonly OwnLevel[], fit: number): Name[] {
  const shown = { department: [fit - 0.5, fit + 4], municipality: [fit + 1.25, fit + 6], district: [fit + 2.5, Infinity] } as const
  return levels.flatMap(({ level, areas }) => areas.map(({ properties: { name, at } }) => ({ text: name, kind: level, at: point(at), from: shown[level][0], until: shown[level][1], dot: false })))
}

function element({ text, kind }: Name, side: Side): HTMLElement {
  const box = document.createElement('span')
  box.className = `basemap-name basemap-${kind} basemap-${side}`
  box.textContent = text
  return box
}

/** Reads the sizes of all new names at once, so that the page is laid out once. */
function measure(map: L.Map, names: readonly Name[], sizes: Map<Name, Size>): void {
  const fresh = names.filter((name) => !sizes.has(name)).map((name) => ({ name, box: element(name, 'centre') }))
  if (fresh.length === 0) return
  const bench = L.DomUtil.create('div', 'basemap-bench', map.getContainer())
  bench.append(...fresh.map(({ box }) => box))
  for (const { name, box } of fresh) sizes.set(name, { width: box.offsetWidth, height: box.offsetHeight })
  bench.remove()
}

function point([longitude, latitude]: [number, number]): L.LatLng {
  return L.latLng(latitude, longitude)
}
