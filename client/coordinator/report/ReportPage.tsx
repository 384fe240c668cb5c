import { useState } from 'preact/hooks'
import { ArrowLeft, ChevronLeft, ChevronRight, FileQuestionMark, Hand, History as HistoryIcon } from 'lucide-preact'
import { Problem } from '../../../shared/problem.ts'
import { type ReportPage as Page, reportNumber } from '../../../shared/reports.ts'
import { usePresent } from '../../kit/clock.ts'
import { useKey } from '../../kit/keys.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button, ButtonLink } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { Bone, Skeleton } from '../../kit/look/Skeleton.tsx'
import { SeverityTag, Tag } from '../../kit/look/Tag.tsx'
import { stroke } from '../../kit/look/icon.ts'
import { signedIn } from '../../kit/me.ts'
import { tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { late } from '../Late.tsx'
import { momentOf } from '../room/filter/filter.ts'
import { openReport, reportAddress } from '../room/selection.ts'
import { keptQuery, router } from '../router.ts'
import { neighboursOf, order } from '../store.ts'
import { roomWords } from '../words/room.ts'
import { reportWords } from '../words/report.ts'
import { Change } from './Change.tsx'
import { Agreement, Facts } from './Facts.tsx'
import { History } from './History.tsx'
import { Notes } from './Notes.tsx'
import { Pictures } from './Pictures.tsx'
import { Place } from './Place.tsx'
import { Quarantined } from './QuarantinePerson.tsx'
import { Releases } from './Releases.tsx'
import { Reopen } from './Reopen.tsx'
import { SetAside } from './SetAside.tsx'
import { Withdrawn } from './Versions.tsx'
import { VerdictPanel, Verdicts } from './Verdict.tsx'
import { roomLink } from './addresses.ts'
import { holderOf, useClaim } from './claim.ts'
import { useReport, useSeen } from './load.ts'
import { categoryTitle, left } from './told.ts'
import styles from './report.module.css'

const ToldLater = late(async () => (await import('../file/ToldLater.tsx')).default)

/** One report whole: its pictures as large as there is room, what is known of it, and the verdict. Give it a `key` of the id. */
export function ReportPage({ id }: { id: string }) {
  const { page, releases, thrown, load } = useReport(id)
  const [changing, setChanging] = useState(false)
  const [telling, setTelling] = useState(false)
  useSeen(page)
  useClaim(page, load)
  return (
    <div class={styles['page']}>
      <div>
        <Head id={id} page={page} />
        <OpenedFromPast />
      </div>
      {page === null ? <Before thrown={thrown} load={load} /> : (
        <div class={styles['body']}>
          <Pictures page={page} title={categoryTitle(page.line.category)} load={load} />
          <div class={styles['side']}>
            {thrown !== null && <Banner tone="medium" alert action={<Button small onClick={() => void load()}>{common().buttons.again}</Button>}>{tell(thrown)} {reportWords().stale}</Banner>}
            <Quarantined page={page} load={load} />
            <SetAside page={page} load={load} />
            <Withdrawn page={page} onTell={() => setTelling(true)} />
            <Facts page={page} onChange={() => setChanging(true)} onTell={() => setTelling(true)} load={load} />
            <Agreement page={page} />
            <VerdictPanel page={page} load={load} />
            <Verdicts page={page} />
            <Reopen page={page} load={load} />
            <Notes page={page} />
            <Releases page={page} releases={releases} load={load} />
            <Place page={page} />
            <History page={page} />
          </div>
          {changing && <Change page={page} onClose={() => setChanging(false)} onDone={load} />}
          {telling && <ToldLater page={page} load={load} onClose={() => setTelling(false)} />}
        </div>
      )}
    </div>
  )
}

function Before({ thrown, load }: { thrown: unknown; load: () => Promise<void> }) {
  const words = reportWords()
  if (thrown instanceof Problem && thrown.code === 'not_found') return <EmptyState icon={FileQuestionMark} title={words.notFound} action={<ButtonLink href={roomLink()}>{words.back}</ButtonLink>}>{words.notFoundWhat}</EmptyState>
  if (thrown !== null) return <EmptyState title={words.loadFailed} action={<Button onClick={() => void load()}>{common().buttons.again}</Button>}>{tell(thrown)}</EmptyState>
  return (
    <div class={styles['body']}>
      <div class={styles['dark']} data-stage />
      <div class={styles['side']}><Skeleton><Bone tall /><Bone /><Bone /><Bone /><Bone tall /><Bone tall /></Skeleton></div>
    </div>
  )
}

/** A report has a page of now alone: whoever comes from a moment in the past, or is sent such a link, is told so. */
function OpenedFromPast() {
  const words = roomWords().past
  const then = momentOf(router.query.value)
  if (then === null) return null
  const at = moment(then)
  return <div class={styles['then']} data-from-past><Banner tone="medium" icon={HistoryIcon} title={words.pageIsNow} action={<ButtonLink small href={roomLink()}>{words.backTo(at)}</ButtonLink>}>{words.roomShows(at)}</Banner></div>
}

/** Back, which report this is, who has it, and on to the next. */
function Head({ id, page }: { id: string; page: Page | null }) {
  const words = reportWords()
  const { before, after } = neighboursOf(id)
  const at = order.value.indexOf(id)
  const go = (next: string | null) => next !== null && openReport(next)
  useKey('Escape', words.stepBack, () => document.fullscreenElement === null && router.go('', { query: keptQuery() }))
  useKey('j', words.nextReport, () => go(after), { on: after !== null })
  useKey('k', words.previousReport, () => go(before), { on: before !== null })
  return (
    <header class={styles['top']}>
      <a class={styles['back']} href={roomLink()} title="Esc"><ArrowLeft {...stroke} />{words.back}</a>
      {page && <SeverityTag severity={page.line.severity} />}
      {page && <b class={styles['number']}>{reportNumber(page.line.number)}</b>}
      {at >= 0 && <span class={styles['at']}>{words.place(at + 1, order.value.length)}</span>}
      <span class={styles['gap']} />
      {page && <Held page={page} />}
      <nav class={styles['walk']}>
        {before !== null && <ButtonLink icon={ChevronLeft} keyHint="k" href={reportAddress(before)} aria-label={words.previousReport}><span class={styles['wide']}>{words.previousReport}</span></ButtonLink>}
        {after !== null && <ButtonLink icon={ChevronRight} keyHint="j" href={reportAddress(after)} aria-label={words.nextReport}><span class={styles['wide']}>{words.next}</span></ButtonLink>}
      </nav>
    </header>
  )
}

/** Who has it and for how long, by the second. */
function Held({ page }: { page: Page }) {
  const words = reportWords()
  const now = usePresent(1)
  const holder = holderOf(page.line, now)
  if (!holder) return null
  const time = left(holder.until, now)
  const isOwn = holder.by === signedIn().person.id
  return <Tag tone={isOwn ? 'accent' : 'medium'} icon={Hand}><span class="numbers">{isOwn ? (page.line.awaitsThird ? words.claimedByYouThird(time) : page.line.awaitsSecond ? words.claimedByYouSecond(time) : words.claimedByYou(time)) : words.claimed(holder.name, time)}</span></Tag>
}
