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
import { tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { loadRegister } from '../report/register.ts'
import { fileWords } from '../words/file.ts'
import { GivenPictures } from './GivenPictures.tsx'
import { Observed } from './Observed.tsx'
import styles from './file.module.css'

type Values = { type: AmendmentType; channel: ToldBy; words: string; language: ToldAmendment['language']; said: SaidOfReport }

/** What an observer told a coordinator of a report that is here: that something in it is wrong, or more, or that it was the wrong thing, or that it was not. */
export default function ToldLater({ page, load, onClose }: { page: ReportPage; load: () => Promise<void>; onClose: () => void }) {
  const words = fileWords().later
  const { line, filed, atStation } = page
  const isWithdrawn = line.status === 'withdrawn'
  const saidNow: SaidOfReport = { ...filed, atStation, observedAt: line.observedAt }
  const [register, setRegister] = useState<Register | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [pictures, setPictures] = useState<readonly File[]>([])
  // Other content is something else that was told; the same that is sent again is the same.
  const made = useRef({ id: newId(), toldAt: present().toISOString() })
  const form = useForm<Values>({ type: isWithdrawn ? 'restoration' : 'correction', channel: 'phone', words: isWithdrawn ? '' : page.words, language: isWithdrawn ? language.value : page.language, said: saidNow }, ['words', 'category', 'station', 'table', 'observedAt'])
  const { values, problem } = form
  const { type } = values
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
    set('words', next === 'correction' ? page.words : '')
    set('language', next === 'correction' ? page.language : language.value)
  }
  const corrected = type === 'correction' ? correctedIn(saidNow, values.said) : undefined
  const isSame = type === 'correction' && !corrected && values.words.trim() === page.words.trim()
  const send = async ({ channel, words: text, language: of }: Values) => {
    const sent = judged(ToldAmendment, { ...made.current, report: line.id, channel, type, words: text, language: of, ...(corrected && { corrected }) })
    await call(amendForCall, sent, { photos: type === 'addition' ? pictures : [] })
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
      actions={<><Button onClick={onClose} disabled={form.busy}>{common().buttons.cancel}</Button><Button kind={type === 'withdrawal' ? 'danger' : 'filled'} busy={form.busy} disabled={isSame} onClick={() => form.send(send)}>{words.save[type]}</Button></>}
    >
      <div class={styles['form']}>
        <p class={styles['note']}>{words.what}</p>
        {!isWithdrawn && <Segmented label={words.kind} segments={(['correction', 'addition', 'withdrawal'] as const).map((value) => ({ value, label: words.kinds[value] }))} value={type} onValue={choose} />}
        <p class={styles['note']}>{words.means[type]}</p>
        <Segmented label={fileWords().channel} segments={(['phone', 'messenger'] as const).map((value) => ({ value, label: fileWords().channels[value] }))} value={values.channel} onValue={(channel) => set('channel', channel)} />
        <TextArea label={words.words[type]} value={values.words} onValue={(text) => set('words', text)} problem={problem('words')} rows={type === 'correction' ? 6 : 3} maxLength={maxAmendedWords} />
        {(type === 'correction' || type === 'addition') && signedIn().mission.languages.length > 1 && <Segmented label={fileWords().language} segments={signedIn().mission.languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))} value={values.language} onValue={(one) => set('language', one)} />}
        {type === 'correction' && <Observed values={values.said} set={(some) => set('said', { ...values.said, ...some })} register={register} problem={problem} />}
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
        {trouble && <Banner tone="high" alert>{trouble}</Banner>}
        {form.trouble && <Banner tone="high" alert>{form.trouble}</Banner>}
        <p class={styles['note']}>{words.unsigned}</p>
      </div>
    </Dialog>
  )
}
