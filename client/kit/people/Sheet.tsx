import { render } from 'preact'
import { Mark } from '../look/Mark.tsx'
import { quiet } from '../look/QrCode.tsx'
import { cx } from '../look/cx.ts'
import { type PrintedCard, pagesOf } from './cards.ts'
import styles from './sheet.module.css'

/** One card of the sheet. */
export function SheetCard({ card }: { card: PrintedCard }) {
  const side = card.qr.size + 2 * quiet
  return (
    <section data-paper class={styles['card']} lang={card.language} aria-label={card.name} data-card={card.id}>
      <header class={styles['head']}><Mark size={16} /><b>{card.mission}</b>{card.exercise && <span>{card.exercise}</span>}</header>
      <svg class={styles['qr']} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={card.name} shape-rendering="crispEdges"><path transform={`translate(${quiet} ${quiet})`} d={card.qr.path} /></svg>
      <div class={styles['words']}>
        <b class={styles['name']}>{card.name}</b>
        <span>{card.who}</span>
        <span>{card.organisation}</span>
        <p>{card.how}</p>
      </div>
      <footer class={styles['foot']}><code class={cx(styles['code'], 'numbers')}>{card.code}</code><span>{card.type}</span></footer>
    </section>
  )
}

/** Puts the sheet beside the app for as long as its cards are shown: whatever prints this page then prints the sheet and nothing else. The returned function takes it away. */
export function laySheet(cards: readonly PrintedCard[]): () => void {
  const place = document.createElement('div')
  place.className = styles['sheet'] ?? ''
  place.dataset['sheet'] = ''
  document.body.append(place)
  render(<>{pagesOf(cards).map((page, at) => <div key={at} class={styles['page']}>{page.map((card) => <SheetCard key={card.id} card={card} />)}</div>)}</>, place)
  document.documentElement.dataset['print'] = 'cards'
  return () => {
    delete document.documentElement.dataset['print']
    render(null, place)
    place.remove()
  }
}
