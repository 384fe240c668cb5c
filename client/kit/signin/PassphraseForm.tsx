import { useEffect, useState } from 'preact/hooks'
import { proposeTotpCall, setPassphraseCall } from '../../../shared/signin.ts'
import { call } from '../call.ts'
import { judged, useForm } from '../form.ts'
import { Banner } from '../look/Banner.tsx'
import { Button } from '../look/Button.tsx'
import { QrCode } from '../look/QrCode.tsx'
import { Skeleton } from '../look/Skeleton.tsx'
import { Switch } from '../look/Switch.tsx'
import { TextField } from '../look/inputs.tsx'
import { tell } from '../problems.ts'
import { common } from '../words/common.ts'
import { signInWords } from './words/signin.ts'
import styles from './signin.module.css'

/** A passphrase with an authenticator app: the words, the app's secret to scan, and its first code. */
export function PassphraseForm({ name, onName, onDone, onClose }: { name: string; onName: (name: string) => void; onDone: (recoveryCodes: string[] | null) => void; onClose: () => void }) {
  const words = signInWords()
  const [totp, setTotp] = useState<{ secret: string; address: string } | null>(null)
  // Typed once: whoever wants to be sure looks at it.
  const [isShown, setShown] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const form = useForm({ passphrase: '', code: '', name }, ['name', 'passphrase', 'code'])
  useEffect(() => {
    call(proposeTotpCall, { name: name.trim() === '' ? 'veedor' : name.trim().replace(/\s+/g, '-') }).then(setTotp, (thrown: unknown) => setTrouble(tell(thrown)))
  }, [])
  const { values, set, problem } = form
  const save = async () => {
    const { recoveryCodes } = await call(setPassphraseCall, judged(setPassphraseCall.input, { name: values.name, passphrase: values.passphrase, secret: totp?.secret ?? '', code: values.code }))
    onDone(recoveryCodes)
  }
  return (
    <form
      class={styles['parts']}
      noValidate
      aria-label={words.setPassphrase}
      onSubmit={(event) => {
        event.preventDefault()
        form.send(save)
      }}
    >
      <h2>{words.setPassphrase}</h2>
      <TextField label={words.name} hint={words.nameHint} value={values.name} onValue={(next) => { set('name', next); onName(next) }} problem={problem('name')} autocomplete="username" autocapitalize="none" spellcheck={false} maxLength={40} />
      <TextField label={words.passphrase} hint={words.passphraseHint} type={isShown ? 'text' : 'password'} spellcheck={false} autocapitalize="none" value={values.passphrase} onValue={(next) => set('passphrase', next)} problem={problem('passphrase')} autocomplete="new-password" maxLength={200} />
      <Switch label={words.showPassphrase} on={isShown} onChange={setShown} />
      <h3>{words.appTitle}</h3>
      <p>{words.appWhat}</p>
      {trouble && <Banner tone="high" alert>{trouble}</Banner>}
      {!totp && !trouble && <Skeleton lines={4} />}
      {totp && (
        <>
          <div class={styles['qr']}><QrCode text={totp.address} label={words.appCode} /></div>
          <p class={styles['secret']}>{words.appSecret(totp.secret.match(/.{4}/g)?.join(' ') ?? totp.secret)}</p>
        </>
      )}
      <TextField label={words.code} hint={words.codeHint} value={values.code} onValue={(next) => set('code', next)} problem={problem('code')} inputMode="numeric" autocomplete="one-time-code" maxLength={12} />
      {form.trouble && <Banner tone="high" alert>{form.trouble}</Banner>}
      <div class={styles['buttons']}>
        <Button type="submit" kind="filled" busy={form.busy} disabled={!totp}>{words.save}</Button>
        <Button onClick={onClose} disabled={form.busy}>{common().buttons.cancel}</Button>
      </div>
    </form>
  )
}
