import type { ComponentChildren } from 'preact'
import type { Icon } from './icon.ts'
import styles from './emptystate.module.css'

/** Nothing here yet: what will come and how to get it. */
export function EmptyState({ icon: Drawn, title, children, action }: { icon?: Icon; title: string; children?: ComponentChildren; action?: ComponentChildren }) {
  return (
    <div class={styles['empty']}>
      {Drawn && <Drawn size={32} strokeWidth={1.75} aria-hidden />}
      <p class={styles['title']}>{title}</p>
      {children !== undefined && <div class={styles['words']}>{children}</div>}
      {action}
    </div>
  )
}
