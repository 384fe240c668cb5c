import { effect, signal } from '@preact/signals'
import { Instant } from '../../../shared/basics.ts'
import { present } from '../../kit/clock.ts'
import { keepAs, keptAs } from '../../kit/keep.ts'
import { signedIn } from '../../kit/me.ts'
import { live } from '../live.ts'

/** Since when this person has not looked at the room in this browser; null while that is less than a minute. */
export const awaySince = signal<string | null>(null)
export const isAwayShown = signal(false)

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
