import { BadgeCheck, Copy, Download, Hourglass } from 'lucide-preact'
import type { ReleasedPicture } from '../../../shared/press.ts'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import { stroke } from '../../kit/look/icon.ts'
import { Tag } from '../../kit/look/Tag.tsx'
import { addressOfPicture, openId } from '../router.ts'
import { unseen } from '../store.ts'
import { copy, download } from '../take.ts'
import { precisionInWords, textLanguage, textOf } from '../texts.ts'
import { pressWords } from '../words/press.ts'
import { Picture } from './Picture.tsx'
import type { Box } from './rows.ts'
import styles from './card.module.css'

export const cardId = (id: string): string => `picture-${id}`

/** A picture with nothing printed over it; under it what may be said of it, and the two things that are done most. */
export function Card({ picture, box }: { picture: ReleasedPicture; box: Box }) {
  const words = pressWords()
  const { id, captions, quote, precision, credit, covered, withheld } = picture
  const caption = textOf(captions)
  return (
    <li id={cardId(id)} class={styles['card']} data-picture={id} style={{ width: `${box.width}px` }}>
      <a class={cx(styles['opens'], openId.value === id && styles['isOpen'])} href={addressOfPicture(id)} aria-current={openId.value === id || undefined} style={{ height: `${box.height}px` }}>
        <Picture picture={picture} size="wall" class={styles['picture']} />
      </a>
      <p class={styles['caption']} lang={textLanguage.value}>{caption}</p>
      <p class={styles['verified']} lang={textLanguage.value}><BadgeCheck {...stroke} size={16} />{textOf(quote)}</p>
      <p class={styles['where']}>
        <span>{precisionInWords(precision)} · {credit}</span>
        {covered && <Tag>{words.partsCovered}</Tag>}
        {withheld && <Tag tone="high" icon={Hourglass}>{words.wait}</Tag>}
        {unseen.value.has(id) && <Tag tone="accent">{words.new}</Tag>}
      </p>
      <div class={styles['does']}>
        <Button small icon={Copy} onClick={() => void copy(caption, 'caption')}>{words.copyCaption}</Button>
        <Button small icon={Download} disabled={withheld} onClick={() => void download(picture, 'full')}>{words.download}</Button>
      </div>
    </li>
  )
}
