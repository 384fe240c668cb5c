import { useEffect, useRef, useState } from 'preact/hooks'
import { Newspaper } from 'lucide-preact'
import type { ReplyOf } from '../../../shared/contract.ts'
import { type ReleasedPicture, myTakesCall, takeBackUseCall, useCall } from '../../../shared/press.ts'
import { call } from '../../kit/call.ts'
import { useForm } from '../../kit/form.ts'
import { newPublicId } from '../../kit/ids.ts'
import { Button } from '../../kit/look/Button.tsx'
import { Dialog } from '../../kit/look/Dialog.tsx'
import { TextArea, TextField } from '../../kit/look/inputs.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn } from '../../kit/me.ts'
import { tell } from '../../kit/problems.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { takesVersion } from '../take.ts'
import { pressWords } from '../words/press.ts'
import styles from './mine.module.css'

/** What one took of a picture, where one used it, and the way to say so. */
export function Mine({ picture: { id } }: { picture: Pick<ReleasedPicture, 'id'> }) {
  const words = pressWords().mine
  const [mine, setMine] = useState<ReplyOf<typeof myTakesCall> | null>(null)
  const [isLost, setLost] = useState(false)
  const [asking, setAsking] = useState(false)
  const shown = useRef(id)
  shown.current = id
  const load = async () => {
    try {
      const found = await call(myTakesCall, { id })
      if (shown.current !== id) return
      setMine(found)
      setLost(false)
    } catch {
      setLost(true)
    }
  }
  const { value: version } = takesVersion
  useEffect(() => {
    void load()
  }, [id, version])
  const takeBack = async (use: string) => {
    try {
      await call(takeBackUseCall, { id, use })
      toast(words.savedBack)
      await load()
    } catch (thrown) {
      toast(tell(thrown))
    }
  }
  const maySay = signedIn().person.role === 'press'
  return (
    <section class={styles['mine']} aria-label={words.title}>
      <h3 class={styles['label']}>{words.title}</h3>
      {isLost && <p class={styles['note']} role="status">{words.cannotLoad} <Button small onClick={() => void load()}>{common().buttons.again}</Button></p>}
      {mine && mine.takes.length + mine.uses.length === 0 && <p class={styles['note']}>{words.nothing}</p>}
      {mine && (
        <ul>
          {mine.takes.map((one) => <li key={one.at}>{words.took(words.sizes[one.size], moment(one.at))}</li>)}
          {mine.uses.map((one) => (
            <li key={one.id}>
              <p>{words.used(one.place, moment(one.at))}{one.takenBackAt !== null && ` (${words.takenBack})`}</p>
              {one.link !== null && <p><a href={one.link} target="_blank" rel="noreferrer noopener">{one.link}</a></p>}
              {one.takenBackAt === null && maySay && <Button small kind="quiet" onClick={() => void takeBack(one.id)}>{words.takeBack}</Button>}
            </li>
          ))}
        </ul>
      )}
      {maySay && <p><Button small icon={Newspaper} onClick={() => setAsking(true)}>{words.use}</Button></p>}
      {asking && <SayUsed id={id} onClose={() => setAsking(false)} onDone={load} />}
    </section>
  )
}

function SayUsed({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => Promise<void> }) {
  const words = pressWords().mine
  // Sent again after a lost answer it is the same use.
  const use = useRef(newPublicId())
  const form = useForm({ place: '', link: '', words: '' }, ['place', 'link', 'words'])
  const { values, set, problem } = form
  const save = async () => {
    await call(useCall, { id, use: use.current, place: values.place, link: values.link.trim() || null, words: values.words })
    toast(words.saved)
    await onDone()
    onClose()
  }
  const send = () => form.send(save)
  return (
    <Dialog title={words.useTitle} busy={form.busy} onClose={onClose} actions={<><Button onClick={onClose} disabled={form.busy}>{common().buttons.cancel}</Button><Button kind="filled" busy={form.busy} onClick={send}>{words.save}</Button></>}>
      <form class={styles['form']} noValidate onSubmit={(event) => { event.preventDefault(); send() }}>
        <p>{words.useWhat}</p>
        <TextField label={words.place} hint={words.placeHint} value={values.place} onValue={(place) => set('place', place)} problem={problem('place')} maxLength={200} />
        <TextField label={words.link} hint={words.linkHint} type="url" value={values.link} onValue={(link) => set('link', link)} problem={problem('link')} maxLength={500} />
        <TextArea label={words.words} value={values.words} onValue={(said) => set('words', said)} problem={problem('words')} maxLength={500} rows={2} />
        {form.trouble && <p class={styles['problem']} role="alert">{form.trouble}</p>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
