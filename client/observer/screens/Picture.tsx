import { effect } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Trash2, X } from 'lucide-preact'
import type { Sha256, Uuid } from '../../../shared/basics.ts'
import { cx } from '../../kit/look/cx.ts'
import { toast } from '../../kit/look/Toasts.tsx'
import { common } from '../../kit/words/common.ts'
import { close, draftShown } from '../nav.ts'
import { original } from '../outbox/queue.ts'
import type { Draft } from '../outbox/records.ts'
import { smallsOf } from '../outbox/smalls.ts'
import { useHeading } from '../parts/heading.ts'
import { icon } from '../parts/icon.ts'
import { putBack, removePicture } from '../report.ts'
import { phone } from '../words/index.ts'
import { late } from '../words/late.ts'
import styles from './picture.module.css'

/** One picture of a draft, as large as the screen; it can be taken out, and put back. */
export default function Picture({ draft, sha256 }: { draft: Draft; sha256: string }) {
  const words = phone().capture
  const at = draft.photos.findIndex((photo) => photo.sha256 === sha256)
  const photo = draft.photos[at]
  const leave = () => close({ draft: draft.id })
  const remove = () => {
    if (!photo) return
    void removePicture(draft.id, sha256)
    leave()
    const end = toast(words.removed, () => void putBack(draft.id, photo, at))
    // Once the draft has left the screen there is nothing to put it back into.
    const stop = effect(() => {
      if (draftShown.value === draft.id) return
      end()
      stop()
    })
  }
  return (
    <Viewer report={draft.id} sha256={sha256} title={words.picture(at + 1, draft.photos.length)} onLeave={leave}>
      <button type="button" class={styles['remove']} onClick={remove}><Trash2 {...icon} />{words.remove}</button>
    </Viewer>
  )
}

type Shown = { address: string | null; isSmall: boolean }

/** A picture as large as the screen: the original, or, once that has left the phone, the small copy. `children`: what can be done with it. */
export function Viewer({ report, sha256, title, onLeave, children }: { report: Uuid; sha256: Sha256; title: string; onLeave: () => void; children?: ComponentChildren }) {
  const heading = useHeading(title)
  const [shown, setShown] = useState<Shown | null>(null)
  const [fails, setFails] = useState(false)
  useEffect(() => {
    let made: string | null = null
    let here = true
    void bytesOf(report, sha256).then(({ bytes, isSmall }) => {
      if (!here) return
      made = bytes && URL.createObjectURL(bytes)
      setShown({ address: made, isSmall })
      setFails(!made)
    })
    return () => {
      here = false
      if (made) URL.revokeObjectURL(made)
    }
  }, [report, sha256])
  useEffect(() => {
    const step = (event: KeyboardEvent) => event.key === 'Escape' && onLeave()
    document.addEventListener('keydown', step)
    return () => document.removeEventListener('keydown', step)
  }, [onLeave])
  return (
    <div class={styles['stage']} data-stage>
      <header class={styles['head']}>
        <button type="button" class={styles['button']} aria-label={common().buttons.close} onClick={onLeave}><X {...icon} /></button>
        <h1 ref={heading} tabIndex={-1} class={styles['title']}>{title}</h1>
      </header>
      <main class={cx(styles['main'], shown?.isSmall && styles['small'])}>
        {shown?.address && !fails && <img src={shown.address} alt={title} onError={() => setFails(true)} />}
        {fails && <p role="status">{shown?.isSmall ? late().report.noCopy : phone().capture.cannotShow}</p>}
      </main>
      <footer class={styles['foot']}>
        {shown?.isSmall && !fails && <p>{late().report.smallCopy}</p>}
        {children}
      </footer>
    </div>
  )
}

async function bytesOf(report: Uuid, sha256: Sha256): Promise<{ bytes: Blob | null; isSmall: boolean }> {
  const whole = await original(report, sha256)
  if (whole) return { bytes: whole, isSmall: false }
  const { preview, thumb } = await smallsOf(report, sha256)
  return { bytes: preview ?? thumb, isSmall: true }
}
