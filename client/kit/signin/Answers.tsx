import { useEffect, useState } from 'preact/hooks'
import { KeyRound } from 'lucide-preact'
import { useForm } from '../form.ts'
import { Banner } from '../look/Banner.tsx'
import { Button } from '../look/Button.tsx'
import { TextField } from '../look/inputs.tsx'
import { beside } from '../problems.ts'
import { told } from './told.ts'
import { canUsePasskeys, stopAutofill } from './passkey.ts'
import { signInWords } from './words/signin.ts'
import styles from './signin.module.css'

export type Answered = { by: 'passkey' } | { by: 'passphrase'; name: string; passphrase: string; code: string } | { by: 'recovery'; name: string; recoveryCode: string }
export type Offers = { passkey: boolean; passphrase: boolean; recovery: boolean }
type Way = keyof Offers
type AnswersProps = { offers: Offers; action: string; withName?: boolean; answer: (answered: Answered) => Promise<void>; autofill?: () => Promise<void> }

/** The ways to show who one is: a passkey first, then words; one at a time, and the others one press away. `autofill`: offers passkeys beside the name, too, where the browser can. */
export function Answers({ offers, action, withName = false, answer, autofill }: AnswersProps) {
  const words = signInWords()
  const possible: Offers = { ...offers, passkey: offers.passkey && canUsePasskeys() }
  const [typing, setTyping] = useState<'passphrase' | 'recovery' | null>(possible.passkey ? null : possible.passphrase ? 'passphrase' : possible.recovery ? 'recovery' : null)
  const others = (['passkey', 'passphrase', 'recovery'] as const).filter((way) => possible[way] && way !== typing && !(typing === null && way === 'passkey'))
  const labels: Record<Way, string> = { passkey: words.byPasskey, passphrase: words.byPassphrase, recovery: words.byRecovery }
  return (
    <div class={styles['parts']}>
      {typing === null && possible.passkey && <ByPasskey answer={() => answer({ by: 'passkey' })} />}
      {offers.passkey && !possible.passkey && <p class={styles['quiet']}>{words.noPasskeys}</p>}
      {typing !== null && <ByWords key={typing} way={typing} action={action} withName={withName} answer={answer} autofill={autofill} />}
      {others.length > 0 && (
        <div class={styles['others']}>
          <span class={styles['quiet']}>{words.otherWay}</span>
          {others.map((way) => <Button key={way} kind="quiet" onClick={() => setTyping(way === 'passkey' ? null : way)}>{labels[way]}</Button>)}
        </div>
      )}
    </div>
  )
}

function ByPasskey({ answer }: { answer: () => Promise<void> }) {
  const words = signInWords()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const press = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      await answer()
    } catch (thrown) {
      setTrouble(told(thrown))
      setBusy(false)
    }
  }
  return (
    <div class={styles['parts']}>
      <Button kind="filled" wide icon={KeyRound} busy={busy} autofocus onClick={() => void press()}>{words.byPasskey}</Button>
      <p class={styles['quiet']}>{words.byPasskeyWhat}</p>
      {trouble && <Banner tone="high" alert>{trouble}</Banner>}
    </div>
  )
}

/** What is asked of the browser is good for five minutes at the server. */
const offeredMilliseconds = 240_000

function ByWords({ way, action, withName, answer, autofill }: { way: 'passphrase' | 'recovery'; action: string; withName: boolean; answer: (answered: Answered) => Promise<void>; autofill: (() => Promise<void>) | undefined }) {
  const words = signInWords()
  const form = useForm({ name: '', passphrase: '', code: '', recoveryCode: '' }, ['name', 'passphrase', 'code', 'recoveryCode'])
  const { values: { name, passphrase, code, recoveryCode }, set, problem } = form
  const [trouble, setTrouble] = useState<string | null>(null)
  useEffect(() => {
    if (!autofill) return undefined
    const offer = () => void autofill().catch((thrown: unknown) => setTrouble(told(thrown)))
    offer()
    const timer = setInterval(offer, offeredMilliseconds)
    return () => {
      clearInterval(timer)
      void stopAutofill()
    }
  }, [])
  return (
    <form
      class={styles['parts']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTrouble(null)
        form.send(() => answer(way === 'passphrase' ? { by: 'passphrase', name, passphrase, code } : { by: 'recovery', name, recoveryCode }).catch((thrown: unknown) => {
          if (beside(thrown, 'name') ?? beside(thrown, 'passphrase') ?? beside(thrown, 'code') ?? beside(thrown, 'recoveryCode')) throw thrown
          setTrouble(told(thrown))
        }))
      }}
    >
      {withName && <TextField label={words.name} value={name} onValue={(next) => set('name', next)} problem={problem('name')} autocomplete="username webauthn" autocapitalize="none" spellcheck={false} maxLength={40} />}
      {way === 'passphrase' && (
        <>
          <TextField label={words.passphrase} autofocus={!withName} type="password" value={passphrase} onValue={(next) => set('passphrase', next)} problem={problem('passphrase')} autocomplete="current-password" maxLength={200} />
          <TextField label={words.code} hint={words.codeHint} value={code} onValue={(next) => set('code', next)} problem={problem('code')} inputMode="numeric" autocomplete="one-time-code" maxLength={12} />
        </>
      )}
      {way === 'recovery' && <TextField label={words.recoveryCode} hint={words.recoveryHint} value={recoveryCode} onValue={(next) => set('recoveryCode', next)} problem={problem('recoveryCode')} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={60} />}
      {trouble && <Banner tone="high" alert>{trouble}</Banner>}
      <Button type="submit" kind="filled" wide busy={form.busy}>{action}</Button>
    </form>
  )
}
