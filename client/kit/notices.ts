import { signal } from '@preact/signals'
import type { LiveThing } from '../../shared/live.ts'
import { type Notice, confirmNoticeCall, noticesCall } from '../../shared/notices.ts'
import { Problem } from '../../shared/problem.ts'
import { call } from './call.ts'
import { toast } from './look/Toasts.tsx'
import { tell } from './problems.ts'

/** What this person has to confirm, the most urgent first, also what was said while they were away. */
export const openNotices = signal<readonly Notice[]>([])

let retrying: ReturnType<typeof setTimeout> | undefined
const retryAfterMilliseconds = 5000

/** Asks what there is to confirm. What is not answered is asked again; who may not ask has none. */
export async function loadNotices(): Promise<void> {
  clearTimeout(retrying)
  try {
    openNotices.value = (await call(noticesCall, {})).notices
  } catch (thrown) {
    if (!(thrown instanceof Problem)) retrying = setTimeout(() => void loadNotices(), retryAfterMilliseconds)
  }
}

/** What a person has to do about a report may have been done, or asks nothing more, once that report or a release changes. */
const mayBeOver = ({ kind, id }: LiveThing): boolean => openNotices.value.some((one) => one.kind === 'decided_otherwise' && (kind === 'release' || (kind === 'report' && one.report?.id === id)))

/** Asks again after an event that there is something new, or less. */
export function takeNoticeThings(things: readonly LiveThing[]): void {
  if (things.some((one) => one.kind === 'notices' || mayBeOver(one))) void loadNotices()
}

export async function confirmNotice(id: string): Promise<void> {
  try {
    await call(confirmNoticeCall, { id })
    await loadNotices()
  } catch (thrown) {
    toast(tell(thrown))
  }
}
