import { useEffect, useState } from 'preact/hooks'
import { type Me, meCall } from '../../../shared/mission.ts'
import { call } from '../../kit/call.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { joinWords } from '../words/join.ts'
import { type Invited, isOther } from './invited.ts'
import { type Waiting, waitingHere } from './waiting.ts'

/** Who else has a session or unsent reports in this browser: they are told before someone takes their place. */
export function Others({ invited }: { invited: Invited }) {
  const words = joinWords()
  const [known, setKnown] = useState<Me | null>(null)
  const [waiting, setWaiting] = useState<readonly Waiting[]>([])
  useEffect(() => {
    // Nobody is signed in, nothing is kept, or neither can be known: then there is nobody to tell of.
    call(meCall, {}).then(setKnown, () => setKnown(null))
    waitingHere().then(setWaiting, () => setWaiting([]))
  }, [])
  const signedIn = known && isOther(known, invited) ? known.person.name : null
  const others = waiting.filter(({ name }) => name !== invited.name)
  if (!signedIn && others.length === 0) return null
  return (
    <Banner tone="medium">
      {signedIn && <p>{words.signedIn(signedIn)}</p>}
      {others.map(({ name, reports }) => <p key={name}>{words.waiting(reports, name)}</p>)}
    </Banner>
  )
}
