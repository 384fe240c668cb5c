import { useCallback, useEffect, useState } from 'preact/hooks'
import { ArrowLeft } from 'lucide-preact'
import type { ReplyOf } from '../../../shared/contract.ts'
import { type PhotoId, partsOf } from '../../../shared/photos.ts'
import { releaseProposalCall } from '../../../shared/press.ts'
import { Problem } from '../../../shared/problem.ts'
import { reportNumber } from '../../../shared/reports.ts'
import { call } from '../../kit/call.ts'
import { useKey } from '../../kit/keys.ts'
import { Button, ButtonLink } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { Bone, Skeleton } from '../../kit/look/Skeleton.tsx'
import { Kbd } from '../../kit/look/Kbd.tsx'
import { stroke } from '../../kit/look/icon.ts'
import { tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { reportAddress } from '../room/selection.ts'
import { keptQuery, router } from '../router.ts'
import { useReport } from '../report/load.ts'
import { releaseWords } from '../words/release.ts'
import { Released, type Done } from './Released.tsx'
import { Studio } from './Studio.tsx'
import styles from './release.module.css'

export type Proposal = ReplyOf<typeof releaseProposalCall>

/** Where a picture of a verified report is covered, captioned and released. Give it a `key` of the picture. */
export function ReleaseStudio({ photo }: { photo: PhotoId }) {
  const words = releaseWords()
  const { reportId } = partsOf(photo)
  const { page, thrown, load } = useReport(reportId)
  const [proposal, setProposal] = useState<Proposal | null>(null)
  const [refused, setRefused] = useState<unknown>(null)
  const [done, setDone] = useState<Done | null>(null)
  const propose = useCallback(async () => {
    try {
      setProposal(await call(releaseProposalCall, { id: photo }))
      setRefused(null)
    } catch (problem) {
      // Without an answer what was proposed may still hold; a refusal says that it does not.
      if (problem instanceof Problem) setProposal(null)
      setRefused(problem)
    }
  }, [photo])
  // Precision and eyes follow what is known of the report.
  const stand = page && JSON.stringify([page.line.status, page.line.department, page.line.station, page.line.category, page.photos.find(({ id }) => id === photo)?.state])
  useEffect(() => {
    if (stand !== null) void propose()
  }, [stand, propose])

  const back = () => router.go(`reports/${reportId}`, { query: keptQuery() })
  useKey('Escape', words.toReport, back)
  const again = () => {
    void load()
    void propose()
  }
  const picture = page?.photos.find(({ id }) => id === photo)
  const at = page?.photos.findIndex(({ id }) => id === photo) ?? -1
  return (
    <div class={styles['page']}>
      <header class={styles['top']}>
        <a class={styles['back']} href={reportAddress(reportId)} title="Esc"><ArrowLeft {...stroke} />{page ? reportNumber(page.line.number) : words.toReport}</a>
        <h2 class={styles['title']}>{words.title}</h2>
        <span class={styles['gap']} />
        {proposal && !done && <span class={styles['hold']}>{words.hold} <Kbd name="b" /> {words.forBefore}</span>}
        {page && at >= 0 && <span class={styles['at']}>{words.pictureAt(at + 1, page.photos.length)}</span>}
      </header>
      {page === null || (proposal === null && refused === null)
        ? thrown === null ? <Waiting /> : <Refused thrown={thrown} again={again} reportId={reportId} />
        : done ? <Released done={done} page={page} />
          : proposal && picture ? <Studio page={page} photo={picture} proposal={proposal} onDone={setDone} onStale={again} />
            : <Refused thrown={refused ?? new Problem('not_found')} again={again} reportId={reportId} />}
    </div>
  )
}

function Waiting() {
  return (
    <div class={styles['body']}>
      <div class={styles['left']} data-stage />
      <div class={styles['form']}><Skeleton><Bone tall /><Bone /><Bone /><Bone tall /><Bone tall /><Bone /></Skeleton></div>
    </div>
  )
}

/** Why nothing can be proposed, and the way on. */
function Refused({ thrown, again, reportId }: { thrown: unknown; again: () => void; reportId: string }) {
  const words = releaseWords()
  const field = thrown instanceof Problem ? thrown.details.fields?.[0] : undefined
  const told = field?.path === 'department' ? { title: words.needsDepartment, what: words.needsDepartmentWhat }
    : field?.reason === 'wrong_kind' ? { title: words.wrongKind, what: words.wrongKindWhat }
      : field?.reason === 'not_yet' ? { title: words.notYet, what: words.notYetWhat }
        : { title: words.loadFailed, what: tell(thrown) }
  return (
    <EmptyState
      title={told.title}
      action={<p class={styles['ways']}>{told.title === words.loadFailed && <Button onClick={again}>{common().buttons.again}</Button>}<ButtonLink href={reportAddress(reportId)}>{words.toReport}</ButtonLink></p>}
    >
      {told.what}
    </EmptyState>
  )
}
