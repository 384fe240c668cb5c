import { useEffect, useState } from 'preact/hooks'
import { ChevronRight, CircleAlert, FileText, MapPin } from 'lucide-preact'
import { maxAmendedWords } from '../../../shared/amendments.ts'
import { maxWords, reportNumber } from '../../../shared/statement.ts'
import { Switch } from '../../kit/look/Switch.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { cameSince, catchUp, meanwhile, missedIn, rebased, saveAmendment, wordsNow } from '../amend.ts'
import { change } from '../capture/change.ts'
import { Fault } from '../capture/Fault.tsx'
import { Strip } from '../capture/Strip.tsx'
import { When } from '../capture/When.tsx'
import { Words } from '../capture/Words.tsx'
import styles from '../capture/capture.module.css'
import { close, open } from '../nav.ts'
import type { Draft } from '../outbox/records.ts'
import { icon } from '../parts/icon.ts'
import { Screen } from '../parts/Screen.tsx'
import { followPosition } from '../place/fix.ts'
import { stationName } from '../place/words.ts'
import { adding, isEmpty } from '../report.ts'
import { filed, myDrafts, register } from '../state.ts'
import { holdForm } from '../update.ts'
import { phone } from '../words/index.ts'
import { late } from '../words/late.ts'
import { HowGrave, What } from './Capture.tsx'
import said from './report.module.css'

/** What is corrected of a report that was saved, or added to it: kept as a draft from the first letter, as a report is. */
export default function Amend({ draft }: { draft: Draft }) {
  const words = late().amend
  const [tried, setTried] = useState(false)
  const [failed, setFailed] = useState(false)
  const [saving, setSaving] = useState(false)
  useEffect(holdForm, [])
  useEffect(followPosition, [])
  const isCorrection = draft.amends?.type === 'correction'
  const report = filed.value.find(({ id }) => id === draft.amends?.report)
  const called = report?.receipt ? reportNumber(report.receipt.number) : words.aReport
  // What its author did not touch says what the report says, also where that changed since.
  useEffect(() => {
    if (report && rebased(draft, report) !== draft) void catchUp(draft.id)
  }, [draft, report])
  const since = report ? meanwhile(draft, report) : null
  const came = report ? cameSince(draft, report) : null
  // A report that never had words needs none to be corrected.
  const isBlank = draft.words.trim() === '' && (isCorrection ? !report || wordsNow(report).trim() !== '' : draft.photos.length + adding.value === 0)
  const hasAll = !isCorrection && report !== undefined && draft.words.trim() === '' && adding.value === 0 && missedIn(draft, report).isAllKnown
  // The report can have become a draft again, to be mended, or be gone: what was begun to be said of it has nowhere to go.
  const isMended = myDrafts.value.some(({ id }) => id === draft.amends?.report)
  const lacks = !report ? words[isMended ? 'isMended' : 'isGone'] : isBlank ? (isCorrection ? words.empty : words.nothing) : isCorrection && isEmpty(draft) ? words.same : hasAll ? words.hasAll : came?.trim() && came.trim() === draft.words.trim() ? words.cameHas : null
  const save = async () => {
    setTried(true)
    if (lacks || saving) return
    setSaving(true)
    try {
      const saved = await saveAmendment(draft.id)
      if (saved && saved.revived > 0) toast(words.revived(saved.revived))
      else if (saved && !saved.isSaid) toast(words.hasAll)
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
      {(!isCorrection || draft.amends?.pictures) && <Strip draft={draft} />}
      <Words draft={draft} most={isCorrection || draft.refused ? maxAmendedWords : maxWords} />
      {since !== null && (
        <div class={styles['note']} data-since>
          <p>{words.since}</p>
          <blockquote class={said['words']}>{since || late().report.noWords}</blockquote>
        </div>
      )}
      {came !== null && (
        <div class={styles['note']} data-came>
          <p>{words.came}</p>
          <blockquote class={said['words']}>{came || late().report.noWords}</blockquote>
        </div>
      )}
      {tried && lacks && <Fault>{lacks}</Fault>}
      {isCorrection && (
        <>
          <Place draft={draft} />
          <What draft={draft} lacking={0} />
          <div class={styles['cells']}>
            <HowGrave draft={draft} />
            <When draft={draft} />
          </div>
        </>
      )}
      <button type="button" class={styles['all']} onClick={() => open({ draft: draft.id, at: 'sends' })}>
        <FileText {...icon} /><span class={styles['grow']}>{phone().capture.sends}</span><ChevronRight {...icon} />
      </button>
    </Screen>
  )
}

/** What a report is about, to be said anew; where the phone was when it was saved nobody says anew. */
function Place({ draft }: { draft: Draft }) {
  const words = phone().place
  const { station, table } = draft.place
  return (
    <section class={styles['where']} aria-label={words.title}>
      <button type="button" class={styles['place']} onClick={() => open({ draft: draft.id, at: 'place' })}>
        <MapPin {...icon} />
        <span class={styles['grow']}><b>{station === null ? words.other : stationName(register.value, station)}</b>{station !== null && <span class={styles['more']}>{table ? words.tableIs(table) : words.wholeCentre}</span>}<span class={styles['more']}>{late().amend.placeStays}</span></span>
        <ChevronRight {...icon} />
      </button>
      <div class={styles['inset']}>
        <Switch label={late().amend.notThere} on={!draft.atStation} onChange={(away) => change(draft, 'atStation', { atStation: !away })} />
      </div>
    </section>
  )
}
