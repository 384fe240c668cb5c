import type { Link } from '../../../shared/people.ts'
import { missionPlace } from '../numbers.ts'
import { signedIn } from '../me.ts'
import { groupedCode } from '../../../shared/codes.ts'
import { Mark } from '../look/Mark.tsx'
import { QrCode } from '../look/QrCode.tsx'
import { Tag } from '../look/Tag.tsx'
import { language, uiLanguages } from '../words/language.ts'
import { cardWords } from './words/card.ts'
import { peopleWords } from './words/people.ts'
import { numberOf } from './list.ts'
import styles from './card.module.css'

/** The whole address of a link; the server gives only its path where it does not know by which name it is reached. */
export const addressOfLink = (link: Link): string => new URL(link.link, location.origin).href

/** One person's way in, to scan or to print, in that person's language. */
export function Card({ link, organisation }: { link: Link; organisation: string | null }) {
  const { person, until } = link
  const spoken = uiLanguages.find((one) => one === person.language) ?? language.value
  const words = cardWords[spoken]
  const { mission } = signedIn()
  const last = until && new Intl.DateTimeFormat(words.locale, { timeZone: missionPlace.value.zone, day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(until))
  return (
    <section data-paper class={styles['card']} lang={spoken} aria-label={peopleWords().cardOf(person.name)}>
      <header class={styles['head']}>
        <Mark size={24} />
        <b class={styles['mission']}>{mission.name || 'Veedor'}</b>
        {mission.exercise && <Tag tone="medium">{words.exercise}</Tag>}
      </header>
      <div class={styles['code']}><QrCode text={addressOfLink(link)} label={peopleWords().cardOf(person.name)} /></div>
      <div class={styles['words']}>
        <b class={styles['name']}>{person.name}</b>
        <span>{words.roles[person.role]} {numberOf(person)}</span>
        <span>{organisation}</span>
        <p class={styles['how']}>{person.role === 'observer' ? words.scan : words.open} {last ? words.onceUntil(last) : words.once}</p>
      </div>
      {link.code !== null && <p class={styles['typed']}><code>{groupedCode(link.code)}</code><span>{words.type(new URL('/join', addressOfLink(link)).href.replace(/^https?:\/\//, ''))}</span></p>}
    </section>
  )
}

/** Prints the card that is on the screen and nothing else. */
export function printCard(): void {
  const root = document.documentElement
  root.dataset['print'] = 'card'
  addEventListener('afterprint', () => delete root.dataset['print'], { once: true })
  print()
}
