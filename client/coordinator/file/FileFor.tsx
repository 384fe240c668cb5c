import { useEffect, useRef, useState } from 'preact/hooks'
import { CircleCheck } from 'lucide-preact'
import { SaidField } from '../../../shared/amendments.ts'
import type { SaidOfReport } from '../../../shared/amendments.ts'
import { type ObserverLine, type ToldBy, ToldReport, fileForCall, listObserversCall } from '../../../shared/filing.ts'
import { personNumber } from '../../../shared/people.ts'
import { maxWords, reportNumber } from '../../../shared/reports.ts'
import type { Register } from '../../../shared/stations.ts'
import { call } from '../../kit/call.ts'
import { present } from '../../kit/clock.ts'
import { judged, useForm } from '../../kit/form.ts'
import { newId } from '../../kit/ids.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { Segmented } from '../../kit/look/Segmented.tsx'
import { Select, TextArea } from '../../kit/look/inputs.tsx'
import { signedIn } from '../../kit/me.ts'
import { nameOfLanguage } from '../../kit/numbers.ts'
import { tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { organisations } from '../live.ts'
import { reportAddress } from '../room/selection.ts'
import { loadRegister } from '../report/register.ts'
import { fileWords } from '../words/file.ts'
import { FromPhone } from './FromPhone.tsx'
import { GivenPictures } from './GivenPictures.tsx'
import { Observed } from './Observed.tsx'
import styles from './file.module.css'

type Values = Omit<ToldReport, 'id'>

/** What an observer told a coordinator by telephone or messenger, filed in the observer's name. */
export function FileFor() {
  const words = fileWords()
  const { mission } = signedIn()
  const [observers, setObservers] = useState<readonly ObserverLine[] | null>(null)
  const [register, setRegister] = useState<Register | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [pictures, setPictures] = useState<readonly File[]>([])
  const [filed, setFiled] = useState<{ id: string; number: number; name: string } | null>(null)
  // Other content is another report; the same that is sent again is the same.
  const id = useRef(newId())
  const empty = (author: string, channel: ToldBy): Values => ({ author, channel, category: '', severity: 'medium', station: null, table: null, atStation: null, observedAt: present().toISOString(), words: '', language: language.value })
  const form = useForm<Values>(empty('', 'phone'), ['author', 'category', 'station', 'table', 'observedAt', 'words'])
  const { values, problem } = form
  const set: typeof form.set = (name, value) => {
    id.current = newId()
    form.set(name, value)
  }
  const setSome = (some: Partial<SaidOfReport>) => {
    for (const name of SaidField.options) if (some[name] !== undefined) set(name, some[name])
  }

  const load = async () => {
    setTrouble(null)
    try {
      const [people, stations] = await Promise.all([call(listObserversCall, {}), loadRegister()])
      setObservers(people.observers)
      setRegister(stations)
    } catch (thrown) {
      setTrouble(tell(thrown))
    }
  }
  useEffect(() => void load(), [])

  const send = async () => {
    const sent = judged(ToldReport, { id: id.current, ...values })
    const receipt = await call(fileForCall, sent, { photos: pictures })
    setFiled({ id: receipt.id, number: receipt.number, name: observers?.find((one) => one.id === values.author)?.name ?? '' })
    id.current = newId()
    setPictures([])
    form.start(empty('', values.channel))
  }

  // The form is long and empties itself: what became of it is brought into view, and read out.
  const done = useRef<HTMLDivElement>(null)
  useEffect(() => {
    done.current?.scrollIntoView({ block: 'center' })
    done.current?.focus({ preventScroll: true })
  }, [filed])

  const chosen = observers?.find((one) => one.id === values.author)
  return (
    <div class={styles['page']}>
      <header class={styles['head']}><h1>{words.title}</h1><p>{words.what}</p></header>
      <FromPhone />
      {filed && <div ref={done} tabIndex={-1} role="status"><Banner tone="good" icon={CircleCheck} title={words.filed(reportNumber(filed.number), filed.name)}><a href={reportAddress(filed.id)}>{words.open}</a></Banner></div>}
      {trouble && <Banner tone="high" alert action={<Button small onClick={() => void load()}>{common().buttons.again}</Button>}>{trouble}</Banner>}
      {observers?.length === 0 && <Banner tone="medium">{words.nobody}</Banner>}
      <form
        class={styles['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.send(send)
        }}
      >
        <Select
          label={words.who} value={values.author} empty={words.choose} problem={problem('author')} hint={chosen?.telephone ? words.callBack(chosen.telephone) : undefined}
          options={(observers ?? []).map((one) => ({ value: one.id, label: [one.number === null ? '' : personNumber(one.number), one.name, organisations.value.get(one.organisation ?? '') ?? ''].filter(Boolean).join(' · ') }))}
          onValue={(author) => set('author', author)}
        />
        <Segmented label={words.channel} segments={(['phone', 'messenger'] as const).map((value) => ({ value, label: words.channels[value] }))} value={values.channel} onValue={(channel) => set('channel', channel)} />
        <TextArea label={words.told} hint={words.toldHint} value={values.words} onValue={(text) => set('words', text)} problem={problem('words')} rows={6} maxLength={maxWords} />
        {mission.languages.length > 1 && <Segmented label={words.language} segments={mission.languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))} value={values.language} onValue={(one) => set('language', one)} />}
        <Observed values={values} set={setSome} register={register} problem={problem} />
        <GivenPictures
          key={filed?.id} pictures={pictures}
          onPictures={(change) => {
            id.current = newId()
            setPictures(change)
          }}
        />
        {form.trouble && <Banner tone="high" alert>{form.trouble}</Banner>}
        <p class={styles['note']}>{words.unsigned}</p>
        <Button type="submit" kind="filled" busy={form.busy}>{words.file}</Button>
      </form>
    </div>
  )
}
