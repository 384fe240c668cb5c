import type { ComponentChildren } from 'preact'
import type { Severity } from '../../../shared/basics.ts'
import { colourless } from '../../../shared/colourless.ts'
import type { ReportStatus } from '../../../shared/verification.ts'
import { cx } from './cx.ts'
import styles from './statusmark.module.css'

/** `retracted` is a release's, `unknown` means that it cannot be told. */
export type MarkStatus = ReportStatus | 'retracted' | 'unknown'

/** Where the colour is gone, only the shape speaks. */
const grey: readonly MarkStatus[] = [...colourless, 'retracted', 'unknown']

/** The one mark of a report: colour says severity, shape says status. Give `label` where no words stand beside it; `halo` on a map. */
export function StatusMark({ status, severity, size = 16, label, halo = false }: { status: MarkStatus; severity: Severity; size?: number; label?: string; halo?: boolean }) {
  return (
    <svg class={cx(styles['mark'], grey.includes(status) ? styles['grey'] : styles[severity], halo && styles['halo'])} width={size} height={size} viewBox="0 0 16 16" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}>
      {halo && <circle class={styles['ground']} cx="8" cy="8" r="8" />}
      {shapes[status]}
    </svg>
  )
}

const ring = <circle class={styles['line']} cx="8" cy="8" r="5.6" />

const shapes: Record<MarkStatus, ComponentChildren> = {
  received: ring,
  in_review: <>{ring}<path class={styles['full']} d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" /></>,
  verified: <><circle class={styles['full']} cx="8" cy="8" r="7" /><path class={styles['tick']} d="m4.9 8.2 2.2 2.2 4-4.5" /></>,
  not_confirmed: <>{ring}<path class={styles['line']} d="m4.2 11.8 7.6-7.6" /></>,
  false: <path class={styles['line']} d="m3 3 10 10M13 3 3 13" />,
  duplicate: <><circle class={styles['thin']} cx="5.8" cy="8" r="4.6" /><circle class={styles['thin']} cx="10.2" cy="8" r="4.6" /></>,
  withdrawn: <rect class={styles['line']} x="2.6" y="2.6" width="10.8" height="10.8" rx="1" />,
  retracted: <rect class={styles['line']} x="2.6" y="2.6" width="10.8" height="10.8" rx="1" />,
  set_aside: <><circle class={styles['thin']} cx="8" cy="8" r="6" stroke-dasharray="2.6 2.1" /><path class={styles['line']} d="M5 8h6" /></>,
  unknown: <path class={styles['thin']} d="M5.2 5.6a2.9 2.9 0 1 1 4.3 2.6C8.5 8.8 8 9.3 8 10.2M8 12.9v.2" />,
}
