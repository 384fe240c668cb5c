import type { ComponentChildren } from 'preact'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Mark } from './Mark.tsx'
import styles from './plainpage.module.css'

/** A page with one thing to say. */
export function PlainPage({ title, children, actions }: { title: string; children: ComponentChildren; actions?: ComponentChildren }) {
  return (
    <div class={styles['page']}>
      <header class={styles['head']}>
        <Mark size={28} />
        <b class={styles['name']}>Veedor</b>
        <LanguageSwitch />
      </header>
      <main class={styles['main']}>
        <h1 class={styles['title']}>{title}</h1>
        {children}
        {actions !== undefined && <div class={styles['actions']}>{actions}</div>}
      </main>
    </div>
  )
}
