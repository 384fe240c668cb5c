import { MapPinOff, Scan } from 'lucide-preact'
import { stroke } from '../../../kit/look/icon.ts'
import { cells, isCut, order } from '../../store.ts'
import { roomWords } from '../../words/room.ts'
import { openSpot, spot, stepBack } from '../selection.ts'
import type { Drawing } from './messages.ts'
import styles from './map.module.css'

/** What the map cannot show where it stands now, so that its sum is always whole. */
export function Docked({ drawing, attribution, onShowAll }: { drawing: Drawing | null; attribution: string; onShowAll: () => void }) {
  const words = roomWords()
  const outside = drawing ? drawing.placed - drawing.inside : 0
  const isOpen = spot.value === 'none'
  return (
    <div class={styles['docked']}>
      {drawing !== null && drawing.without > 0 && (
        <button type="button" class={styles['dock']} aria-expanded={isOpen} data-count={drawing.without} data-docked-chip onClick={() => (isOpen ? stepBack() : openSpot('none'))}><MapPinOff {...stroke} size={16} />{words.without(drawing.without)}</button>
      )}
      {outside > 0 && <button type="button" class={styles['dock']} data-outside={outside} title={words.showAll} onClick={onShowAll}><Scan {...stroke} size={16} />{drawing?.isAbout ? words.outsideAbout(outside) : words.outside(outside)}</button>}
      {isCut.value ? <span class={styles['told']} data-cut>{cells.value ? words.inCells(cells.value.total) : words.tooMany(order.value.length)}</span> : drawing?.isCounted && <span class={styles['told']} role="status" data-coming>{words.coming}</span>}
      <small class={styles['attribution']}>{attribution}</small>
    </div>
  )
}
