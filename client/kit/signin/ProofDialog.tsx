import { useEffect, useState } from 'preact/hooks'
import { type SignInWays, proveCall, signInWaysCall } from '../../../shared/signin.ts'
import { call } from '../call.ts'
import { Banner } from '../look/Banner.tsx'
import { Button, ButtonLink } from '../look/Button.tsx'
import { Dialog } from '../look/Dialog.tsx'
import { Skeleton } from '../look/Skeleton.tsx'
import { asked } from '../proof.ts'
import { tell } from '../problems.ts'
import { Answers, type Answered } from './Answers.tsx'
import { proveByPasskey } from './passkey.ts'
import { signInWords } from './words/signin.ts'
import styles from './signin.module.css'

const prove = async (answered: Answered): Promise<void> => {
  if (answered.by === 'passkey') return proveByPasskey()
  if (answered.by === 'passphrase') await call(proveCall, { passphrase: { passphrase: answered.passphrase, code: answered.code } })
  else await call(proveCall, { recoveryCode: answered.recoveryCode })
}

/** "Show that it is you": before what matters most, by a way that this person has; what was asked for goes on by itself then. */
export function ProofDialog() {
  const words = signInWords()
  const [ways, setWays] = useState<SignInWays | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  useEffect(() => {
    call(signInWaysCall, {}).then(setWays, (thrown: unknown) => setTrouble(tell(thrown)))
  }, [])
  const done = (shown: boolean) => asked.peek()?.(shown)
  const offers = ways && { passkey: ways.passkeys.some(({ here }) => here), passphrase: ways.passphraseSince !== null, recovery: ways.recoveryCodesLeft > 0 }
  const hasNone = ways !== null && ways.passkeys.length === 0 && ways.passphraseSince === null
  return (
    <Dialog title={words.proveTitle} onClose={() => done(false)}>
      <div class={styles['parts']}>
        {trouble && <Banner tone="high" alert>{trouble}</Banner>}
        {!ways && !trouble && <Skeleton lines={3} />}
        {hasNone && (
          <>
            <p>{words.proveNothing}</p>
            <div class={styles['buttons']}>
              <ButtonLink kind="filled" href="/signin/mine" target="_blank" rel="noopener">{words.makeOne}</ButtonLink>
              <Button onClick={() => done(true)}>{words.madeOne}</Button>
            </div>
          </>
        )}
        {offers && !hasNone && (
          <>
            <p>{words.proveWhat}</p>
            <Answers offers={offers} action={words.show} answer={async (answered) => { await prove(answered); done(true) }} />
          </>
        )}
      </div>
    </Dialog>
  )
}
