import { useEffect } from 'preact/hooks'
import { router } from '../router.ts'
import type { Look, Turn } from './view.ts'

// How a picture is looked at stands in the address, so that a copied link shows a colleague the very corner of it.

/** Moves that follow one another are one in the address: browsers refuse more than some changes of it a second. */
const quietMilliseconds = 300
const mostZoom = 1000

/** As the address has it: how near, and what lies in the middle; null where it says nothing that can be read. */
export function askedLook(): Look | null {
  const [zoom, x, y, ...more] = (router.query.peek().get('near') ?? '').split(',').map((part) => (part === '' ? Number.NaN : Number(part)))
  if (zoom === undefined || x === undefined || y === undefined || more.length > 0) return null
  const isThere = zoom > 1 && zoom <= mostZoom && x >= 0 && x <= 1 && y >= 0 && y <= 1
  return isThere ? { zoom, x, y } : null
}

const turns: readonly Turn[] = [90, 180, 270]
export const askedTurn = (): Turn => turns.find((turn) => String(turn) === router.query.peek().get('turn')) ?? 0

const textOf = ({ zoom, x, y }: Look): string => [zoom.toFixed(2), x.toFixed(4), y.toFixed(4)].map(Number).join(',')

/** Keeps the address right while a picture stands; a whole and upright one needs no words there. */
export function useLookAddress(look: Look | null, turn: Turn): void {
  const near = look && look.zoom > 1 ? textOf(look) : undefined
  useEffect(() => {
    const next = { near, turn: turn === 0 ? undefined : String(turn) }
    const asked = router.query.peek()
    if (look === null || ((asked.get('near') ?? undefined) === next.near && (asked.get('turn') ?? undefined) === next.turn)) return undefined
    const timer = setTimeout(() => router.ask(next), quietMilliseconds)
    return () => clearTimeout(timer)
  }, [look === null, near, turn])
}
