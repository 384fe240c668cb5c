import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import styles from './switch.module.css'

/** On or off, at once. */
export function Switch({ label, hint, on, onChange, disabled = false }: { label: ComponentChildren; hint?: ComponentChildren; on: boolean; onChange: (on: boolean) => void; disabled?: boolean }) {
  const id = useId()
  return (
    <div class={styles['row']}>
      <label class={styles['words']} for={id}>
        {label}
        {hint !== undefined && <span class={styles['hint']} id={`${id}-hint`}>{hint}</span>}
      </label>
      <input id={id} class={styles['switch']} type="checkbox" role="switch" checked={on} disabled={disabled} aria-describedby={hint === undefined ? undefined : `${id}-hint`} onChange={(event) => onChange(event.currentTarget.checked)} />
    </div>
  )
}
