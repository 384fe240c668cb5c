import { Dialog } from './Dialog.tsx'
import { Kbd } from './Kbd.tsx'
import { keysShown, shortcuts } from '../keys.ts'
import { desk } from '../words/desk.ts'
import styles from './keysdialog.module.css'

/** What can be pressed in this view; `?` opens it. */
export function KeysDialog() {
  if (!keysShown.value) return null
  const words = desk()
  const pressed = [...new Map(shortcuts.value.filter((one) => !one.inDialog).map((one) => [one.key, one])).values()]
  // What several keys do is told once, with all of them.
  const listed = [...new Set(pressed.map(({ label }) => label))].map((label) => ({ label, keys: pressed.filter((one) => one.label === label) }))
  return (
    <Dialog title={words.keys} onClose={() => (keysShown.value = false)}>
      <dl class={styles['keys']}>
        {listed.map(({ label, keys }) => <div key={label}><dt>{label}</dt><dd>{keys.map(({ key }) => <span key={key}><span class="visually-hidden">{key} </span><Kbd name={key} /> </span>)}</dd></div>)}
        <div><dt>{words.listKeys}</dt><dd><span class="visually-hidden">?</span><Kbd name="?" /></dd></div>
      </dl>
    </Dialog>
  )
}
