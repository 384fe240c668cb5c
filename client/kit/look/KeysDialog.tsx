import { Dialog } from './Dialog.tsx'
import { Kbd } from './Kbd.tsx'
import { keysShown, shortcuts } from '../keys.ts'
import { desk } from '../words/desk.ts'
import styles from './keysdialog.module.css'

/** What can be pressed in this view; `?` opens it. */
export function KeysDialog() {
  if (!keysShown.value) return null
  const words = desk()
  const listed = [...new Map(shortcuts.value.filter((one) => !one.inDialog).map((one) => [one.key, one])).values()]
  return (
    <Dialog title={words.keys} onClose={() => (keysShown.value = false)}>
      <dl class={styles['keys']}>
        {listed.map((one) => <div key={one.key}><dt>{one.label}</dt><dd><span class="visually-hidden">{one.key}</span><Kbd name={one.key} /></dd></div>)}
        <div><dt>{words.listKeys}</dt><dd><span class="visually-hidden">?</span><Kbd name="?" /></dd></div>
      </dl>
    </Dialog>
  )
}
