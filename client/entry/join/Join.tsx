import { useEffect, useState } from 'preact/hooks'
import { type Me, meCall } from '../../../shared/mission.ts'
import { joinCall, lookAtLinkCall } from '../../../shared/people.ts'
import { Problem } from '../../../shared/problem.ts'
import { call } from '../../kit/call.ts'
import { ButtonLink } from '../../kit/look/Button.tsx'
import { PlainPage } from '../../kit/look/PlainPage.tsx'
import { homeOf } from '../../kit/me.ts'
import { CannotBegin } from '../../kit/start.tsx'
import { suggestLanguage } from '../../kit/words/language.ts'
import { token } from '../token.ts'
import { joinWords } from '../words/join.ts'
import type { Invited } from './invited.ts'
import { Welcome } from './Welcome.tsx'

/** `/join#token`: says whom the link is for before it is used, then uses it and goes to the app of that role. */
export function Join() {
  const [invited, setInvited] = useState<Invited | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)

  const look = async () => {
    if (!token) return
    setThrown(null)
    try {
      const found = await call(lookAtLinkCall, { token })
      await suggestLanguage([found.language])
      setInvited(found)
    } catch (refused) {
      setThrown(refused)
    }
  }
  useEffect(() => {
    // Whoever joins does it on a phone, or reads it at arm's length.
    document.documentElement.dataset['device'] = 'phone'
    void look()
  }, [])

  if (!token) return <Ended complete={false} />
  if (thrown instanceof Problem && (thrown.code === 'not_found' || thrown.code === 'invalid_input')) return <Ended complete />
  if (thrown !== null) return <CannotBegin thrown={thrown} again={() => void look()} />
  const given = token
  return invited && <Welcome invited={invited} token={given} join={() => join(given)} />
}

async function join(used: string): Promise<void> {
  const joined = await call(joinCall, { token: used })
  // The phone's app may keep another person: it hears who joined before it shows anything.
  location.replace(joined.person.role === 'observer' ? `/observer/?joined=${joined.person.id}` : homeOf(joined))
}

/** Nothing that can be joined stands in the address; who is signed in already can go on. */
function Ended({ complete }: { complete: boolean }) {
  const words = joinWords()
  const [known, setKnown] = useState<Me | null>(null)
  useEffect(() => {
    call(meCall, {}).then(setKnown, () => setKnown(null))
  }, [])
  const name = known?.person.name ?? ''
  return (
    <PlainPage title={complete ? words.endedTitle : words.noToken} actions={known && <ButtonLink kind="filled" href={homeOf(known)}>{words.goOn(name)}</ButtonLink>}>
      <p>{complete ? words.endedWhat : words.noTokenWhat}</p>
      {complete && <p>{words.endedDo}</p>}
      {known && <p>{words.alreadyIn(name)}</p>}
    </PlainPage>
  )
}
