import { useEffect, useState } from 'preact/hooks'
import { Trash2, X } from 'lucide-preact'
import { toast } from '../../kit/look/Toasts.tsx'
import { common } from '../../kit/words/common.ts'
import { close } from '../nav.ts'
import { original } from '../outbox/queue.ts'
import type { Draft } from '../outbox/records.ts'
import { icon } from '../parts/icon.ts'
import { putBack, removePicture } from '../report.ts'
import { phone } from '../words/index.ts'
import styles from './picture.module.css'

/** One picture of a draft, as large as the screen; it can be taken out, and put back. */
export default function Picture({ draft, sha256 }: { draft: Draft; sha256: string }) {
  const words = phone().capture
  const [address, setAddress] = useState<string | null>(null)
  const [fails, setFails] = useState(false)
  const at = draft.photos.findIndex((photo) => photo.sha256 === sha256)
  const photo = draft.photos[at]
  useEffect(() => {
    let made: string | null = null
    void original(draft.id, sha256).then((bytes) => {
      made = bytes ? URL.createObjectURL(bytes) : null
      setAddress(made)
      setFails(!bytes)
    })
    return () => {
      if (made) URL.revokeObjectURL(made)
    }
  }, [draft.id, sha256])
  const leave = () => close({ draft: draft.id })
  const remove = () => {
    if (!photo) return
    void removePicture(draft.id, sha256)
    leave()
    toast(words.removed, () => void putBack(draft.id, photo, at))
  }
  return (
    <div class={styles['stage']} data-stage>
      <header class={styles['head']}>
        <button type="button" class={styles['button']} aria-label={common().buttons.close} onClick={leave}><X {...icon} /></button>
        <h1 class={styles['title']}>{words.picture(at + 1, draft.photos.length)}</h1>
      </header>
      <main class={styles['main']}>
        {address && !fails && <img src={address} alt={words.picture(at + 1, draft.photos.length)} onError={() => setFails(true)} />}
        {fails && <p role="status">{words.cannotShow}</p>}
      </main>
      <footer class={styles['foot']}>
        <button type="button" class={styles['remove']} onClick={remove}><Trash2 {...icon} />{words.remove}</button>
      </footer>
    </div>
  )
}
