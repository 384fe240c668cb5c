import { useEffect, useState } from 'preact/hooks'
import type { Person } from '../../../shared/people.ts'
import { type SignIn, endSignInCall, signInsOfCall } from '../../../shared/signin.ts'
import { call } from '../call.ts'
import { Banner } from '../look/Banner.tsx'
import { Button } from '../look/Button.tsx'
import { Dialog } from '../look/Dialog.tsx'
import { Skeleton } from '../look/Skeleton.tsx'
import { tell } from '../problems.ts'
import { common } from '../words/common.ts'
import { OthersWays } from './OthersWays.tsx'
import { Sessions } from './Sessions.tsx'
import { signInWords } from './words/signin.ts'

/** Where somebody is signed in, and with what: for a lead, who can end each. `onWaysEnded`: what they sign in with is another now. */
export function SignInsDialog({ person, onClose, onWaysEnded }: { person: Person; onClose: () => void; onWaysEnded: () => void }) {
  const words = signInWords()
  const [signIns, setSignIns] = useState<readonly SignIn[] | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const load = async () => {
    try {
      setSignIns((await call(signInsOfCall, { id: person.id })).signIns)
      setTrouble(null)
    } catch (thrown) {
      setTrouble(tell(thrown))
    }
  }
  useEffect(() => void load(), [])
  return (
    <Dialog title={words.signInsOf(person.name)} onClose={onClose} actions={<Button onClick={onClose}>{common().buttons.close}</Button>}>
      {trouble && <Banner tone="high" alert action={<Button small onClick={() => void load()}>{common().buttons.again}</Button>}>{trouble}</Banner>}
      {signIns === null && !trouble && <Skeleton lines={3} tall />}
      {signIns && <Sessions signIns={signIns} end={(session) => call(endSignInCall, { id: person.id, session })} onChange={() => void load()} />}
      {signIns && person.role !== 'observer' && <OthersWays person={person} onEnded={() => { void load(); onWaysEnded() }} />}
    </Dialog>
  )
}
