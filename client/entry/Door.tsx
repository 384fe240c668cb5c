import { useEffect, useState } from 'preact/hooks'
import { meCall } from '../../shared/mission.ts'
import { call } from '../kit/call.ts'
import { homeOf } from '../kit/me.ts'
import { CannotBegin } from '../kit/start.tsx'

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
