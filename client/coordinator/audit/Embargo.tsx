import { useEffect, useState } from 'preact/hooks'
import type { ReplyOf } from '../../../shared/contract.ts'
import { embargoCall, setEmbargoCall, statementOutCall } from '../../../shared/press.ts'
import { call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { beside, tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { type EmbargoChoice, EmbargoFields, choiceOf, embargoOf } from '../release/EmbargoFields.tsx'
import { auditWords } from '../words/audit.ts'
import styles from './audit.module.css'

/** The mission's own embargo, and the word of a lead that its statement is out. */
export function Embargo() {
  const words = auditWords()
  const [now, setNow] = useState<ReplyOf<typeof embargoCall> | null>(null)
  const [choice, setChoice] = useState<EmbargoChoice | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const load = async () => {
    try {
      const found = await call(embargoCall, {})
      setNow(found)
      setChoice(choiceOf(found.embargo))
      setThrown(null)
    } catch (refused) {
      setThrown(refused)
    }
  }
  useEffect(() => {
    void load()
  }, [])
  if (now === null || choice === null) return <div class={styles['page']}>{thrown === null ? <Skeleton lines={4} tall /> : <EmptyState title={tell(thrown)} action={<Button onClick={() => void load()}>{common().buttons.again}</Button>} />}</div>
  const work = async (act: () => Promise<string>) => {
    setBusy(true)
    setThrown(null)
    try {
      toast(await act())
      await load()
    } catch (refused) {
      setThrown(refused)
    }
    setBusy(false)
    setAsking(false)
  }
  const lacks = choice.kind === 'until' && choice.until === null
  const problem = beside(thrown, 'until')
  const waiting = now.waiting > 0 ? words.waiting(now.waiting) : now.embargo.statement ? words.waitingLater : words.waitingNone
  return (
    <div class={styles['page']}>
      <h2 class={styles['title']}>{words.embargoTitle}</h2>
      <p class={styles['note']}>{words.embargoWhat}</p>
      <form
        class={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          if (!lacks) void work(async () => (await call(setEmbargoCall, embargoOf(choice)), words.embargoSaved))
        }}
      >
        <EmbargoFields choice={choice} onChoice={setChoice} problem={problem} />
        {thrown !== null && problem === undefined && <p class={styles['problem']} role="alert">{tell(thrown)}</p>}
        <p><Button type="submit" kind="filled" busy={busy} disabled={lacks}>{words.embargoSave}</Button></p>
      </form>
      <section class={styles['form']}>
        <p>{waiting}</p>
        <p><Button busy={busy} disabled={now.waiting === 0 && !now.embargo.statement} onClick={() => setAsking(true)}>{words.statement}</Button></p>
      </section>
      {asking && (
        <ConfirmDialog title={words.statementTitle} action={words.statement} busy={busy} onConfirm={() => void work(async () => words.statementDone((await call(statementOutCall, {})).released))} onClose={() => setAsking(false)}>
          <p>{words.statementWhat}</p>
          <p><b>{waiting}</b></p>
        </ConfirmDialog>
      )}
    </div>
  )
}
