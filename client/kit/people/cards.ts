import { effect, signal } from '@preact/signals'
import { groupedCode } from '../../../shared/codes.ts'
import type { Link, Organisation } from '../../../shared/people.ts'
import { signedIn } from '../me.ts'
import { type Qr, qrOf } from '../look/QrCode.tsx'
import { type UiLanguage, language, uiLanguages } from '../words/language.ts'
import { addressOfLink } from './Card.tsx'
import { numberOf } from './list.ts'
import { cardWords } from './words/card.ts'

/** What stands on one card of a sheet, in its person's language. */
export type PrintedCard = { id: string; language: UiLanguage; mission: string; exercise: string | null; name: string; who: string; organisation: string; code: string; how: string; type: string; qr: Qr }

/** Cards as they are printed; each code is drawn once. */
export function printed(links: readonly Link[], organisations: readonly Organisation[]): Promise<PrintedCard[]> {
  const names = new Map(organisations.map((one) => [one.code, one.name]))
  const { mission } = signedIn()
  return Promise.all(links.map(async (link): Promise<PrintedCard> => {
    const { person } = link
    const spoken = uiLanguages.find((one) => one === person.language) ?? language.value
    const words = cardWords[spoken]
    return {
      id: person.id, language: spoken, mission: mission.name || 'Veedor', exercise: mission.exercise ? words.exercise : null, name: person.name, who: [words.roles[person.role], numberOf(person)].filter(Boolean).join(' '),
      organisation: names.get(person.organisation ?? '') ?? '', code: link.code === null ? '' : groupedCode(link.code), how: `${words.scan} ${words.once}`, type: words.type(new URL('/join', addressOfLink(link)).href.replace(/^https?:\/\//, '')), qr: await qrOf(addressOfLink(link)),
    }
  }))
}

export const cardsOnPage = 8
export const pagesOf = <Card>(cards: readonly Card[]): Card[][] => Array.from({ length: Math.ceil(cards.length / cardsOnPage) }, (_, page) => cards.slice(page * cardsOnPage, (page + 1) * cardsOnPage))

/** Cards whose codes are nowhere but in this page: they stay until whoever made them is done with them, also while another page of ours is looked at. */
export const cardsMade = signal<{ links: readonly Link[]; isKept: boolean } | null>(null)
/** They were printed or saved. */
export function noteKept(): void {
  if (cardsMade.value) cardsMade.value = { ...cardsMade.value, isKept: true }
}

const hold = (event: BeforeUnloadEvent) => event.preventDefault()
effect(() => {
  if (cardsMade.value && !cardsMade.value.isKept) addEventListener('beforeunload', hold)
  else removeEventListener('beforeunload', hold)
})
