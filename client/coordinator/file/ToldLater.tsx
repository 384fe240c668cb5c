import { useEffect, useRef, useState } from 'preact/hooks'
import type { AmendmentType, SaidOfReport } from '../../../shared/amendments.ts'
import { correctedIn, maxAmendedWords } from '../../../shared/amendments.ts'
import type { ToldBy } from '../../../shared/filing.ts'
import { ToldAmendment, amendForCall } from '../../../shared/filing.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import type { Register } from '../../../shared/stations.ts'
import { call } from '../../kit/call.ts'
import { present } from '../../kit/clock.ts'
import { judged, useForm } from '../../kit/form.ts'
import { newId } from '../../kit/ids.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { Dialog } from '../../kit/look/Dialog.tsx'
import { Segmented } from '../../kit/look/Segmented.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn } from '../../kit/me.ts'
import { nameOfLanguage } from '../../kit/numbers.ts'
import { beside, tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { Meanwhile } from '../report/Meanwhile.tsx'
import { type Merged, chosen, merged } from '../report/meanwhile.ts'
import { loadRegister, stationName } from '../report/register.ts'
import { categoryTitle } from '../report/told.ts'
import { fileWords } from '../words/file.ts'
import { reportWords } from '../words/report.ts'
import { GivenPictures } from './GivenPictures.tsx'
import { Observed } from './Observed.tsx'
import styles from './file.module.css'

type Text = { words: string; language: ToldAmendment['language'] }
/** What a correction may say anew, each part of it by itself. A table is one of its station, so that a place is one thing, and words have their language. */
type Said = { text: Text; category: SaidOfReport['category']; severity: SaidOfReport['severity']; place: Pick<SaidOfReport, 'station' | 'table' | 'atStation'>; observedAt: string }
/** Only what was written or chosen here; `words` is null while they are those of the report. */
type Values = { type: AmendmentType; channel: ToldBy; words: Text | null; said: Partial<Omit<Said, 'text'>> }

const standingIn = ({ words, language: of, filed: { category, severity, station, table }, atStation, line: { observedAt } }: ReportPage): Said => ({ text: { words, language: of }, category, severity, place: { station, table, atStation }, observedAt })
const nothing = (): Text => ({ words: '', language: language.value })
const saidIn = ({ category, severity, place, observedAt }: Said): SaidOfReport => ({ category, severity, ...place, observedAt })

/** What an observer told a coordinator of a report that is here: that something in it is wrong, or more, or that it was the wrong thing, or that it was not. */
export default function ToldLater({ page, load, onClose }: { page: ReportPage; load: () => Promise<void>; onClose: () => void }) {
  const words = fileWords().later
  const { line } = page
  const isNow = line.status === 'withdrawn'
  const [isWithdrawn] = useState(isNow)
  // What is written for a report that is work is nothing for one that is not, until it is again.
  const isOver = isNow !== isWithdrawn
  const stands = standingIn(page)
  const [stood] = useState(stands)
  const [register, setRegister] = useState<Register | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [pictures, setPictures] = useState<readonly File[]>([])
  // Other content is something else that was told; the same that is sent again is the same.
  const made = useRef({ id: newId(), toldAt: present().toISOString() })
  const form = useForm<Values>({ type: isWithdrawn ? 'restoration' : 'correction', channel: 'phone', words: isWithdrawn ? nothing() : null, said: {} }, ['words', 'category', 'station', 'table', 'observedAt', 'of'])
  const { values, problem } = form
  const { type } = values
  const now = merged<Said>(stood, stands, { ...values.said, ...(values.words && { text: values.words }) })
  const text = type === 'correction' ? now.values.text : values.words ?? nothing()
  const anew = () => void (made.current = { id: newId(), toldAt: present().toISOString() })
  const set: typeof form.set = (name, value) => {
    anew()
    form.set(name, value)
  }
  useEffect(() => {
    loadRegister().then(setRegister, (thrown: unknown) => setTrouble(tell(thrown)))
  }, [])

  const choose = (next: AmendmentType) => {
    set('type', next)
    set('words', next === 'correction' ? null : nothing())
  }
  const setText = (some: Partial<Text>) => {
    const next = { ...text, ...some }
    set('words', type === 'correction' ? chosen<Said>(stands, {}, { text: next }).text ?? null : next)
  }
  const setSaid = ({ category, severity, observedAt, ...place }: Partial<SaidOfReport>) =>
    set('said', chosen<Said>(stands, values.said, {
      ...(category !== undefined && { category }), ...(severity !== undefined && { severity }), ...(observedAt !== undefined && { observedAt }), ...(Object.keys(place).length > 0 && { place: { ...now.values.place, ...place } }),
    }))
  const corrected = type === 'correction' ? correctedIn(saidIn(stands), saidIn(now.values)) : undefined
  const isSame = type === 'correction' && !corrected && text.words.trim() === page.words.trim()
  const send = async ({ channel }: Values) => {
    const readLast = page.versions.findLast(({ setAsideFor }) => setAsideFor === null)?.id
    const sent = judged(ToldAmendment, { ...made.current, report: line.id, channel, type, ...text, ...(corrected && { corrected }), ...(type === 'correction' && readLast !== undefined && { of: readLast }) })
    await call(amendForCall, sent, { photos: type === 'addition' ? pictures : [] }).catch(async (refused: unknown) => {
      // What changed in the meantime is said beside its field.
      if (beside(refused, 'of')) await load()
      throw refused
    })
    await load()
    toast(words.done[type])
    onClose()
  }
  return (
    <Dialog
      title={words.title(line.author.name)}
      wide
      busy={form.busy}
      onClose={onClose}
      actions={<><Button onClick={onClose} disabled={form.busy}>{common().buttons.cancel}</Button><Button kind={type === 'withdrawal' ? 'danger' : 'filled'} busy={form.busy} disabled={isSame || isOver} onClick={() => form.send(send)}>{words.save[type]}</Button></>}
    >
      <div class={styles['form']}>
        <p class={styles['note']}>{words.what}</p>
        {!isWithdrawn && <Segmented label={words.kind} segments={(['correction', 'addition', 'withdrawal'] as const).map((value) => ({ value, label: words.kinds[value] }))} value={type} onValue={choose} />}
        <p class={styles['note']}>{words.means[type]}</p>
        <Segmented label={fileWords().channel} segments={(['phone', 'messenger'] as const).map((value) => ({ value, label: fileWords().channels[value] }))} value={values.channel} onValue={(channel) => set('channel', channel)} />
        <TextArea label={words.words[type]} value={text.words} onValue={(typed) => setText({ words: typed })} problem={problem('words')} rows={type === 'correction' ? 6 : 3} maxLength={maxAmendedWords} />
        {type === 'correction' && <Meanwhile of={now} field="text" tell={({ words: said }) => said} />}
        {(type === 'correction' || type === 'addition') && signedIn().mission.languages.length > 1 && <Segmented label={fileWords().language} segments={signedIn().mission.languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))} value={text.language} onValue={(one) => setText({ language: one })} />}
        {type === 'correction' && <Observed values={saidIn(now.values)} set={setSaid} register={register} problem={problem} beside={(part) => <Moved of={now} part={part} />} />}
        {type === 'correction' && <p class={styles['note']}>{words.placeStays}</p>}
        {type === 'addition' && (
          <GivenPictures
            pictures={pictures}
            onPictures={(change) => {
              anew()
              setPictures(change)
            }}
          />
        )}
        {isOver && <Banner tone="medium" alert>{isNow ? words.withdrawnMeanwhile : words.restoredMeanwhile}</Banner>}
        {trouble && <Banner tone="high" alert>{trouble}</Banner>}
        {problem('of') && <Banner tone="high" alert>{reportWords().meanwhile.again}</Banner>}
        {form.trouble && <Banner tone="high" alert>{form.trouble}</Banner>}
        <p class={styles['note']}>{words.unsigned}</p>
      </div>
    </Dialog>
  )
}

/** What somebody else changed of one part while the form was open. */
function Moved({ of, part }: { of: Merged<Said>; part: Exclude<keyof Said, 'text'> }) {
  const report = reportWords()
  const tellPlace = ({ station, table, atStation }: Said['place']) => [station === null ? report.noPlace : stationName(station), table !== null && report.table(table), atStation !== null && `${report.fields['atStation']}: ${report.isThere[atStation ? 'yes' : 'no']}`].filter(Boolean).join(', ')
  switch (part) {
    case 'category': return <Meanwhile of={of} field={part} tell={categoryTitle} />
    case 'severity': return <Meanwhile of={of} field={part} tell={(severity) => common().severities[severity]} />
    case 'observedAt': return <Meanwhile of={of} field={part} tell={moment} />
    case 'place': return <Meanwhile of={of} field={part} tell={tellPlace} />
  }
}
