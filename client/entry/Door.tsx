import { useEffect, useState } from 'preact/hooks'
import { meCall } from '../../shared/mission.ts'
import { call } from '../kit/call.ts'
import { homeOf } from '../kit/me.ts'
import { ButtonLink } from '../kit/look/Button.tsx'
import { PlainPage } from '../kit/look/PlainPage.tsx'
import { CannotBegin } from '../kit/start.tsx'
import { startWords } from '../kit/words/start.ts'

/** `/`: sends who is signed in to their app; tells anyone else how to get in. */
export function Door() {
  const [thrown, setThrown] = useState<unknown>(null)
  const look = async () => {
    setThrown(null)
    try {
      location.replace(homeOf(await call(meCall, {})))
    } catch (refused) {
      setThrown(refused)
    }
  }
  useEffect(() => void look(), [])
  return thrown === null ? null : <CannotBegin thrown={thrown} again={() => void look()} />
}

/** Any address that is none of ours. */
export function Nowhere() {
  const words = startWords()
  return <PlainPage title={words.nowhere} actions={<ButtonLink kind="filled" href="/">{words.toStart}</ButtonLink>}><p>{words.nowhereWhat}</p></PlainPage>
}
