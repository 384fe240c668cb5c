import { useEffect, useState } from 'preact/hooks'
import { KeyRound, TriangleAlert } from 'lucide-preact'
import { type SignIn, type SignInWays, knowSignInCall, mySignInsCall, signInWaysCall } from '../../../shared/signin.ts'
import { call } from '../call.ts'
import { usePresent } from '../clock.ts'
import { keep, kept } from '../keep.ts'
import { Banner } from '../look/Banner.tsx'
import { Button, ButtonLink } from '../look/Button.tsx'
import { toast } from '../look/Toasts.tsx'
import { signedIn } from '../me.ts'
import { tell } from '../problems.ts'
import { moment } from '../times.ts'
import { common } from '../words/common.ts'
import { signInWords } from './words/signin.ts'

const everyMilliseconds = 60_000
/** Of several new sign-ins in one banner: what is left of the desk is for what it is there for. */
const mostNamed = 3

/** Told at the top of a desk: that one has no way to sign in yet, that a lead ended what one signed in with, and that somebody signed in in one's name from a new browser. In an exercise links work again, so that nobody needs a way. */
export function Reminders() {
  const words = signInWords()
  const now = usePresent(30)
  const [ways, setWays] = useState<SignInWays | null>(null)
  const [news, setNews] = useState<readonly SignIn[]>([])
  const [isLater, setLater] = useState(false)
  const look = async () => {
    try {
      const [found, { signIns }] = await Promise.all([call(signInWaysCall, {}), call(mySignInsCall, {})])
      setWays(found)
      setNews(signIns.filter(({ newDevice, here }) => newDevice && !here))
    } catch {
      // The next look tells; whether the session has ended is told elsewhere.
    }
  }
  useEffect(() => {
    void look()
    const again = () => !document.hidden && void look()
    const timer = setInterval(again, everyMilliseconds)
    // A way to sign in is made in another tab: whoever comes back from there is not told again that there is none.
    document.addEventListener('visibilitychange', again)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [])
  const { mission: { exercise, open }, person } = signedIn()
  const readName = `waysEndedRead.${person.id}`
  const [readUpTo, setReadUpTo] = useState(kept(readName) ?? '')
  const ended = ways?.ended && ways.ended.at > readUpTo ? ways.ended : null
  const read = (at: string) => {
    keep(readName, at)
    setReadUpTo(at)
  }
  const hasNone = ways !== null && ways.passkeys.length === 0 && ways.passphraseSince === null && open && !exercise
  const know = () => void Promise.all(news.map(({ id }) => call(knowSignInCall, { id }))).then(look, (thrown: unknown) => toast(tell(thrown)))
  return (
    <>
      {news[0] && (
        <Banner alert tone="high" icon={TriangleAlert} title={news.length === 1 ? words.newSignIn(news[0].device, moment(news[0].since, now)) : words.newSignIns(news.length)} action={<><Button small onClick={know}>{news.length === 1 ? words.itWasMe : words.allWereMe}</Button><ButtonLink small href="/signin/mine">{words.look}</ButtonLink></>}>
          {news.length > 1 && <p>{news.slice(0, mostNamed).map((one) => words.signInAt(one.device, moment(one.since, now))).join('; ')}{news.length > mostNamed && ` ${words.andMore(news.length - mostNamed)}`}</p>}
          <p>{words.newSignInWhat}</p>
        </Banner>
      )}
      {ended && (
        <Banner alert tone="high" icon={TriangleAlert} title={words.ledEnded[ended.what](ended.by, moment(ended.at, now))} action={<><Button small onClick={() => read(ended.at)}>{words.known}</Button><ButtonLink small href="/signin/mine">{words.look}</ButtonLink></>}>{words.ledEndedWhat}</Banner>
      )}
      {hasNone && !isLater && (
        <Banner tone="medium" icon={KeyRound} title={words.reminder} action={<><ButtonLink small kind="filled" href="/signin/mine">{words.makeOne}</ButtonLink><Button small onClick={() => setLater(true)} aria-label={`${common().buttons.close}: ${words.reminder}`}>{words.later}</Button></>}>{words.reminderWhat}</Banner>
      )}
    </>
  )
}
