import { useEffect, useState } from 'preact/hooks'
import { Image } from 'lucide-preact'
import type { Sha256, Uuid } from '../../../shared/basics.ts'
import { cx } from '../../kit/look/cx.ts'
import { smallsOf } from '../outbox/smalls.ts'
import { icon } from './icon.ts'
import styles from './thumb.module.css'

// Thumbs are small and are shown again and again: their addresses live as long as the page.
const shown = new Map<string, string | null>()

/** A picture's small copy, made when it is first shown; a sign for one that this phone cannot draw, and `onUnshown` is called. */
export function Thumb({ report, sha256, alt, large = false, onUnshown }: { report: Uuid; sha256: Sha256; alt: string; large?: boolean; onUnshown?: () => void }) {
  const key = `${report}.${sha256}`
  const [address, setAddress] = useState(shown.get(key))
  useEffect(() => {
    let here = true
    const take = (found: string | null) => {
      shown.set(key, found)
      if (!here) return
      setAddress(found)
      if (found === null) onUnshown?.()
    }
    const known = shown.get(key)
    if (known) setAddress(known)
    else smallsOf(report, sha256).then(({ thumb }) => take(thumb && URL.createObjectURL(thumb)), () => take(null))
    return () => {
      here = false
    }
  }, [key, report, sha256])
  return (
    <span class={cx(styles['thumb'], large && styles['large'])}>
      {address ? <img src={address} alt={alt} /> : address === null ? <Unshown alt={alt} /> : <span class="visually-hidden">{alt}</span>}
    </span>
  )
}

/** A sign in the place of a picture; where the words beside it say everything, a screen reader hears nothing of it. */
const Unshown = ({ alt }: { alt: string }) => (alt ? <span role="img" aria-label={alt}><Image {...icon} /></span> : <span aria-hidden><Image {...icon} /></span>)
