import styles from './kbd.module.css'

const signs: Record<string, string> = { Enter: '↵', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', ' ': '␣' }

/** The key that does the same, shown where the button is. */
export function Kbd({ name }: { name: string }) {
  return <kbd class={styles['kbd']} aria-hidden="true">{signs[name] ?? (name.length === 1 ? name.toUpperCase() : name)}</kbd>
}
