import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { Problem } from '../../../shared/problem.ts'
import { type DeskRelease, reportReleasesCall } from '../../../shared/press.ts'
import { type ReportPage, getReportCall, seeReportCall } from '../../../shared/reports.ts'
import { call } from '../../kit/call.ts'
import { signedIn } from '../../kit/me.ts'
import { lineOf, takeLines } from '../store.ts'

export type Loaded = {
  page: ReportPage | null
  /** Its releases with who relied on them; none until they are here. */
  releases: readonly DeskRelease[]
  /** What the last attempt threw; the page that stands may be older. */
  thrown: unknown
  load: () => Promise<void>
}

/** One report as it stands now: asked for anew whenever the journal tells of it or of the mission. */
export function useReport(id: string): Loaded {
  const [page, setPage] = useState<ReportPage | null>(null)
  const [releases, setReleases] = useState<readonly DeskRelease[]>([])
  const [thrown, setThrown] = useState<unknown>(null)
  const alive = useRef(true)
  const taken = useRef<unknown>(null)
  useEffect(() => () => void (alive.current = false), [])

  const load = useCallback(async () => {
    try {
      const [found, relied] = await Promise.all([call(getReportCall, { id }), call(reportReleasesCall, { id })])
      if (!alive.current) return
      taken.current = found.line
      takeLines([found.line], found.number)
      setPage((before) => (before && before.number > found.number ? before : found))
      setReleases(relied.releases)
      setThrown(null)
    } catch (refused) {
      if (alive.current) setThrown(refused)
    }
  }, [id])

  const line = lineOf(id)?.value
  useEffect(() => {
    if (line === undefined || line !== taken.current) void load()
  }, [line, load])
  // What one may do with it follows from the rules of the mission too.
  const { mission } = signedIn()
  const askedUnder = useRef(mission)
  useEffect(() => {
    if (askedUnder.current === mission) return
    askedUnder.current = mission
    void load()
  }, [mission, load])
  // An answer that did not come is asked for again by itself.
  const silent = thrown !== null && !(thrown instanceof Problem)
  useEffect(() => {
    if (!silent) return undefined
    const timer = setInterval(() => void load(), 5000)
    return () => clearInterval(timer)
  }, [silent, load])
  return { page, releases, thrown, load }
}

const seenMilliseconds = 2000

/** Tells the author that a coordinator has it open, once it was in front of someone for two seconds without a break. */
export function useSeen(page: ReportPage | null): void {
  const id = page?.line.id
  const due = page !== null && page.line.seenAt === null
  useEffect(() => {
    if (!due || id === undefined) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const watch = () => {
      clearTimeout(timer)
      // Told again the next time the page is opened, if this does not arrive.
      if (document.visibilityState === 'visible') timer = setTimeout(() => void call(seeReportCall, { id }).catch(() => undefined), seenMilliseconds)
    }
    watch()
    document.addEventListener('visibilitychange', watch)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', watch)
    }
  }, [id, due])
}
