import { useEffect, useState } from 'preact/hooks'
import { KeyRound, RectangleEllipsis, Trash2 } from 'lucide-preact'
import { SignInName, newRecoveryCodesCall, removePasskeyCall } from '../../../shared/signin.ts'
import type { SignInWays } from '../../../shared/signin.ts'
import { Problem } from '../../../shared/problem.ts'
import { call } from '../call.ts'
import { Banner } from '../look/Banner.tsx'
import { Button } from '../look/Button.tsx'
import { ConfirmDialog } from '../look/Dialog.tsx'
import { IconButton } from '../look/IconButton.tsx'
import { stroke } from '../look/icon.ts'
import { TextField } from '../look/inputs.tsx'
import { toast } from '../look/Toasts.tsx'
import { beside } from '../problems.ts'
import { moment } from '../times.ts'
import { Codes } from './Codes.tsx'
import { PassphraseForm } from './PassphraseForm.tsx'
import { canUsePasskeys, makePasskey } from './passkey.ts'
import { told } from './told.ts'
import { signInWords } from './words/signin.ts'
import styles from './signin.module.css'

/** How somebody signs in: what there is, and the making of more. `onChange`: something is another now. `onCodes`: recovery codes, which are shown this once, stand on the screen or do no more. */
export function Ways({ ways, onChange, onCodes }: { ways: SignInWays; onChange: () => void; onCodes: (shown: boolean) => void }) {
  const words = signInWords()
  const [name, setName] = useState(ways.name ?? ways.proposedName)
  const [thrown, setThrown] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [typing, setTyping] = useState(false)
  const [codes, setCodes] = useState<string[] | null>(null)
  const [removing, setRemoving] = useState<string | null>(null)
  useEffect(() => onCodes(codes !== null), [codes])
  const hasNone = ways.passkeys.length === 0 && ways.passphraseSince === null

  const act = async (work: () => Promise<string[] | null>, done: string) => {
    setBusy(true)
    setThrown(null)
    try {
      const made = await work()
      if (made) setCodes(made)
      toast(done)
      onChange()
    } catch (refused) {
      setThrown(refused)
    } finally {
      setBusy(false)
    }
  }
  const named = () => {
    const parsed = SignInName.safeParse(name)
    if (parsed.success) return parsed.data
    throw new Problem('invalid_input', { fields: [{ path: 'name', reason: name.trim() === '' ? 'required' : 'format' }] })
  }

  if (codes) return <Codes codes={codes} onKept={() => setCodes(null)} />
  if (typing) return <PassphraseForm name={name} onName={setName} onDone={(made) => { setTyping(false); if (made) setCodes(made); toast(words.saved); onChange() }} onClose={() => setTyping(false)} />
  const besideName = beside(thrown, 'name')
  return (
    <section class={styles['parts']} aria-label={words.ways}>
      <h2>{words.ways}</h2>
      {hasNone && <p>{words.none}</p>}
      <TextField label={words.name} hint={words.nameHint} value={name} onValue={(next) => { setName(next); setThrown(null) }} problem={besideName} autocomplete="username" autocapitalize="none" spellcheck={false} maxLength={40} />
      {!hasNone && (
        <ul class={styles['list']}>
          {ways.passkeys.map(({ id, device, host, here, madeAt, lastUsedAt }) => (
            <li key={id} class={styles['line']}>
              <KeyRound {...stroke} />
              <span>{words.passkeyFrom(device, moment(madeAt))}<small>{[lastUsedAt && words.usedLast(moment(lastUsedAt)), !here && words.elsewhere(host)].filter(Boolean).join(', ')}</small></span>
              <IconButton icon={Trash2} label={words.removePasskey} onClick={() => setRemoving(id)} />
            </li>
          ))}
          {ways.passphraseSince && <li class={styles['line']}><RectangleEllipsis {...stroke} /><span>{words.passphraseSince(moment(ways.passphraseSince))}</span></li>}
          <li class={styles['line']}><span /><span>{words.codesLeft(ways.recoveryCodesLeft)}</span></li>
        </ul>
      )}
      {thrown !== null && !besideName && <Banner tone="high" alert>{told(thrown)}</Banner>}
      <div class={styles['buttons']}>
        <Button kind={hasNone ? 'filled' : 'plain'} icon={KeyRound} busy={busy} disabled={!canUsePasskeys()} onClick={() => void act(async () => makePasskey(named()), words.passkeyMade)}>{words.makePasskey}</Button>
        <Button icon={RectangleEllipsis} disabled={busy} onClick={() => setTyping(true)}>{ways.passphraseSince ? words.changePassphrase : words.setPassphrase}</Button>
        {!hasNone && <Button disabled={busy} onClick={() => void act(async () => (await call(newRecoveryCodesCall, {})).recoveryCodes, words.newCodesWhat)}>{words.newCodes}</Button>}
      </div>
      {!canUsePasskeys() && <p class={styles['quiet']}>{words.noPasskeys}</p>}
      {removing !== null && <RemovePasskey id={removing} onClose={() => setRemoving(null)} onGone={onChange} />}
    </section>
  )
}

function RemovePasskey({ id, onClose, onGone }: { id: string; onClose: () => void; onGone: () => void }) {
  const words = signInWords()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | undefined>()
  const remove = async () => {
    setBusy(true)
    try {
      await call(removePasskeyCall, { id })
      onGone()
      onClose()
    } catch (thrown) {
      setProblem(told(thrown))
      setBusy(false)
    }
  }
  return <ConfirmDialog title={words.removeTitle} action={words.removePasskey} danger busy={busy} problem={problem} onConfirm={() => void remove()} onClose={onClose}><p>{words.removeWhat}</p></ConfirmDialog>
}
