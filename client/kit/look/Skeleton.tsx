import type { ComponentChildren } from 'preact'
import { common } from '../words/common.ts'
import { cx } from './cx.ts'
import styles from './skeleton.module.css'

/** Grey lines in the shape of what is coming; visible only after 150 ms, so that what is quick does not flash. */
export function Skeleton({ lines = 3, tall, children }: { lines?: number; tall?: boolean; children?: ComponentChildren }) {
  return (
    <div class={styles['skeleton']} role="status">
      <span class="visually-hidden">{common().loading}</span>
      {children ?? Array.from({ length: lines }, (_, at) => <Bone key={at} {...(tall ? { tall } : {})} />)}
    </div>
  )
}

/** One grey line or, `tall`, one grey row. */
export const Bone = ({ tall = false }: { tall?: boolean }) => <span class={cx(styles['bone'], tall && styles['tall'])} />
