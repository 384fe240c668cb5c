import { ArrowLeft, ShieldCheck } from 'lucide-preact'
import { ButtonLink } from '../../kit/look/Button.tsx'
import { Mark } from '../../kit/look/Mark.tsx'
import { SearchField } from '../../kit/look/SearchField.tsx'
import { SettingsMenu } from '../../kit/look/SettingsMenu.tsx'
import { ExerciseTag, Tag } from '../../kit/look/Tag.tsx'
import { Completeness } from '../../kit/complete/Completeness.tsx'
import { signedIn } from '../../kit/me.ts'
import { useTyped } from '../../kit/typed.ts'
import { router } from '../router.ts'
import { isEnded, live, wall } from '../store.ts'
import { pressWords } from '../words/press.ts'
import styles from './shell.module.css'

/** What this is, find, up to when all is here, look and language. */
export function TopBar() {
  const words = pressWords()
  const { mission, person } = signedIn()
  return (
    <header class={styles['top']}>
      {person.role === 'press' ? <Mark size={28} label="Veedor" /> : <ButtonLink kind="quiet" icon={ArrowLeft} href="/room/">{words.toRoom}</ButtonLink>}
      <h1 class={styles['title']}>{words.title}</h1>
      {mission.exercise && <ExerciseTag />}
      <span class={styles['only']}><Tag tone="good" icon={ShieldCheck}>{words.onlyReleased}</Tag></span>
      <div class={styles['find']}><Find /></div>
      {!isEnded.value && <Completeness live={live.value} count={wall.value.all} counted={words.pictures(wall.value.all)} />}
      <span class={styles['menu']}><SettingsMenu /></span>
    </header>
  )
}

/** Words stand in the address a moment after they were typed. */
function Find() {
  const words = pressWords()
  const asked = router.query.value.get('words') ?? ''
  const { typed, setTyped } = useTyped(asked, (next) => router.ask({ words: next }))
  return <SearchField label={words.find} placeholder={words.findHint} value={typed} onValue={(text) => setTyped(text.slice(0, 200))} />
}
