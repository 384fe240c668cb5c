import type { InputHTMLAttributes, SelectHTMLAttributes, TextareaHTMLAttributes } from 'preact'
import { ChevronDown } from 'lucide-preact'
import { type Around, Field } from './Field.tsx'
import { stroke } from './icon.ts'
import styles from './field.module.css'

type Value = { value: string; onValue: (value: string) => void }
type TextFieldProps = Around & Value & Omit<InputHTMLAttributes<HTMLInputElement>, 'class' | 'label' | 'value'>
type TextAreaProps = Around & Value & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'class' | 'label' | 'value'>
type SelectProps = Around & Value & { options: readonly Option[]; groups?: readonly { label: string; options: readonly Option[] }[]; empty?: string } & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'class' | 'label' | 'value'>
export type Option = { value: string; label: string }

export function TextField({ label, hint, problem, hideLabel, class: more, value, onValue, type = 'text', ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem} hideLabel={hideLabel} class={more}>
      {(own) => <input {...rest} {...own} type={type} class={styles['input']} value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
    </Field>
  )
}

export function TextArea({ label, hint, problem, hideLabel, class: more, value, onValue, rows = 3, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} problem={problem} hideLabel={hideLabel} class={more}>
      {(own) => <textarea {...rest} {...own} rows={rows} class={`${styles['input']} ${styles['area']}`} value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
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
