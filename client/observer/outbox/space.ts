import { computed, effect, signal } from '@preact/signals'
import { isApple, isInstalled, persisted } from '../device.ts'
import type { Filed } from './records.ts'
import { isDelivered } from './standing.ts'

/** What this browser says it could still keep, in bytes; null where it does not say. */
const freeBytes = signal<number | null>(null)
/** What is left at most, whatever the browser says, with what the phone has to write itself provided for; null while there is room enough. */
export const mostFree = signal<number | null>(null)

/** A picture of a phone's camera, where none was taken here yet. */
export const usualBytes = 5_000_000
/** From here on its owner is told how many more fit. */
const fewPictures = 20

export async function lookAtSpace(): Promise<void> {
  const { quota, usage } = await navigator.storage.estimate()
  freeBytes.value = quota === undefined || usage === undefined ? null : Math.max(0, quota - usage)
}

/** How many more pictures fit, once they are few; null while there is room, or nobody knows. One picture's room is left for what the phone has to write to send the others. */
export function picturesThatFit(free: number | null, mine: readonly Filed[]): number | null {
  if (free === null) return null
  const fit = Math.max(0, Math.floor(free / eachOf(mine)) - 1)
  return fit < fewPictures ? fit : null
}

/** What one more picture takes, going by those that were taken here. */
function eachOf(mine: readonly Filed[]): number {
  const sizes = mine.flatMap(({ photos }) => photos.map(({ sizeBytes }) => sizeBytes)).slice(0, 50)
  return Math.max(usualBytes, sizes.length === 0 ? 0 : sizes.reduce((sum, one) => sum + one, 0) / sizes.length)
}

/** When what waits here has waited so long that it is worth a word that the system could clear it. */
const longMilliseconds = 30 * 60_000

/** How what waits here could be lost by the system's own doing: `seven_days` as Safari clears, `pressure` as any browser that has promised nothing. Null: nothing waits long, or it was promised. */
export function dangerOf(mine: readonly Filed[], { isPromised, isSafariTab, now }: { isPromised: boolean; isSafariTab: boolean; now: number }): 'seven_days' | 'pressure' | null {
  if (isPromised || !mine.some((filed) => !isDelivered(filed) && now - filed.savedAt > longMilliseconds)) return null
  return isSafariTab ? 'seven_days' : 'pressure'
}

const lesser = (one: number | null, other: number | null): number | null => (one === null ? other : Math.min(one, other ?? one))

/** What this phone's owner has to know of its room before anything fails. */
export const roomFor = (mine: readonly Filed[]) => computed(() => lesser(picturesThatFit(freeBytes.value, mine), mostFree.value === null ? null : Math.floor(mostFree.value / eachOf(mine)))).value

export const dangerNow = (mine: readonly Filed[], now: number) => dangerOf(mine, { isPromised: persisted.value === true, isSafariTab: isApple() && !isInstalled(), now })

/** Shows on the app's icon how many reports are not whole at headquarters, where the platform can. */
export function badge(mine: readonly Filed[]): void {
  const left = mine.filter((filed) => !isDelivered(filed)).length
  const { setAppBadge, clearAppBadge } = navigator as Partial<Navigator>
  void (left > 0 ? setAppBadge?.call(navigator, left) : clearAppBadge?.call(navigator))?.catch(() => undefined)
}

/** Follows what is kept here: after each change the room is looked at anew, and the icon shows what is left. */
export function watchSpace(mine: () => readonly Filed[]): void {
  effect(() => {
    badge(mine())
    void lookAtSpace().catch(() => undefined)
  })
}
