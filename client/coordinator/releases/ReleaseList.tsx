import { useEffect, useRef, useState } from 'preact/hooks'
import type { ReplyOf } from '../../../shared/contract.ts'
import { deskReleasesCall, releaseImageCall } from '../../../shared/press.ts'
import { reportNumber } from '../../../shared/reports.ts'
import { addressFor, call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { releasesVersion } from '../live.ts'
import { Relied } from '../report/Relied.tsx'
import { standingOf } from '../report/standing.ts'
import { inOurs } from '../report/told.ts'
import { router } from '../router.ts'
import { auditWords } from '../words/audit.ts'
import { reportWords } from '../words/report.ts'
import { Filter } from './Filter.tsx'
import { askAll, filterOf, keyOf } from './filter.ts'
import styles from './releases.module.css'

type Reply = ReplyOf<typeof deskReleasesCall>
type Release = Reply['releases'][number]
const pageSize = 50
const mostAgain = 500
/** What comes meanwhile is asked for together. */
const againMilliseconds = 3000

/** Every picture that left the house, or waits to: when, by whom, who has it, what was taken back. Newest first, as its filter in the address asks. */
export function ReleaseList() {
  const words = auditWords()
  const filter = filterOf(router.query.value)
  const key = keyOf(filter)
  const [shown, setShown] = useState<(Reply & { key: string }) | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const wanted = useRef(key)
  wanted.current = key
  const load = async (after?: string) => {
    setBusy(true)
    const known = shown?.key === key ? shown.releases : []
    try {
      const limit = after === undefined ? Math.min(mostAgain, Math.max(pageSize, known.length)) : pageSize
      const found = await call(deskReleasesCall, { ...filter, limit, ...(after === undefined ? {} : { after }) })
      if (wanted.current !== key) return
      setThrown(null)
      setShown({ ...found, key, releases: after === undefined ? found.releases : [...known, ...found.releases.filter(({ id }) => known.every((one) => one.id !== id))] })
    } catch (refused) {
      if (wanted.current === key) setThrown(refused)
    } finally {
      setBusy(false)
    }
  }
  useEffect(() => void load(), [key])
  const version = releasesVersion.value
  useEffect(() => {
    if (version === 0) return undefined
    const timer = setTimeout(() => void load(), againMilliseconds)
    return () => clearTimeout(timer)
  }, [version])
  const page = shown?.key === key ? shown : null
  return (
    <div class={styles['page']}>
      <header>
        <h2 class={styles['title']}>{words.releases.title}</h2>
        <p class={styles['note']}>{words.releases.what}</p>
      </header>
      <Filter filter={filter} people={shown?.people ?? []} />
      {thrown !== null && page === null && <EmptyState title={words.releases.failed} action={<Button onClick={() => void load()}>{common().buttons.again}</Button>}>{tell(thrown)}</EmptyState>}
      {thrown === null && page === null && <Skeleton lines={8} tall />}
      {page?.releases.length === 0 && (key === keyOf({}) ? <EmptyState title={words.releases.none}>{words.releases.noneWhat}</EmptyState> : <EmptyState title={words.releases.nothing} action={<Button onClick={askAll}>{words.clear}</Button>}>{words.nothingWhat}</EmptyState>)}
      {page && page.releases.length > 0 && (
        <>
          <p class={styles['note']} role="status">{words.releases.counted(page.releases.length, page.total)}</p>
          <ol class={styles['releases']} aria-label={words.releases.title} aria-busy={busy}>{page.releases.map((one) => <One key={one.id} release={one} />)}</ol>
        </>
      )}
      {page && page.next !== null && <p class={styles['more']}><Button busy={busy} onClick={() => void load(page.next ?? undefined)}>{words.releases.more}</Button>{thrown !== null && <span role="alert"> {tell(thrown)}</span>}</p>}
    </div>
  )
}

function One({ release }: { release: Release }) {
  const words = auditWords()
  const { id, report, captions, releasedBy, releasedAt, retractedAt, retractedReason, version } = release
  const standing = standingOf(release)
  const isGone = standing === 'retracted'
  return (
    <li class={cx(isGone && styles['gone'])} data-release={id} data-standing={standing}>
      {isGone ? <span class={styles['none']} aria-hidden="true" /> : <img src={addressFor(releaseImageCall, { id, size: 'wall' })} alt="" loading="lazy" />}
      <div>
        <p><b>{words.releases.standings[standing]}</b>{version > 1 && <span class={styles['note']}> {words.releases.version(version)}</span>}</p>
        <p>{inOurs(captions)}</p>
        <p class={styles['note']}>{reportWords().releasedBy(releasedBy, moment(releasedAt))}</p>
        {retractedAt !== null && <p class={styles['note']}>{reportWords().retractedAt(moment(retractedAt))}{retractedReason && `: ${retractedReason}`}</p>}
        <Relied release={release} />
        <p class={styles['links']}>
          <a href={router.address(`reports/${report.id}`)}>{words.releases.report(reportNumber(report.number))}</a>
          {(standing === 'out' || standing === 'withheld') && <a href={`/press/${id}`}>{reportWords().onPressWall}</a>}
        </p>
      </div>
    </li>
  )
}
