import { useEffect, useRef, useState } from 'preact/hooks'
import { CircleCheck, ImagePlus, X } from 'lucide-preact'
import type { Severity } from '../../../shared/basics.ts'
import { type ObserverLine, type ToldBy, ToldReport, fileForCall, listObserversCall } from '../../../shared/filing.ts'
import { personNumber } from '../../../shared/people.ts'
import { maxPhotoBytes, maxPhotos } from '../../../shared/photos.ts'
import { maxWords, reportNumber } from '../../../shared/reports.ts'
import type { Register } from '../../../shared/stations.ts'
import { call } from '../../kit/call.ts'
import { present } from '../../kit/clock.ts'
import { judged, useForm } from '../../kit/form.ts'
import { newId } from '../../kit/ids.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { Segmented } from '../../kit/look/Segmented.tsx'
import { Select, TextArea, TextField } from '../../kit/look/inputs.tsx'
import { signedIn } from '../../kit/me.ts'
import { missionPlace, nameOfLanguage, size } from '../../kit/numbers.ts'
import { tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { organisations } from '../live.ts'
import { reportLink } from '../report/addresses.ts'
import { StationSearch } from '../report/StationSearch.tsx'
import { findStation, loadRegister } from '../report/register.ts'
import { inOurs } from '../report/told.ts'
import { instantOf, localOf } from '../room/filter/zone.ts'
import { reportWords } from '../words/report.ts'
import { fileWords } from '../words/file.ts'
import { FromPhone } from './FromPhone.tsx'
import styles from './file.module.css'

const severities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[]
type Values = Omit<ToldReport, 'id'>

/** What an observer told a coordinator by telephone or messenger, filed in the observer's name. */
export function FileFor() {
  const words = fileWords()
  const report = reportWords()
  const { mission } = signedIn()
  const { pack } = mission
  const { zone } = missionPlace.value
  const [observers, setObservers] = useState<readonly ObserverLine[] | null>(null)
  const [register, setRegister] = useState<Register | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [pictures, setPictures] = useState<readonly File[]>([])
  const [notTaken, setNotTaken] = useState<string | null>(null)
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

  const add = async (files: readonly File[]) => {
    const looked = await Promise.all(files.map(async (one) => ({ one, why: one.size > maxPhotoBytes ? common().tooLarge(maxPhotoBytes) : (await isPicture(one)) ? null : words.noPicture })))
    setNotTaken(looked.flatMap(({ one, why }) => (why === null ? [] : `${one.name}: ${why}`)).join(' ') || null)
    id.current = newId()
    setPictures((before) => [...before, ...looked.flatMap(({ one, why }) => (why === null ? one : []))].slice(0, maxPhotos))
  }
  const send = async () => {
    const sent = judged(ToldReport, { id: id.current, ...values })
    const receipt = await call(fileForCall, sent, { photos: pictures })
    setFiled({ id: receipt.id, number: receipt.number, name: observers?.find((one) => one.id === values.author)?.name ?? '' })
    id.current = newId()
    setPictures([])
    setNotTaken(null)
    form.start(empty('', values.channel))
  }

  // The form is long and empties itself: what became of it is brought into view, and read out.
  const done = useRef<HTMLDivElement>(null)
  useEffect(() => {
    done.current?.scrollIntoView({ block: 'center' })
    done.current?.focus({ preventScroll: true })
  }, [filed])

  const groupOf = (code: string) => pack.categories.find((one) => one.code === code)?.group ?? ''
  const choose = (code: string) => {
    set('category', code)
    set('severity', pack.categories.find((one) => one.code === code)?.severity ?? 'medium')
  }
  const chosen = observers?.find((one) => one.id === values.author)
  const station = register && values.station !== null ? findStation(register, values.station) : null
  return (
    <div class={styles['page']}>
      <header class={styles['head']}><h1>{words.title}</h1><p>{words.what}</p></header>
      <FromPhone />
      {filed && <div ref={done} tabIndex={-1} role="status"><Banner tone="good" icon={CircleCheck} title={words.filed(reportNumber(filed.number), filed.name)}><a href={reportLink(filed.id)}>{words.open}</a></Banner></div>}
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
        <div class={styles['pair']}>
          <Select label={report.group} value={groupOf(values.category)} empty={words.chooseGroup} options={pack.groups.map((one) => ({ value: one.code, label: inOurs(one.titles) }))} onValue={(group) => choose(pack.categories.find((one) => one.group === group)?.code ?? values.category)} />
          <Select label={report.category} value={values.category} empty={words.chooseGroup} problem={problem('category')} options={pack.categories.filter((one) => one.group === groupOf(values.category)).map((one) => ({ value: one.code, label: inOurs(one.titles) }))} onValue={choose} />
        </div>
        <Segmented label={report.severity} segments={severities.map((value) => ({ value, label: common().severities[value] }))} value={values.severity} onValue={(severity) => set('severity', severity)} />
        <TextField type="datetime-local" label={words.when} hint={report.zoneNote(zone.replace(/_/g, ' '))} value={localOf(values.observedAt, zone)} problem={problem('observedAt')} onValue={(text) => set('observedAt', instantOf(text, zone) ?? values.observedAt)} />
        <fieldset class={styles['place']}>
          <legend>{report.where}</legend>
          {register && <StationSearch register={register} chosen={station} problem={problem('station')} onChoose={(found) => { set('station', found?.code ?? null); set('table', null) }} />}
          {station && station.tables.length > 0 && <Select label={report.tableLabel} value={values.table ?? ''} empty={report.anyTable} problem={problem('table')} options={station.tables.map((code) => ({ value: code, label: code }))} onValue={(table) => set('table', table || null)} />}
          <Segmented label={words.there} segments={(['yes', 'no', 'unsaid'] as const).map((value) => ({ value, label: words.thereIs[value] }))} value={values.atStation === null ? 'unsaid' : values.atStation ? 'yes' : 'no'} onValue={(value) => set('atStation', { yes: true, no: false, unsaid: null }[value])} />
        </fieldset>
        <Pictures pictures={pictures} onAdd={(files) => void add([...(files ?? [])])} onRemove={(at) => { id.current = newId(); setPictures(pictures.filter((_, index) => index !== at)) }} />
        {notTaken && <Banner tone="high" alert>{notTaken}</Banner>}
        {form.trouble && <Banner tone="high" alert>{form.trouble}</Banner>}
        <p class={styles['note']}>{words.unsigned}</p>
        <Button type="submit" kind="filled" busy={form.busy}>{words.file}</Button>
      </form>
    </div>
  )
}

/** By how it begins: a name can say anything, and the server would refuse the whole form without saying for which. */
async function isPicture(file: File): Promise<boolean> {
  const begins = [...new Uint8Array(await file.slice(0, 12).arrayBuffer())].map((byte) => String.fromCharCode(byte)).join('')
  return /^\xff\xd8\xff|^\x89PNG\r\n|^RIFF[^]{4}WEBP|^[^]{4}ftyp/.test(begins)
}

/** Pictures that came by messenger: dropped, pasted from a folder, or chosen. */
function Pictures({ pictures, onAdd, onRemove }: { pictures: readonly File[]; onAdd: (files: FileList | null | undefined) => void; onRemove: (at: number) => void }) {
  const words = fileWords()
  const input = useRef<HTMLInputElement>(null)
  return (
    <section
      class={styles['drop']}
      aria-label={words.pictures}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        onAdd(event.dataTransfer?.files)
      }}
    >
      <div class={styles['dropHead']}>
        <p><b>{words.pictures}</b> <span class={styles['note']}>{words.picturesWhat}</span></p>
        <Button icon={ImagePlus} onClick={() => input.current?.click()}>{words.addPictures}</Button>
        <input
          ref={input} type="file" accept="image/jpeg,image/png,image/webp,image/heic,image/heif" multiple hidden aria-label={words.pictures}
          onChange={(event) => {
            onAdd(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
      </div>
      {pictures.length > 0 && <ul>{pictures.map((one, at) => <li key={`${one.name} ${at}`}><span>{one.name}, {size(one.size)}</span><IconButton icon={X} label={words.removePicture(one.name)} onClick={() => onRemove(at)} /></li>)}</ul>}
    </section>
  )
}
