import styles from './mark.module.css'

/** The mark of Veedor: a V that is an eye and a person with raised arms. */
export function Mark({ size = 28, label }: { size?: number; label?: string }) {
  return (
    <svg class={styles['mark']} width={size} height={size} viewBox="0 0 24 24" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      <path d="M2.5 7.5 12 20.5 21.5 7.5" />
      <circle cx="12" cy="7" r="3.1" />
    </svg>
  )
}
