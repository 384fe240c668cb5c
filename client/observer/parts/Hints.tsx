import { Button } from '../../kit/look/Button.tsx'
import { installOffer } from '../device.ts'
import { hideHint, hintsHidden } from '../state.ts'
import { updateReady } from '../update.ts'
import { delivering } from '../words/delivery.ts'
import styles from './hints.module.css'

/** One thing that can wait: a newer version that starts when nothing is open, or the home screen. */
export function Hints() {
  const words = delivering()
  if (updateReady.value) return <div class={styles['hint']} role="status"><p><b>{words.update.ready}</b> {words.update.later}</p></div>
  if (!installOffer.value || hintsHidden.value.includes('install')) return null
  return (
    <div class={styles['hint']}>
      <p><b>{words.install.title}</b></p>
      <p class={styles['why']}>{words.install.why}</p>
      <div class={styles['do']}>
        <Button onClick={() => void install()}>{words.install.do}</Button>
        <Button kind="quiet" onClick={() => void hideHint('install')}>{words.install.later}</Button>
      </div>
    </div>
  )
}

/** Makes the browser's own offer; it can be made once. */
export async function install(): Promise<void> {
  const offer = installOffer.value
  installOffer.value = null
  await offer?.prompt()
}
