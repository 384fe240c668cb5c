import { PackageOpen } from 'lucide-preact'
import { stroke } from '../../kit/look/icon.ts'
import { roomWords } from '../words/room.ts'
import { filesHeld } from './dropped.ts'
import styles from './drop-over.module.css'

/** While files are held over the room: that they may be dropped, and what for. Those who use keys have a button for it. */
export function DropOver() {
  const words = roomWords()
  if (!filesHeld.value) return null
  return (
    <div class={styles['over']} aria-hidden>
      <p class={styles['words']}><PackageOpen {...stroke} size={24} /><b>{words.dropHere}</b><span>{words.dropWhat}</span></p>
    </div>
  )
}
