import { useEffect, useState } from 'preact/hooks'
import { meCall } from '../../../shared/mission.ts'
import { type SignIn, type SignInWays, endMySignInCall, knowSignInCall, mySignInsCall, signInWaysCall } from '../../../shared/signin.ts'
import { call } from '../../kit/call.ts'
import { ButtonLink } from '../../kit/look/Button.tsx'
import { PlainPage } from '../../kit/look/PlainPage.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { homeOf, me, takeMe } from '../../kit/me.ts'
import { CannotBegin } from '../../kit/start.tsx'
import { Sessions } from '../../kit/signin/Sessions.tsx'
import { Ways } from '../../kit/signin/Ways.tsx'
import { signInWords } from '../../kit/signin/words/signin.ts'
import styles from '../../kit/signin/signin.module.css'

/** `/signin/mine`: how one signs in, and where one is signed in; after joining by a link (`?first`) it asks for a way first, which can be put off. */
export function Mine() {
  const words = signInWords()
  const isFirst = new URLSearchParams(location.search).has('first')
  const [ways, setWays] = useState<SignInWays | null>(null)
  const [signIns, setSignIns] = useState<readonly SignIn[]>([])
  const [codesShown, setCodesShown] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const load = async () => {
    try {
      await takeMe(await call(meCall, {}))
      const [found, mine] = await Promise.all([call(signInWaysCall, {}), call(mySignInsCall, {})])
      setWays(found)
      setSignIns(mine.signIns)
      setThrown(null)
    } catch (refused) {
      setThrown(refused)
    }
  }
  useEffect(() => {
    document.title = `${words.mineTitle} · Veedor`
    void load()
  }, [])
  if (thrown !== null) return <CannotBegin thrown={thrown} again={() => void load()} />
  const hasWay = ways !== null && (ways.passkeys.length > 0 || ways.passphraseSince !== null)
  return (
    <PlainPage title={isFirst ? words.firstTitle : words.mineTitle} actions={me.value && !codesShown && <ButtonLink kind={hasWay && isFirst ? 'filled' : 'plain'} href={homeOf(me.value)}>{isFirst && !hasWay ? words.later : words.goOn}</ButtonLink>}>
      <p>{isFirst ? words.firstWhat : words.mineWhat}</p>
      {ways === null && <Skeleton lines={6} tall />}
      {ways && <Ways ways={ways} onChange={() => void load()} onCodes={setCodesShown} />}
      {ways && !isFirst && (
        <section class={styles['parts']} aria-label={words.signIns}>
          <h2>{words.signIns}</h2>
          <Sessions signIns={signIns} end={(id) => call(endMySignInCall, { id })} know={(id) => call(knowSignInCall, { id })} onChange={() => void load()} />
        </section>
      )}
    </PlainPage>
  )
}
