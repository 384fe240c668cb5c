import { Trash2 } from 'lucide-preact'
import { type Cover, coverMarginPixels } from '../../../shared/press.ts'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { cx } from '../../kit/look/cx.ts'
import { releaseWords } from '../words/release.ts'
import { mostCovers } from './covers.ts'
import styles from './release.module.css'

const whats: readonly Cover['what'][] = ['face', 'list', 'document', 'ballot', 'plate', 'other']

/** The covers in words: what each hides, its size, and the way to take it off. */
export function CoverList({ covers, selected, onSelect, onCovers }: { covers: readonly Cover[]; selected: number | null; onSelect: (at: number) => void; onCovers: (covers: readonly Cover[]) => void }) {
  const words = releaseWords()
  return (
    <section class={styles['covers']}>
      <h3 class={styles['heading']}>{words.covers(covers.length)}</h3>
      {covers.length === 0 ? <p class={styles['note']}>{words.coversWhat}</p> : (
        <>
          <ul>
            {covers.map((cover, at) => (
              <li key={at} class={cx(selected === at && styles['selected'])} onPointerDown={() => onSelect(at)}>
                <span class={styles['swatch']} />
                <select class={styles['what']} aria-label={words.whatLabel(at + 1)} value={cover.what} onFocus={() => onSelect(at)} onChange={(event) => onCovers(covers.map((one, index) => (index === at ? { ...one, what: whats.find((what) => what === event.currentTarget.value) ?? one.what } : one)))}>
                  {whats.map((what) => <option key={what} value={what}>{words.what[what]}</option>)}
                </select>
                <span class="numbers">{words.pixels(cover.width, cover.height)}</span>
                <IconButton icon={Trash2} label={words.remove} onClick={() => onCovers(covers.filter((_, index) => index !== at))} />
              </li>
            ))}
          </ul>
          <p class={styles['note']}>{covers.length >= mostCovers ? words.mostCovers : words.margin(coverMarginPixels)}</p>
        </>
      )}
      <p class={cx(styles['note'], styles['byKeys'])}>{words.coversKeys}</p>
    </section>
  )
}
