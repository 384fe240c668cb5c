import type { ComponentChildren } from 'preact'
import { CircleAlert } from 'lucide-preact'
import type { FieldReason } from '../../../shared/problem.ts'
import { common } from '../../kit/words/common.ts'
import type { Draft } from '../outbox/records.ts'
import { icon } from '../parts/icon.ts'
import { isOf } from './change.ts'
import styles from './capture.module.css'

/** What is wrong with a field, beside it. */
export function Fault({ id, children }: { id?: string; children: ComponentChildren }) {
  return <p id={id} class={styles['fault']} role="alert"><CircleAlert {...icon} size={18} /><span>{children}</span></p>
}

/** What headquarters found wrong with a field, beside it. */
export function Found({ draft, fields }: { draft: Draft; fields: readonly string[] }) {
  const fault = draft.faults.find(({ path }) => fields.some((field) => isOf(path, field)))
  return fault ? <Fault>{common().fields[fault.reason satisfies FieldReason]}</Fault> : null
}
