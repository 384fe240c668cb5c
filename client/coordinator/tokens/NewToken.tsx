import { useEffect, useRef, useState } from 'preact/hooks'
import { Copy } from 'lucide-preact'
import type { Person } from '../../../shared/people.ts'
import { NewToken as NewTokenShape, TokenContract, makeTokenCall } from '../../../shared/tokens.ts'
import { call } from '../../kit/call.ts'
import { present } from '../../kit/clock.ts'
import { judged, useForm } from '../../kit/form.ts'
import { newId } from '../../kit/ids.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { FieldGroup } from '../../kit/look/Field.tsx'
import { Select, TextField } from '../../kit/look/inputs.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { dayOf } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { signInWords } from '../../kit/signin/words/signin.ts'
import styles from './tokens.module.css'

const month = 30 * 86_400_000
/** The last moment of a calendar day, by the world's clock: a token lives through the day that was chosen. */
const endOf = (calendarDay: string): string => `${calendarDay}T23:59:59.999Z`

/** Makes a token: what for, whose, for which calls, until when. Its text is shown once. */
export function NewToken({ people, onMade }: { people: readonly Person[]; onMade: () => void }) {
  const words = signInWords()
  const [id, setId] = useState(newId)
  const [text, setText] = useState<string | null>(null)
  const form = useForm<{ name: string; owner: string; contracts: TokenContract[]; until: string }>({ name: '', owner: '', contracts: ['fileByToken'], until: dayOf(new Date(present().getTime() + month)) }, ['name', 'owner', 'contracts', 'until'])
  const { values, set, problem } = form
  const make = async () => {
    const made = await call(makeTokenCall, judged(NewTokenShape, { ...values, id, until: values.until === '' ? '' : endOf(values.until) }))
    setId(newId())
    setText(made.text)
    form.start({ ...values, name: '' })
    onMade()
  }
  const tick = (one: TokenContract, isOn: boolean) => set('contracts', isOn ? [...values.contracts, one] : values.contracts.filter((other) => other !== one))
  return (
    <>
      <form
        class={styles['form']}
        noValidate
        aria-label={words.newToken}
        onSubmit={(event) => {
          event.preventDefault()
          form.send(make)
        }}
      >
        <h2 class={styles['title']}>{words.newToken}</h2>
        <TextField label={words.tokenName} hint={words.tokenNameHint} value={values.name} onValue={(name) => set('name', name)} problem={problem('name')} autocomplete="off" maxLength={80} />
        <Select label={words.owner} hint={words.ownerHint} value={values.owner} onValue={(owner) => set('owner', owner)} problem={problem('owner')} empty={words.ownerChoose} options={people.map((person) => ({ value: person.id, label: `${person.name}, ${common().roles[person.role]}` }))} />
        <FieldGroup label={words.mayDo} problem={problem('contracts')}>
          <div class={styles['ticks']}>
            {TokenContract.options.map((one) => (
              <label key={one} class={styles['tick']}><input type="checkbox" checked={values.contracts.includes(one)} onChange={(event) => tick(one, event.currentTarget.checked)} />{words.contracts[one]}</label>
            ))}
          </div>
        </FieldGroup>
        <TextField label={words.until} type="date" value={values.until} onValue={(until) => set('until', until)} problem={problem('until')} />
        {form.trouble && <Banner tone="high" alert>{form.trouble}</Banner>}
        <Button type="submit" kind="filled" busy={form.busy}>{words.makeToken}</Button>
      </form>
      {text && <Made key={text} text={text} />}
    </>
  )
}

function Made({ text }: { text: string }) {
  const words = signInWords()
  const made = useRef<HTMLElement>(null)
  useEffect(() => made.current?.scrollIntoView({ block: 'nearest' }), [])
  const copy = () => void navigator.clipboard.writeText(text).then(() => toast(words.copied), () => toast(words.notCopied))
  return (
    <section ref={made} class={styles['made']} aria-label={words.tokenMade}>
      <TextField label={words.tokenMade} hint={words.tokenOnce} value={text} onValue={() => undefined} readOnly onFocus={(event) => event.currentTarget.select()} />
      <Button icon={Copy} onClick={copy}>{words.copy}</Button>
    </section>
  )
}
