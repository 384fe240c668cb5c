import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { StickyNote } from 'lucide-preact'
import type { ReplyOf } from '../../../shared/contract.ts'
import { type Note, listNotesCall, maxNote, strikeNoteCall, writeNoteCall } from '../../../shared/notes.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { useAct } from '../../kit/act.ts'
import { call } from '../../kit/call.ts'
import { newId } from '../../kit/ids.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { signedIn } from '../../kit/me.ts'
import { beside, tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { reportWords } from '../words/report.ts'
import styles from './notes.module.css'

type Read = ReplyOf<typeof listNotesCall>
/** What was begun and not written yet, by report: who walks on to the next report finds it again. It goes with the page, not onto the disk of a machine that others may use. */
const drafts = new Map<string, { note: string; words: string }>()

/** What coordinators tell each other about a report; asked for anew whenever the journal tells of it. */
export function Notes({ page: { number, line: { id } } }: { page: ReportPage }) {
  const words = reportWords().notes
  const [read, setRead] = useState<Read | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)
  const [striking, setStriking] = useState<Note | null>(null)
  const turn = useRef(0)
  const load = useCallback(async () => {
    const mine = ++turn.current
    try {
      const reply = await call(listNotesCall, { id })
      if (mine !== turn.current) return
      setRead(reply)
      setThrown(null)
    } catch (refused) {
      if (mine === turn.current) setThrown(refused)
    }
  }, [id])
  useEffect(() => {
    void load()
    return () => void (turn.current += 1)
  }, [number, load])

  return (
    <section class={styles['part']} aria-label={words.title} data-notes={read?.notes.length}>
      <h3 class={styles['head']}><StickyNote size={15} strokeWidth={1.75} aria-hidden />{words.title}</h3>
      {thrown !== null && <Banner tone="medium" alert action={<Button small onClick={() => void load()}>{common().buttons.again}</Button>}>{words.failed} {tell(thrown)}</Banner>}
      {read === null && thrown === null && <Skeleton lines={1} />}
      {read !== null && (
        <ol class={styles['notes']}>
          {read.notes.map((note) => <Line key={note.id} note={note} onStrike={() => setStriking(note)} />)}
        </ol>
      )}
      {read !== null && (read.mayWrite ? <Write key={id} report={id} isFirst={read.notes.length === 0} onWritten={load} /> : <p class={styles['quiet']}>{words.waits}</p>)}
      {striking !== null && <Strike report={id} note={striking} onClose={() => setStriking(null)} onStruck={load} />}
    </section>
  )
}

function Line({ note: { by, words: said, writtenAt, struckAt }, onStrike }: { note: Note; onStrike: () => void }) {
  const words = reportWords().notes
  const isOwn = by.id === signedIn().person.id
  return (
    <li class={styles['note']}>
      <p class={styles['by']}><b>{by.name}</b><time class="numbers" dateTime={writtenAt}>{moment(writtenAt)}</time>{isOwn && struckAt === null && <Button kind="quiet" small onClick={onStrike}>{words.strike}</Button>}</p>
      {struckAt === null ? <p class={styles['said']}>{said}</p> : <p class={styles['quiet']}>{words.struck(moment(struckAt))}</p>}
    </li>
  )
}

function Write({ report, isFirst, onWritten }: { report: string; isFirst: boolean; onWritten: () => Promise<void> }) {
  const words = reportWords().notes
  const [said, setSaid] = useState(drafts.get(report)?.words ?? '')
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const change = (next: string) => {
    // Other words are another note: the same id with them would be refused.
    if (next.trim() === '') drafts.delete(report)
    else drafts.set(report, { note: newId(), words: next })
    setSaid(next)
    setTried(false)
    setThrown(null)
  }
  const write = async () => {
    const draft = drafts.get(report)
    setTried(true)
    if (!draft || busy) return
    setBusy(true)
    try {
      await call(writeNoteCall, { id: report, ...draft })
      // What was typed while it was on its way is another note.
      const typed = drafts.get(report)?.words ?? ''
      change(typed.startsWith(draft.words) ? typed.slice(draft.words.length).trimStart() : typed)
      await onWritten()
    } catch (refused) {
      setThrown(refused)
    }
    setBusy(false)
  }
  const problem = tried && said.trim() === '' ? common().fields.required : beside(thrown, 'words')
  return (
    <div class={styles['write']}>
      <TextArea label={words.label} hint={isFirst ? words.hint : undefined} value={said} onValue={change} problem={problem ?? (thrown === null ? undefined : tell(thrown))} maxLength={maxNote} rows={2} onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void write()
      }} />
      <p><Button small busy={busy} onClick={() => void write()}>{words.write}</Button></p>
    </div>
  )
}

function Strike({ report, note, onClose, onStruck }: { report: string; note: Note; onClose: () => void; onStruck: () => Promise<void> }) {
  const words = reportWords().notes
  const { busy, trouble, act } = useAct(onClose)
  const strike = () => act(async () => {
    await call(strikeNoteCall, { id: report, note: note.id })
    await onStruck()
  })
  return (
    <ConfirmDialog title={words.strikeTitle} action={words.strikeDo} danger busy={busy} problem={trouble} onConfirm={strike} onClose={onClose}>
      <p>{words.strikeWhat}</p>
    </ConfirmDialog>
  )
}
