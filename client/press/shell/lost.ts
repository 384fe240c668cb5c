import { live, lostSince } from '../store.ts'

/** For this long a lost connection is only being caught up with. */
const patienceMilliseconds = 10_000

/** Since when this screen hears nothing, once that is more than a hiccup. */
export function longLost(now: Date): Date | null {
  const since = lostSince.value
  if (live.value?.state.value === 'ended' || since === null) return null
  return !navigator.onLine || now.getTime() - since.getTime() > patienceMilliseconds ? since : null
}
