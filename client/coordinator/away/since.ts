import { computed, effect, signal } from '@preact/signals'
import { Instant } from '../../../shared/basics.ts'
import { present } from '../../kit/clock.ts'
import { keepAs, keptAs } from '../../kit/keep.ts'
import { signedIn } from '../../kit/me.ts'
import { live } from '../live.ts'
import { sinceOf } from '../room/filter/filter.ts'
import { router } from '../router.ts'

/** Since when this person has not looked at the room in this browser; null while that is less than a minute. */
export const awaySince = signal<string | null>(null)
/** The panel that tells what came stands in the address with its moment: a copied link tells a colleague of the same time. */
export const isAwayShown = computed(() => router.query.value.get('panel') === 'away')
export const showAway = (): void => router.ask({ panel: 'away', since: awaySince.peek() ?? hoursAgo(1) }, { push: true })
export const hideAway = (): void => router.ask({ panel: undefined, since: undefined })
/** Another moment for the panel; in its place in the browser's history. */
export const lookSince = (at: string): void => router.ask({ since: at })
export const askedSince = computed(() => sinceOf(router.query.value))
/** In whole minutes, so that the address reads as one says it. */
export const hoursAgo = (hours: number): string => new Date(Math.floor(present().getTime() / 60_000) * 60_000 - hours * 3_600_000).toISOString()

const name = () => `lookedUpTo.${signedIn().person.id}`
const shortMilliseconds = 60_000
const isOlder = (at: string) => present().getTime() - Date.parse(at) > shortMilliseconds

/** Keeps up to which moment somebody has looked: what a tab was told while it was hidden nobody has seen. Once, for as long as the app is open. */
export function followLooks(): () => void {
  const back = () => {
    if (document.hidden) return
    const before = keptAs(Instant, name())
    if (before !== null && isOlder(before)) awaySince.value = before
  }
  back()
  document.addEventListener('visibilitychange', back)
  const stop = effect(() => {
    const upTo = live.value?.completeUpTo.value
    if (upTo && !document.hidden) keepAs(name(), upTo)
  })
  return () => {
    stop()
    document.removeEventListener('visibilitychange', back)
  }
}
