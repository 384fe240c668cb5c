import { useEffect } from 'preact/hooks'
import type { ReportLine, ReportPage } from '../../../shared/reports.ts'
import { type Claim, claimMinutes, claimReportCall } from '../../../shared/verification.ts'
import { call } from '../../kit/call.ts'
import { present } from '../../kit/clock.ts'
import { signedIn } from '../../kit/me.ts'

/** Who has a report at this moment; a claim ends at its time, whether or not that was told yet. */
export const holderOf = (line: Pick<ReportLine, 'claim'>, now: Date = present()): Claim | null => (line.claim && Date.parse(line.claim.until) > now.getTime() ? line.claim : null)

const lookEveryMilliseconds = 30_000
/** Renewed when this much of it is gone. */
const renewAfterMilliseconds = 2 * 60_000

/** Renews one's own claim while the page is in front of someone; asks again how things stand when a claim's time ends. */
export function useClaim(page: ReportPage | null, load: () => Promise<void>): void {
  const claim = page?.line.claim ?? null
  const id = page?.line.id
  const isOwn = claim?.by === signedIn().person.id && page?.may.includes('verdict') === true
  useEffect(() => {
    if (!isOwn || !claim || id === undefined) return undefined
    const renew = () => {
      const left = Date.parse(claim.until) - present().getTime()
      if (document.visibilityState !== 'visible' || left > claimMinutes * 60_000 - renewAfterMilliseconds) return
      call(claimReportCall, { id }).then(load, () => undefined)
    }
    const timer = setInterval(renew, lookEveryMilliseconds)
    document.addEventListener('visibilitychange', renew)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', renew)
    }
  }, [id, isOwn, claim?.until, load])
  useEffect(() => {
    if (!claim) return undefined
    const timer = setTimeout(() => void load(), Math.max(0, Date.parse(claim.until) - present().getTime()) + 1000)
    return () => clearTimeout(timer)
  }, [claim?.until, load])
}
