import L from 'leaflet'
import { render } from 'preact'
import type { Mark } from './mark.ts'
import { MarkButton } from './MarkButton.tsx'
import styles from './map.module.css'

type Drawn = { mark: Mark; marker: L.Marker; place: HTMLElement }

/** How the marks look and what a press does; read again when language or selection change. */
export type Hand = { title: (mark: Extract<Mark, { kind: 'report' }>) => string; picture: (id: string) => string | null; isSelected: (mark: Mark) => boolean; press: (mark: Mark) => void; reach: (mark: Mark) => void }

/** A mark that moved less than this is the same one, redrawn: nothing flickers while reports arrive. */
const sameWithin = 14

/** The marks on the map. Elements are kept from one drawing to the next, so that what has the focus keeps it. */
export class Marks {
  readonly #map: L.Map
  readonly #hand: Hand
  #drawn: Drawn[] = []

  constructor(map: L.Map, hand: Hand) {
    this.#map = map
    this.#hand = hand
  }

  draw(marks: readonly Mark[]): void {
    const left = new Set(this.#drawn)
    const at = (mark: Mark) => this.#map.latLngToLayerPoint([mark.latitude, mark.longitude])
    const places = new Map(this.#drawn.map((one) => [one, at(one.mark)]))
    const next: Drawn[] = []
    for (const mark of marks) {
      const point = at(mark)
      const before = [...left].find((one) => one.mark.kind === mark.kind && (places.get(one)?.distanceTo(point) ?? Infinity) < (mark.kind === 'report' ? 1 : sameWithin) && (mark.kind === 'group' || (one.mark.kind === 'report' && one.mark.id === mark.id)))
      if (before) {
        left.delete(before)
        before.marker.setLatLng([mark.latitude, mark.longitude])
        next.push({ ...before, mark })
      } else next.push(this.#add(mark))
    }
    for (const one of left) this.#remove(one)
    this.#drawn = next
    this.redraw()
  }

  /** Draws the same marks again: another language, another selection. */
  redraw(): void {
    for (const { mark, marker, place } of this.#drawn) {
      const isSelected = this.#hand.isSelected(mark)
      marker.setZIndexOffset(isSelected ? 2000 : 0)
      render(<MarkButton mark={mark} title={mark.kind === 'report' ? this.#hand.title(mark) : ''} picture={mark.kind === 'report' ? this.#hand.picture(mark.id) : null} isSelected={isSelected} onPress={() => this.#hand.press(mark)} />, place)
    }
  }

  clear(): void {
    for (const one of this.#drawn) this.#remove(one)
    this.#drawn = []
  }

  #add(mark: Mark): Drawn {
    const place = document.createElement('div')
    place.addEventListener('focusin', ({ target }) => this.#focused(place, target))
    L.DomEvent.disableClickPropagation(place)
    // Leaflet's own keys are for the map; the button has its own.
    const marker = L.marker([mark.latitude, mark.longitude], { icon: L.divIcon({ className: styles['at'] ?? '', html: place, iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(this.#map)
    return { mark, marker, place }
  }

  /** A press with the mouse leaves the map where it is: only who comes by keys is shown where they are. */
  #focused(place: HTMLElement, target: EventTarget | null): void {
    const one = this.#drawn.find((drawn) => drawn.place === place)
    if (one && target instanceof HTMLElement && target.matches(':focus-visible')) this.#hand.reach(one.mark)
  }

  #remove({ marker, place }: Drawn): void {
    if (place.contains(document.activeElement)) this.#map.getContainer().focus({ preventScroll: true })
    render(null, place)
    marker.remove()
  }
}

/** One soft ring where a report landed. */
export function land(map: L.Map, latitude: number, longitude: number): void {
  const ring = document.createElement('span')
  ring.className = styles['landed'] ?? ''
  const marker = L.marker([latitude, longitude], { icon: L.divIcon({ className: styles['at'] ?? '', html: ring, iconSize: [0, 0] }), interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map)
  ring.addEventListener('animationend', () => marker.remove())
}
