import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { CircleAlert } from 'lucide-preact'
import { stroke } from './icon.ts'
import { cx } from './cx.ts'
import styles from './field.module.css'

/** What stands around an input: its label, a hint, and what is wrong with it, beside it. */
export type Around = { label: string; hint?: ComponentChildren; problem?: string | undefined; hideLabel?: boolean | undefined; class?: string | undefined }

/** `full`: that no more can be typed. Gives an input its id and its descriptions: `{(own) => <input {...own} />}`. */
export function Field({ label, hint, problem, full, hideLabel, class: more, children }: Around & { full?: string | undefined; children: (own: Own) => ComponentChildren }) {
  const id = useId()
  const told = cx(hint !== undefined && `${id}-hint`, full && `${id}-full`, problem && `${id}-problem`)
  return (
    <div class={cx(styles['field'], more)}>
      <label class={cx(styles['label'], hideLabel && 'visually-hidden')} for={id}>{label}</label>
      {children({ id, 'aria-describedby': told || undefined, 'aria-invalid': problem ? true : undefined })}
      <Told id={id} hint={hint} full={full} problem={problem} />
    </div>
  )
}

export type Own = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

/** The same for a group of inputs: a fieldset with its legend. */
export function FieldGroup({ label, hint, problem, hideLabel, class: more, children }: Around & { children: ComponentChildren }) {
  const id = useId()
  const told = cx(hint !== undefined && `${id}-hint`, problem && `${id}-problem`)
  return (
    <fieldset class={cx(styles['field'], more)} aria-describedby={told || undefined}>
      <legend class={cx(styles['label'], hideLabel && 'visually-hidden')}>{label}</legend>
      {children}
      <Told id={id} hint={hint} problem={problem} />
    </fieldset>
  )
}

function Told({ id, hint, full, problem }: { id: string; hint: ComponentChildren; full?: string | undefined; problem: string | undefined }) {
  return (
    <>
      {hint !== undefined && <div id={`${id}-hint`} class={styles['hint']}>{hint}</div>}
      {full && <div id={`${id}-full`} class={styles['full']} role="status">{full}</div>}
      {problem && <div id={`${id}-problem`} class={styles['problem']} role="alert"><CircleAlert {...stroke} size={16} />{problem}</div>}
    </>
  )
}
