import type { DeskPhoto } from '../../../shared/photos.ts'
import { releaseLink } from '../report/addresses.ts'
import { thumbOf } from '../report/picture.ts'
import { releaseWords } from '../words/release.ts'
import type { Size } from './covers.ts'
import styles from './release.module.css'

/** The report's pictures, to choose another, and how this one leaves. */
export function Strip({ photos, photo, size }: { photos: readonly DeskPhoto[]; photo: DeskPhoto; size: Size }) {
  const words = releaseWords()
  return (
    <div class={styles['foot']}>
      {photos.length > 1 && (
        <nav class={styles['strip']} aria-label={words.choose}>
          {photos.map((one, at) => {
            const state = one.released ? words.alreadyReleased : one.state === 'ready' ? null : words.notReady
            const label = [words.pictureAt(at + 1, photos.length), state].filter(Boolean).join(', ')
            return one.state === 'ready'
              ? <a key={one.id} href={releaseLink(one)} aria-label={label} title={label} aria-current={one.id === photo.id ? 'page' : undefined}><img src={thumbOf(one)} alt="" draggable={false} /></a>
              : <span key={one.id} role="img" aria-label={label} title={label}>{one.shows && <img src={thumbOf(one)} alt="" />}</span>
          })}
        </nav>
      )}
      <p class={styles['leaves']}>{words.leaves(size.width, size.height)}</p>
    </div>
  )
}
