import { useState } from 'preact/hooks'
import { MapPin, ScanLine, ShieldCheck, Share, Smartphone, SquarePlus } from 'lucide-preact'
import type { ReplyOf } from '../../../shared/contract.ts'
import { lookAtLinkCall, personNumber } from '../../../shared/people.ts'
import { call } from '../../kit/call.ts'
import { Button, ButtonLink } from '../../kit/look/Button.tsx'
import { TextField } from '../../kit/look/inputs.tsx'
import { LanguageSwitch } from '../../kit/look/LanguageSwitch.tsx'
import { Mark } from '../../kit/look/Mark.tsx'
import { canScan } from '../../kit/look/Scanner.tsx'
import { ExerciseTag } from '../../kit/look/Tag.tsx'
import { me } from '../../kit/me.ts'
import { tell } from '../../kit/problems.ts'
import { Problem } from '../../../shared/problem.ts'
import { common } from '../../kit/words/common.ts'
import { shouldInstallFirst } from '../device.ts'
import { join } from '../join.ts'
import { close, goHome, open, router } from '../nav.ts'
import { unsent } from '../outbox/steps.ts'
import { useHeading } from '../parts/heading.ts'
import { icon } from '../parts/icon.ts'
import { later } from '../parts/later.tsx'
import { filed, signedOut } from '../state.ts'
import { tokenIn } from '../token.ts'
import { phone } from '../words/index.ts'
import { late } from '../words/late.ts'
import styles from './join.module.css'

const Scan = later(async () => (await import('./Scan.tsx')).default)

type Found = ReplyOf<typeof lookAtLinkCall> & { token: string }

/** The way in: a link or a code, then who it is for, then one button. On an iPhone in Safari the home screen comes first. */
export default function Join() {
  const [found, setFound] = useState<Found | null>(null)
  // Whom the link is for is a screen of its own, so that the phone's "back" leads to pasting another.
  const asks = router.query.value.get('step') === 'who' ? found : null
  return (
    <div class={styles['page']}>
      <header class={styles['head']}><Mark size={30} /><b class={styles['app']}>Veedor</b><LanguageSwitch /></header>
      <main class={styles['main']}>
        {asks ? <Welcome found={asks} /> : (
          <Ways
            onFound={(link) => {
              setFound(link)
              open({ at: 'join', step: 'who' })
            }}
          />
        )}
      </main>
    </div>
  )
}

function Ways({ onFound }: { onFound: (found: Found) => void }) {
  const words = late().join
  const title = signedOut.value ? words.again : words.title
  const heading = useHeading(title)
  const [here, setHere] = useState(!shouldInstallFirst())
  return (
    <>
      <h1 ref={heading} tabIndex={-1} class={styles['title']}>{title}</h1>
      <p class={styles['what']}>{signedOut.value ? words.againWhat : words.what}</p>
      <Kept />
      {here ? <Way onFound={onFound} /> : <HomeFirst onStay={() => setHere(true)} />}
    </>
  )
}

/** Whose unsent reports are still on this phone. */
function Kept() {
  const words = phone()
  const names = [...new Set(filed.value.map((one) => one.authorName))]
  return (
    <>
      {names.map((name) => {
        const left = unsent(filed.value.filter((one) => one.authorName === name))
        return left.any && <p key={name} class={styles['kept']}>{late().join.kept(words.delivery.unsent(left.reports, left.photos), name)}</p>
      })}
    </>
  )
}

function Way({ onFound }: { onFound: (found: Found) => void }) {
  const words = late().join
  const [link, setLink] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [scanning, setScanning] = useState(false)
  const look = async (text: string) => {
    const token = tokenIn(text)
    if (!token) return setProblem(words.notALink)
    setBusy(true)
    setProblem(undefined)
    try {
      onFound({ ...(await call(lookAtLinkCall, { token })), token })
    } catch (thrown) {
      setProblem(whyNot(thrown))
    } finally {
      setBusy(false)
    }
  }
  if (scanning) {
    return (
      <Scan
        onFound={(text) => {
          setScanning(false)
          setLink(text)
          void look(text)
        }}
        onLeave={() => setScanning(false)}
      />
    )
  }
  return (
    <form
      class={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        void look(link)
      }}
    >
      <TextField label={words.link} hint={words.linkHint} problem={problem} value={link} onValue={setLink} inputMode="url" autocomplete="off" autocapitalize="off" spellcheck={false} />
      <Button kind="filled" wide type="submit" busy={busy}>{words.look}</Button>
      {canScan() && <Button wide icon={ScanLine} onClick={() => setScanning(true)}>{words.scan}</Button>}
      {me.value && <Button kind="quiet" wide onClick={() => close()}>{common().buttons.back}</Button>}
    </form>
  )
}

/** A link that was used is not there any more, for whoever asks. */
const whyNot = (thrown: unknown): string => (thrown instanceof Problem && thrown.code === 'not_found' ? late().join.ended : tell(thrown))

function HomeFirst({ onStay }: { onStay: () => void }) {
  const words = late().join
  return (
    <>
      <section class={styles['first']} aria-label={words.homeFirst}>
        <h2><SquarePlus {...icon} />{words.homeFirst}</h2>
        <ol>{words.homeSteps.map((step, at) => <li key={step}><b>{at + 1}</b><span>{step}</span>{at === 0 && <Share {...icon} />}</li>)}</ol>
        <p>{words.homeWhy}</p>
      </section>
      <Button kind="quiet" wide onClick={onStay}>{words.stayHere}</Button>
    </>
  )
}

function Welcome({ found }: { found: Found }) {
  const words = late().join
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const enter = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await join(found.token)
      goHome()
    } catch (thrown) {
      setProblem(whyNot(thrown))
      setBusy(false)
    }
  }
  const { role } = found
  const title = words.welcome(found.name)
  const heading = useHeading(title)
  return (
    <>
      <h1 ref={heading} tabIndex={-1} class={styles['title']}>{title}</h1>
      <dl class={styles['who']}>
        <dt>{words.role}</dt>
        <dd>{common().roles[role]}</dd>
        {found.number !== null && <><dt>{words.number}</dt><dd>{personNumber(found.number)}</dd></>}
        <dt>{words.mission}</dt>
        <dd>{found.mission} {found.exercise && <ExerciseTag />}</dd>
        {found.organisationName && <><dt>{words.organisation}</dt><dd>{found.organisationName}</dd></>}
      </dl>
      <p class={styles['what']}>{words.notYou}</p>
      {role === 'observer' && (
        <>
          <h2 class={styles['yours']}>{words.yours}</h2>
          <ul class={styles['stays']}>{words.stays.map((line, at) => <li key={line}>{[<Smartphone key={0} {...icon} />, <MapPin key={1} {...icon} />, <ShieldCheck key={2} {...icon} />][at]}<span>{line}</span></li>)}</ul>
        </>
      )}
      <div class={styles['foot']}>
        {problem && <p class={styles['problem']} role="alert">{problem}</p>}
        {role === 'observer' ? <Button kind="filled" wide busy={busy} onClick={() => void enter()}>{words.join}</Button> : (
          <>
            <p>{words.notObserver[role]}</p>
            <ButtonLink kind="filled" wide href={`/join#${found.token}`}>{words.goThere}</ButtonLink>
          </>
        )}
        <Button kind="quiet" wide onClick={() => close({ at: 'join' })}>{words.otherLink}</Button>
        <p class={styles['once']}>{words.once}</p>
      </div>
    </>
  )
}
