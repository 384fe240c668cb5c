import { useEffect, useState } from 'preact/hooks'
import { Check, FileDown, Printer } from 'lucide-preact'
import type { Link, Organisation } from '../../../../shared/people.ts'
import { isLoopback } from '../../../../shared/hosts.ts'
import { useKey } from '../../keys.ts'
import { Banner } from '../../look/Banner.tsx'
import { Button } from '../../look/Button.tsx'
import { ConfirmDialog } from '../../look/Dialog.tsx'
import { Tag } from '../../look/Tag.tsx'
import { cx } from '../../look/cx.ts'
import { Segmented } from '../../look/Segmented.tsx'
import { Skeleton } from '../../look/Skeleton.tsx'
import { offer } from '../../offer.ts'
import { addressOfLink } from '../Card.tsx'
import { SheetCard, laySheet } from '../Sheet.tsx'
import { type PrintedCard, cardsMade, noteKept, printed } from '../cards.ts'
import { peopleWords } from '../words/people.ts'
import type { Paper } from '../pdf.ts'
import { delegationWords } from './words.ts'
import styles from './delegation.module.css'

/** So many are drawn on the screen; the sheet and the PDF have them all. */
const mostShown = 40

/** Cards that were made just now, to print or to save: their codes are nowhere else. `used`: whose card has done its work meanwhile, or was ended. */
export function Cards({ links, used, organisations, primary }: { links: readonly Link[]; used: ReadonlySet<string>; organisations: readonly Organisation[]; primary: boolean }) {
  const words = delegationWords()
  const [cards, setCards] = useState<readonly PrintedCard[] | null>(null)
  const [paper, setPaper] = useState<Paper>('a4')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState(false)
  const [leaving, setLeaving] = useState(false)
  useEffect(() => void printed(links, organisations).then(setCards), [links])
  useEffect(() => (cards ? laySheet(cards) : undefined), [cards])
  useEffect(() => {
    addEventListener('afterprint', noteKept)
    return () => removeEventListener('afterprint', noteKept)
  }, [])
  useKey('p', words.print, () => print(), { on: cards !== null })

  const save = async () => {
    if (!cards) return
    setBusy(true)
    setTrouble(false)
    try {
      const { cardsPdf } = await import('../pdf.ts')
      offer(words.pdfName(cards[0]?.mission ?? 'Veedor'), await cardsPdf(cards, paper))
      noteKept()
    } catch {
      setTrouble(true)
    }
    setBusy(false)
  }
  const [first] = links
  const onDone = () => void (cardsMade.value = null)
  return (
    <section class={styles['page']} aria-label={words.cardsTitle(links.length)} data-cards={links.length}>
      <header class={styles['head']}>
        <h2 class={styles['title']}>{words.cardsTitle(links.length)}</h2>
        <p class={styles['what']}>{words.cardsOnce}</p>
        {first && isLoopback(new URL(addressOfLink(first)).host) && <p class={styles['what']}>{peopleWords().onlyHere}</p>}
      </header>
      <div class={styles['tools']}>
        <Button kind={primary ? 'filled' : 'plain'} icon={Printer} keyHint="p" disabled={!cards} onClick={() => print()}>{words.print}</Button>
        <Button icon={FileDown} busy={busy} disabled={!cards} onClick={() => void save()}>{busy ? words.making : words.savePdf}</Button>
        <Segmented label={words.paper} hideLabel segments={[{ value: 'a4', label: words.papers.a4 }, { value: 'letter', label: words.papers.letter }]} value={paper} onValue={setPaper} />
        <span class={styles['gap']} />
        <Button icon={Check} onClick={() => (cardsMade.value?.isKept ? onDone() : setLeaving(true))}>{words.done}</Button>
      </div>
      {trouble && <Banner tone="high" alert>{words.pdfFailed}</Banner>}
      {cards === null && <Skeleton lines={6} tall />}
      {cards && links.length > mostShown && <p class={styles['what']}>{words.someShown(mostShown, links.length)}</p>}
      {cards && <div class={styles['cards']}>{cards.slice(0, mostShown).map((card) => <div key={card.id} class={cx(styles['one'], used.has(card.id) && styles['used'])}>{used.has(card.id) && <Tag tone="good">{words.cardUsed}</Tag>}<SheetCard card={card} /></div>)}</div>}
      {leaving && <ConfirmDialog title={words.leaveTitle} action={words.leave} stay={words.stay} danger onConfirm={onDone} onClose={() => setLeaving(false)}><p>{words.leaveWhat}</p></ConfirmDialog>}
    </section>
  )
}
