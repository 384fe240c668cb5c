import { useEffect, useState } from 'preact/hooks'
import { type Me, meCall } from '../../../shared/mission.ts'
import { joinCall, lookAtLinkCall } from '../../../shared/people.ts'
import { Problem } from '../../../shared/problem.ts'
import { signInWaysCall } from '../../../shared/signin.ts'
import { call } from '../../kit/call.ts'
import { Button, ButtonLink } from '../../kit/look/Button.tsx'
import { TextField } from '../../kit/look/inputs.tsx'
import { PlainPage } from '../../kit/look/PlainPage.tsx'
import { homeOf } from '../../kit/me.ts'
import { phoneId } from '../../kit/phone-id.ts'
import { tell } from '../../kit/problems.ts'
import { CannotBegin } from '../../kit/start.tsx'
import { suggestLanguage } from '../../kit/words/language.ts'
import { groupedCode, shortCodeIn } from '../../../shared/codes.ts'
import { token as tokenInAddress } from '../token.ts'
import { joinWords } from '../words/join.ts'
import type { Invited } from './invited.ts'
import { Welcome } from './Welcome.tsx'
import styles from './join.module.css'

/** `/join#token`, or `/join` and the short code of a card: says whom it is for before it is used, then uses it and goes to the app of that role. */
export function Join() {
  const [invited, setInvited] = useState<Invited | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)
  const [token, setToken] = useState(tokenInAddress)

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
  }, [token])

  if (!token) return <TypeCode onCode={setToken} />
  // A code that was typed may be mistyped: it is asked for again.
  if (thrown !== null && shortCodeIn(token)) return <TypeCode code={token} thrown={thrown} onCode={(code) => (code === token ? void look() : setToken(code))} />
  if (thrown instanceof Problem && (thrown.code === 'not_found' || thrown.code === 'invalid_input')) return <Ended />
  if (thrown !== null) return <CannotBegin thrown={thrown} again={() => void look()} />
  const given = token
  return invited && <Welcome invited={invited} token={given} join={() => join(given)} />
}

async function join(used: string): Promise<void> {
  const joined = await call(joinCall, { token: used, phone: phoneId() })
  if (await mayMakeWay(joined)) return location.replace('/signin/mine?first')
  // The phone's app may keep another person: it hears who joined before it shows anything.
  location.replace(joined.person.role === 'observer' ? `/observer/?joined=${joined.person.id}` : homeOf(joined))
}

/** Staff of a real mission are asked how they will come back, since their link worked once; in an exercise links work again. */
async function mayMakeWay({ person, mission }: Me): Promise<boolean> {
  if (person.role === 'observer' || !mission.open || mission.exercise) return false
  return call(signInWaysCall, {}).then((ways) => ways.passkeys.length === 0 && ways.passphraseSince === null, () => false)
}

/** What stood in the address joins nobody; who is signed in already can go on. */
function Ended() {
  const words = joinWords()
  const known = useKnown()
  const name = known?.person.name ?? ''
  return (
    <PlainPage title={words.endedTitle} actions={known ? <ButtonLink kind="filled" href={homeOf(known)}>{words.goOn(name)}</ButtonLink> : <><ButtonLink kind="filled" href="/join">{words.typeTitle}</ButtonLink><ButtonLink href="/signin">{words.signIn}</ButtonLink></>}>
      <p>{words.endedWhat}</p>
      <p>{words.endedDo}</p>
      {known && <p>{words.alreadyIn(name)}</p>}
    </PlainPage>
  )
}

/** Who has a session here already. */
function useKnown(): Me | null {
  const [known, setKnown] = useState<Me | null>(null)
  useEffect(() => {
    call(meCall, {}).then(setKnown, () => setKnown(null))
  }, [])
  return known
}

/** For a card whose code is not scanned but typed. */
function TypeCode({ code: before = '', thrown = null, onCode }: { code?: string; thrown?: unknown; onCode: (code: string) => void }) {
  const words = joinWords()
  const known = useKnown()
  const [text, setText] = useState(before && groupedCode(before))
  const [problem, setProblem] = useState<string | undefined>(thrown === null ? undefined : thrown instanceof Problem && thrown.code === 'not_found' ? words.wrongCode : tell(thrown))
  const send = () => {
    const code = shortCodeIn(text)
    setProblem(code ? undefined : words.notACode)
    if (code) onCode(code)
  }
  return (
    <PlainPage title={words.typeTitle} actions={known && <ButtonLink href={homeOf(known)}>{words.goOn(known.person.name)}</ButtonLink>}>
      <p>{words.typeWhat}</p>
      <form
        class={styles['code']}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <TextField label={words.code} hint={words.codeHint} problem={problem} value={text} onValue={setText} autocomplete="off" autocapitalize="characters" spellcheck={false} />
        <Button kind="filled" wide type="submit">{words.goOnWithCode}</Button>
      </form>
      {known && <p>{words.alreadyIn(known.person.name)}</p>}
    </PlainPage>
  )
}
