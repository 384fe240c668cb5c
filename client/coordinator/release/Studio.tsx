import { useEffect, useRef, useState } from 'preact/hooks'
import type { DeskPhoto } from '../../../shared/photos.ts'
import { coveredSentence, coveredSentences } from '../../../shared/captions.ts'
import { type Cover, releaseCall } from '../../../shared/press.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { call } from '../../kit/call.ts'
import { useKey } from '../../kit/keys.ts'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { ProgressBar } from '../../kit/look/ProgressBar.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn } from '../../kit/me.ts'
import { tell } from '../../kit/problems.ts'
import { language as reader } from '../../kit/words/language.ts'
import { keptQuery, router } from '../router.ts'
import { releaseWords } from '../words/release.ts'
import { Covering } from './Covering.tsx'
import { CoverList } from './CoverList.tsx'
import { embargoOf, tellEmbargo } from './EmbargoFields.tsx'
import { Form } from './Form.tsx'
import type { Proposal } from './ReleaseStudio.tsx'
import type { Done } from './Released.tsx'
import { Strip } from './Strip.tsx'
import { captionOf } from './captions.ts'
import { redone, step, stepsFrom, undone } from './covers.ts'
import { type Draft, isBegun, keepDraft, keptDraft, newDraft } from './draft.ts'
import { type Fault, faultsOf } from './faults.ts'
import styles from './release.module.css'

type Props = { page: ReportPage; photo: DeskPhoto; proposal: Proposal; onDone: (done: Done) => void; onStale: () => void }

/** Longer than any picture takes: its bytes are read, covered and written three times. */
const patienceSeconds = 300

