import type { InputHTMLAttributes, SelectHTMLAttributes, TextareaHTMLAttributes } from 'preact'
import { ChevronDown } from 'lucide-preact'
import { common } from '../words/common.ts'
import { type Around, Field } from './Field.tsx'
import { stroke } from './icon.ts'
import styles from './field.module.css'

type Value = { value: string; onValue: (value: string) => void }
/** At most so many characters, as the server counts them. */
type Most = { maxLength?: number }
type TextFieldProps = Around & Value & Most & Omit<InputHTMLAttributes<HTMLInputElement>, 'class' | 'label' | 'value' | 'maxLength'>
type TextAreaProps = Around & Value & Most & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'class' | 'label' | 'value' | 'maxLength'>
type SelectProps = Around & Value & { options: readonly Option[]; groups?: readonly { label: string; options: readonly Option[] }[]; empty?: string } & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'class' | 'label' | 'value'>
export type Option = { value: string; label: string }

/** A browser takes no more than this, and what is pasted loses its end without a word: so a field that is full says so. */
export const fullAt = (value: string, most: number | undefined): string | undefined => (most !== undefined && value.length >= most ? common().full(most) : undefined)

export function TextField({ label, hint, problem, hideLabel, class: more, value, onValue, type = 'text', maxLength, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} full={fullAt(value, maxLength)} problem={problem} hideLabel={hideLabel} class={more}>
      {(own) => <input {...rest} {...own} type={type} maxLength={maxLength} class={styles['input']} value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
    </Field>
  )
}

export function TextArea({ label, hint, problem, hideLabel, class: more, value, onValue, rows = 3, maxLength, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} full={fullAt(value, maxLength)} problem={problem} hideLabel={hideLabel} class={more}>
      {(own) => <textarea {...rest} {...own} rows={rows} maxLength={maxLength} class={`${styles['input']} ${styles['area']}`} value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
    </Field>
  )
}

/** The device's own list of choices, perhaps in groups. `empty` is what stands there while nothing is chosen. */
export function Select({ label, hint, problem, hideLabel, class: more, value, onValue, options, groups = [], empty, ...rest }: SelectProps) {
  return (
    <Field label={label} hint={hint} problem={problem} hideLabel={hideLabel} class={more}>
      {(own) => (
        <span class={styles['select']}>
          <select {...rest} {...own} class={styles['input']} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
            {empty !== undefined && <option value="">{empty}</option>}
            {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
            {groups.map((group) => <optgroup key={group.label} label={group.label}>{group.options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</optgroup>)}
          </select>
          <ChevronDown {...stroke} />
        </span>
      )}
    </Field>
  )
}
