import { useEffect, useState } from 'preact/hooks'
import { Clock, Download, Eye, MapPin, ShieldCheck, Smartphone, UserPen } from 'lucide-preact'
import { personNumber } from '../../../shared/people.ts'
import type { Role } from '../../../shared/roles.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import type { Icon } from '../../kit/look/icon.ts'
import { LanguageSwitch } from '../../kit/look/LanguageSwitch.tsx'
import { Mark } from '../../kit/look/Mark.tsx'
import { ExerciseTag } from '../../kit/look/Tag.tsx'
import { tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { joinWords } from '../words/join.ts'
import { HomeScreen } from './HomeScreen.tsx'
import { Others } from './Others.tsx'
import type { Invited } from './invited.ts'
import { needsHomeScreen, thisDevice } from './device.ts'
import styles from './join.module.css'

/** Who you are, the mission, what stays on this device, and one button. */
export function Welcome({ invited, token, join }: { invited: Invited; token: string; join: () => Promise<void> }) {
  const words = joinWords()
  const [thrown, setThrown] = useState<unknown>(null)
  const { role } = invited
  const [stays, setStays] = useState(false)
  const homeFirst = role === 'observer' && !stays && needsHomeScreen(thisDevice())
  useEffect(() => {
    document.title = `${words.title} · ${invited.mission}`
  }, [words, invited])

  return (
    <div class={styles['page']}>
      <header class={styles['head']}><Mark /><b class={styles['veedor']}>Veedor</b><LanguageSwitch /></header>
      <main class={styles['main']}>
        <h1 class={styles['title']}>{words.welcome(invited.name)}</h1>
        <dl class={styles['facts']}>
          <dt>{words.role}</dt><dd>{common().roles[role]}</dd>
          {invited.number !== null && <><dt>{words.number}</dt><dd>{personNumber(invited.number)}</dd></>}
          <dt>{words.mission}</dt><dd>{invited.mission} {invited.exercise && <ExerciseTag />}</dd>
          {invited.organisationName && <><dt>{words.organisation}</dt><dd>{invited.organisationName}</dd></>}
        </dl>
        <p class={styles['quiet']}>{role === 'observer' ? words.notYou : words.notYouLink}</p>
        {!homeFirst && <Others invited={invited} />}
        {!homeFirst && <section class={styles['stays']}>
          <h2 class={styles['subtitle']}>{words.deviceTitle[role]}</h2>
          <ul class={styles['list']}>
            {promises(role).map(({ icon: Drawn, text }) => <li key={text}><Drawn size={22} strokeWidth={1.75} aria-hidden />{text}</li>)}
          </ul>
        </section>}
      </main>
      <footer class={cx(styles['foot'], !homeFirst && styles['stuck'])}>
        {thrown !== null && <Banner tone="high" title={words.problem} alert>{tell(thrown)}</Banner>}
        {homeFirst ? <HomeScreen token={token} onStay={() => setStays(true)} /> : (
          <>
            <JoinButton label={words.join} join={join} onTrouble={setThrown} />
            <p class={styles['once']}>{words.once}</p>
          </>
        )}
      </footer>
    </div>
  )
}

function promises(role: Role): { icon: Icon; text: string }[] {
  const words = joinWords()
  const icons: Icon[] = role === 'observer' ? [Smartphone, MapPin, ShieldCheck] : role === 'press' ? [Clock, Eye, Download] : [Clock, UserPen, ShieldCheck]
  const texts = role === 'observer' ? words.observer : role === 'press' ? words.press : words.desk
  return texts.map((text, at) => ({ text, icon: icons[at] ?? ShieldCheck }))
}

/** The button that joins; it keeps its place when it fails, so that trying again is one tap. */
function JoinButton({ label, join: use, onTrouble }: { label: string; join: () => Promise<void>; onTrouble: (thrown: unknown) => void }) {
  const [busy, setBusy] = useState(false)
  const press = async () => {
    setBusy(true)
    try {
      await use()
    } catch (thrown) {
      onTrouble(thrown)
      setBusy(false)
    }
  }
  return <Button kind="filled" wide busy={busy} onClick={() => void press()}>{label}</Button>
}