/** The draft of a release: its covers at the left, its questions and texts at the right. */
export function Studio({ page, photo, proposal, onDone, onStale }: Props) {
  const words = releaseWords()
  const { languages, pack } = signedIn().mission
  const [draft, setDraft] = useState<Draft>(() => keptDraft(photo.id) ?? newDraft())
  const [steps, setSteps] = useState(() => stepsFrom(draft.covers))
  // A box hides what the one before was said to hide; until a person says it, nothing closer is claimed.
  const [kind, setKind] = useState<Cover['what']>(draft.covers.at(-1)?.what ?? 'other')
  const [selected, setSelected] = useState<number | null>(null)
  const [isBefore, setBefore] = useState(false)
  const [tried, setTried] = useState(false)
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const left = useRef<HTMLDivElement>(null)
  const form = useRef<HTMLDivElement>(null)

  const covers = steps.now
  useEffect(() => keepDraft(photo.id, isBegun({ ...draft, covers: [...covers] }) ? { ...draft, covers: [...covers] } : null), [photo.id, draft, covers])
  useWarning(covers.length > 0)
  useEffect(() => {
    if (isBegun(draft)) toast(words.draftKept)
  }, [])
  // What the server refused may be mended by any change.
  const change = (some: Partial<Draft>) => {
    setThrown(null)
    setDraft((before) => ({ ...before, ...some }))
  }
  const take = (next: typeof steps) => {
    setThrown(null)
    setSelected((at) => (at !== null && at < next.now.length ? at : null))
    setSteps(next)
  }

  const proposed = { captions: proposal.captions, coveredSentence: coveredSentence(languages, covers), allSentences: coveredSentences(languages) }
  const credit = draft.credit ?? proposal.credit
  const captions = Object.fromEntries(languages.map((language) => [language, captionOf(proposed, draft.captions, language, covers.length > 0)]))
  const embargo = embargoOf(draft.embargo)
  const held = tellEmbargo({ until: [embargo.until, proposal.embargo.until].filter((one) => one !== null).sort().at(-1) ?? null, statement: embargo.statement || proposal.embargo.statement })
  const texts = { captions, alternatives: draft.alternatives, credit }
  const faults = faultsOf(draft, texts, pack, languages, proposal)
  const mayRelease = proposal.mayRelease && !photo.released

  const ask = () => {
    if (busy || !mayRelease) return
    setTried(true)
    if (faults.length === 0) setAsking(true)
    else requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid], [data-fault] input')?.focus())
  }
  useKey('r', words.release, ask, { on: mayRelease })

  const release = async () => {
    const { answers } = draft
    if (answers.voterOrMinor !== false || answers.voteLinked !== false || answers.observer !== false) return
    setAsking(false)
    setBusy(true)
    setThrown(null)
    try {
      const { id, releasedAt } = await call(
        releaseCall,
        { id: draft.id, photo: photo.id, covers: [...covers], answers: { voterOrMinor: false, voteLinked: false, observer: false }, captions, alternatives: Object.fromEntries(languages.map((language) => [language, draft.alternatives[language] ?? ''])), credit, keptWords: draft.kept, embargo },
        { timeoutSeconds: patienceSeconds },
      )
      keepDraft(photo.id, null)
      setSteps(stepsFrom([]))
      onDone({ id, releasedAt, held, alternative: draft.alternatives[reader.value] ?? '' })
    } catch (refused) {
      setThrown(refused)
      if (refused instanceof Problem && refused.code === 'conflict') onStale()
    } finally {
      setBusy(false)
    }
  }
  const discard = () => {
    setDraft(newDraft())
    setKind('other')
    take(stepsFrom([]))
    setTried(false)
  }
  const later = () => {
    toast(words.keptHere)
    router.go(`reports/${page.line.id}`, { query: keptQuery() })
  }

  return (
    <div class={styles['body']}>
      <div ref={left} class={styles['left']} data-stage>
        <Covering
          photo={photo}
          size={proposal}
          covers={covers}
          kind={kind}
          selected={selected}
          onSelect={setSelected}
          onCovers={(next) => take(step(steps, next))}
          undo={steps.past.length > 0 ? () => take(undone(steps)) : null}
          redo={steps.future.length > 0 ? () => take(redone(steps)) : null}
          isBefore={isBefore}
          onBefore={setBefore}
        />
        <CoverList covers={covers} selected={selected} onSelect={setSelected} onChoose={(at) => left.current?.querySelector<HTMLElement>(`[data-cover="${at}"]`)?.focus()} onCovers={(next) => take(step(steps, next))} onKind={setKind} />
        <Strip photos={page.photos} photo={photo} size={proposal} />
      </div>
      <div class={styles['right']}>
        <div ref={form} class={styles['form']}>
          <Form page={page} proposal={proposal} proposed={proposed} draft={draft} captions={captions} credit={credit} isCovered={covers.length > 0} faults={tried ? faults : blocking(faults)} thrown={thrown} onDraft={change} />
        </div>
        <footer class={styles['bar']}>
          {busy && <div class={styles['progress']}><ProgressBar label={words.rendering} value={null} /><p role="status">{words.rendering}</p></div>}
          {!busy && <p class={styles['told']} role="status">{told({ thrown, tried, faults, proposal, photo, held })}</p>}
          {isBegun({ ...draft, covers: [...covers] }) && <Discard onDiscard={discard} />}
          <Button onClick={later} disabled={busy}>{words.keepForLater}</Button>
          <Button kind="filled" keyHint="r" busy={busy} disabled={!mayRelease} onClick={ask}>{words.release}</Button>
        </footer>
      </div>
      {asking && (
        <ConfirmDialog title={words.confirmTitle} action={words.release} onClose={() => setAsking(false)} onConfirm={() => void release()}>
          <p>{held === null ? words.confirmWhat : words.embargo.confirm(held)}</p>
          <p><b>{words.confirmCovers(covers.length)}</b></p>
        </ConfirmDialog>
      )}
    </div>
  )
}

/** What is wrong already before anyone asked to release: an answer that blocks, a text that tells too much. */
const blocking = (faults: readonly Fault[]): Fault[] => faults.filter(({ why }) => why === 'blocks' || why === 'tells')

function told({ thrown, tried, faults, proposal, photo, held }: { thrown: unknown; tried: boolean; faults: readonly Fault[]; proposal: Proposal; photo: DeskPhoto; held: string | null }): string {
  const words = releaseWords()
  const field = thrown instanceof Problem ? thrown.details.fields?.[0] : undefined
  if (photo.released || field?.reason === 'repeated') return words.repeated
  if (!proposal.mayRelease) return words.notYours
  if (field?.path === 'photo' && field.reason === 'does_not_agree') return words.changedMeanwhile
  if (thrown !== null) return tell(thrown)
  return tried && faults.length > 0 ? words.missing(faults.length) : held === null ? words.everyDesk : words.embargo.held(held)
}

function Discard({ onDiscard }: { onDiscard: () => void }) {
  const words = releaseWords()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button kind="quiet" onClick={() => setAsking(true)}>{words.discard}</Button>
      {asking && (
        <ConfirmDialog
          title={words.discardTitle}
          action={words.discard}
          danger
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false)
            onDiscard()
          }}
        >
          <p>{words.discardWhat}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

/** The draft lives as long as this tab: closing it asks first. */
function useWarning(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [on])
}
