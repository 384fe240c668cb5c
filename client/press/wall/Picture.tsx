import { useEffect, useState } from 'preact/hooks'
import { ImageOff } from 'lucide-preact'
import { type ReleasedPicture, releaseImageCall } from '../../../shared/press.ts'
import { addressFor } from '../../kit/call.ts'
import { cx } from '../../kit/look/cx.ts'
import { stroke } from '../../kit/look/icon.ts'
import { live } from '../store.ts'
import { textLanguage, textOf } from '../texts.ts'
import { pressWords } from '../words/press.ts'
import styles from './picture.module.css'

/** A released picture in its own proportions. When it does not come it says so, and is asked for again once the connection is back. */
export function Picture({ picture, size, class: more }: { picture: ReleasedPicture; size: 'wall' | 'web'; class?: string | undefined }) {
  const [failed, setFailed] = useState(false)
  const isLive = live.value?.state.value === 'live'
  useEffect(() => {
    if (isLive) setFailed(false)
  }, [isLive])
  const alt = textOf(picture.alternatives)
  if (failed) return <span class={cx(styles['missing'], more)} role="img" aria-label={alt} lang={textLanguage.value}><ImageOff {...stroke} />{pressWords().cannotShow}</span>
  return (
    <img
      class={cx(styles['picture'], more)}
      src={addressFor(releaseImageCall, { id: picture.id, size })}
      alt={alt}
      lang={textLanguage.value}
      width={picture.width}
      height={picture.height}
      loading={size === 'wall' ? 'lazy' : 'eager'}
      decoding="async"
      onError={() => setFailed(true)}
    />
  )
}
