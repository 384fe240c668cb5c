import { computed, signal } from '@preact/signals'
import { type ReportLine, listReportsCall } from '../../shared/reports.ts'
import { call } from '../kit/call.ts'

const aside = signal<ReadonlyMap<string, ReportLine>>(new Map())
const retryAfterMs = 5000
const mostAsked = 100

/** Reports that were set aside as they came and that nobody of the desk has had open yet, the newest first. */
export const unseenAside = computed(() => [...aside.value.values()].sort((one, other) => other.number - one.number))

/** Takes what is told of reports: one that is looked at, or is in work again, alarms no longer. Of somebody in quarantine the desk knows: the tenth false report is no tenth alarm. */
export function takeAside(lines: readonly ReportLine[]): void {
  const next = new Map(aside.peek())
  let isNew = false
  for (const line of lines) {
    const alarms = line.status === 'set_aside' && line.seenAt === null && !line.quarantined
    if (!alarms && !next.has(line.id)) continue
    if (alarms) next.set(line.id, line)
    else next.delete(line.id)
    isNew = true
  }
  if (isNew) aside.value = next
}

/** Asks what was set aside before this page was open. Nobody waits for it: where nothing answers it asks again. `goesOn`: whether that is still worth it. */
export async function askAside(goesOn: () => boolean): Promise<void> {
  try {
    takeAside((await call(listReportsCall, { status: ['set_aside'], limit: mostAsked })).reports)
  } catch {
    if (goesOn()) setTimeout(() => void askAside(goesOn), retryAfterMs)
  }
}
