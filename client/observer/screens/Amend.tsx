import { useEffect, useState } from 'preact/hooks'
import { ChevronRight, CircleAlert, FileText } from 'lucide-preact'
import { maxAmendedWords } from '../../../shared/amendments.ts'
import { maxWords, reportNumber } from '../../../shared/statement.ts'
import { saveAmendment } from '../amend.ts'
import { Fault } from '../capture/Fault.tsx'
import { Strip } from '../capture/Strip.tsx'
import { Words } from '../capture/Words.tsx'
import styles from '../capture/capture.module.css'
import { close, open } from '../nav.ts'
import type { Draft } from '../outbox/records.ts'
import { icon } from '../parts/icon.ts'
import { Screen } from '../parts/Screen.tsx'
import { followPosition } from '../place/fix.ts'
import { adding, isEmpty } from '../report.ts'
import { filed } from '../state.ts'
import { holdForm } from '../update.ts'
import { phone } from '../words/index.ts'
import { late } from '../words/late.ts'

/** What is corrected of a report that was saved, or added to it: kept as a draft from the first letter, as a report is. */
export default function Amend({ draft }: { draft: Draft }) {
  const words = late().amend
  const [tried, setTried] = useState(false)
  const [failed, setFailed] = useState(false)
  const [saving, setSaving] = useState(false)
  useEffect(holdForm, [])
  useEffect(followPosition, [])
  const isCorrection = draft.amends?.type === 'correction'
  const { receipt } = filed.value.find(({ id }) => id === draft.amends?.report) ?? { receipt: null }
  const called = receipt ? reportNumber(receipt.number) : words.aReport
  const isBlank = draft.words.trim() === '' && (isCorrection || draft.photos.length + adding.value === 0)
  const lacks = isBlank ? (isCorrection ? words.empty : words.nothing) : isCorrection && isEmpty(draft) ? words.same : null
  const save = async () => {
    setTried(true)
    if (lacks) return
    setSaving(true)
    try {
      await saveAmendment(draft.id)
    } catch {
      setSaving(false)
      return setFailed(true)
    }
    close({ report: draft.amends?.report ?? '' })
  }
  return (
    <Screen
      title={isCorrection ? words.correctTitle(called) : words.addTitle(called)}
      leave="close"
      onLeave={() => close({ report: draft.amends?.report ?? '' })}
      foot={(
        <div class={styles['foot']}>
          {failed && <p class={styles['problem']} role="alert"><CircleAlert {...icon} />{words.failed}</p>}
          <button type="button" class={styles['save']} aria-busy={saving} onClick={() => void save()}>{saving ? phone().capture.saving : isCorrection ? words.save : words.saveAdded}</button>
          <p class={styles['hint']}>{phone().capture.saveHint}</p>
        </div>
      )}
    >
      <p class={styles['lead']}>{isCorrection ? words.correctWhat : words.addWhat}</p>
      {!isCorrection && <Strip draft={draft} />}
      <Words draft={draft} most={isCorrection ? maxAmendedWords : maxWords} />
      {tried && lacks && <Fault>{lacks}</Fault>}
      <button type="button" class={styles['all']} onClick={() => open({ draft: draft.id, at: 'sends' })}>
        <FileText {...icon} /><span class={styles['grow']}>{phone().capture.sends}</span><ChevronRight {...icon} />
      </button>
    </Screen>
  )
}
