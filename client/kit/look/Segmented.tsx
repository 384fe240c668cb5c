import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { FieldGroup } from './Field.tsx'
import { cx } from './cx.ts'
import { type Icon, stroke } from './icon.ts'
import styles from './segmented.module.css'

export type Segment<Value extends string> = { value: Value; label: ComponentChildren; icon?: Icon }
type SegmentedProps<Value extends string> = {
  label: string
  hideLabel?: boolean
  problem?: string | undefined
  segments: readonly Segment<Value>[]
  value: Value | null
  onValue: (value: Value) => void
  /** `pill`: round, as on the phone. */
  round?: boolean
  wide?: boolean
  disabled?: boolean
}

/** A few choices side by side, one of them taken. */
export function Segmented<Value extends string>({ label, hideLabel = false, problem, segments, value, onValue, round, wide, disabled }: SegmentedProps<Value>) {
  const name = useId()
  return (
    <FieldGroup label={label} hideLabel={hideLabel} problem={problem}>
      <div class={cx(styles['bar'], round && styles['round'], wide && styles['wide'])}>
        {segments.map(({ value: one, label: words, icon: Drawn }) => (
          <label key={one} class={styles['segment']}>
            <input type="radio" class="visually-hidden" name={name} value={one} checked={one === value} disabled={disabled} onChange={() => onValue(one)} />
            {Drawn && <Drawn {...stroke} size={16} />}
            <span>{words}</span>
          </label>
        ))}
      </div>
    </FieldGroup>
  )
}
