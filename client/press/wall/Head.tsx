import { Select } from '../../kit/look/inputs.tsx'
import { signedIn } from '../../kit/me.ts'
import { dayShort } from '../../kit/times.ts'
import { isEmpty } from '../filter.ts'
import { router } from '../router.ts'
import { asked, loadedKey, wall } from '../store.ts'
import { pressWords } from '../words/press.ts'
import { TextLanguage } from './TextLanguage.tsx'
import styles from './wall.module.css'

/** Which mission, how many pictures, of which place and day, in which language their texts. */
export function Head() {
  const words = pressWords()
  const { total, all, places, days } = wall.value
  const { place = '', day = '' } = asked.value
  return (
    <header class={styles['head']}>
      <h2 class={styles['mission']}>{signedIn().mission.name}</h2>
      {loadedKey.value !== null && <p class={styles['count']} role="status">{isEmpty(asked.value) ? words.pictures(all) : words.some(total, all)}</p>}
      <div class={styles['asks']}>
        {(places.length > 1 || place) && <Select label={words.place} hideLabel value={place} onValue={(value) => router.ask({ place: value })} empty={words.anyPlace} options={withChosen(places, place).map((value) => ({ value, label: value }))} />}
        {(days.length > 1 || day) && <Select label={words.day} hideLabel value={day} onValue={(value) => router.ask({ day: value })} empty={words.anyDay} options={withChosen(days, day).map((value) => ({ value, label: dayShort(value) }))} />}
        <TextLanguage />
      </div>
    </header>
  )
}

/** What is chosen stays a choice when its last picture left the wall. */
const withChosen = (list: readonly string[], chosen: string): readonly string[] => (chosen === '' || list.includes(chosen) ? list : [chosen, ...list])
