import type { Live } from '../live.ts'

/** For this long a lost connection is only being caught up with. */
const patienceMilliseconds = 10_000

/** Since when this screen hears nothing, once that is more than a hiccup. */
export function longLost({ lostSince }: Pick<Live, 'lostSince'>, now: Date): Date | null {
  const since = lostSince.value
  return since !== null && (!navigator.onLine || now.getTime() - since.getTime() > patienceMilliseconds) ? since : null
}
