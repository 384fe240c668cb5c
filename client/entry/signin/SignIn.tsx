import { useEffect } from 'preact/hooks'
import { signInByPassphraseCall, signInByRecoveryCall } from '../../../shared/signin.ts'
import type { Me } from '../../../shared/mission.ts'
import { call } from '../../kit/call.ts'
import { PlainPage } from '../../kit/look/PlainPage.tsx'
import { homeOf } from '../../kit/me.ts'
import { Answers, type Answered } from '../../kit/signin/Answers.tsx'
import { signInByAutofill, signInByPasskey } from '../../kit/signin/passkey.ts'
import { signInWords } from '../../kit/signin/words/signin.ts'
import { wayBack } from './back.ts'

async function signIn(answered: Answered): Promise<Me> {
  if (answered.by === 'passkey') return signInByPasskey()
  if (answered.by === 'passphrase') return call(signInByPassphraseCall, { name: answered.name, passphrase: answered.passphrase, code: answered.code })
  return call(signInByRecoveryCall, { name: answered.name, recoveryCode: answered.recoveryCode })
}

/** `/signin`: by passkey, passphrase or recovery code; and what to do with none of them. Goes on where one came from. */
export function SignIn() {
  const words = signInWords()
  useEffect(() => {
    document.title = `${words.signIn} · Veedor`
  }, [words])
  const goOn = (me: Me) => location.replace(wayBack(location.search) ?? homeOf(me))
  const answer = async (answered: Answered) => goOn(await signIn(answered))
  const autofill = async () => {
    const me = await signInByAutofill()
    if (me) goOn(me)
  }
  return (
    <PlainPage title={words.signIn}>
      <Answers offers={{ passkey: true, passphrase: true, recovery: true }} action={words.signIn} withName answer={answer} autofill={autofill} />
      <h2>{words.lost}</h2>
      <ul>{words.lostWays.map((way) => <li key={way}>{way}</li>)}</ul>
    </PlainPage>
  )
}
