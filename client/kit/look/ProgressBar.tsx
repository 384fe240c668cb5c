import styles from './progressbar.module.css'

/** How far something is, 0 to 1; null while that cannot be told. `label` says what. */
export function ProgressBar({ label, value }: { label: string; value: number | null }) {
  return <progress class={styles['bar']} aria-label={label} max={1} {...(value === null ? {} : { value })} />
}
