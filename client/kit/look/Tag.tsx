import type { ComponentChildren } from 'preact'
import type { Severity } from '../../../shared/basics.ts'
import { common } from '../words/common.ts'
import { cx } from './cx.ts'
import { type Icon, stroke } from './icon.ts'
import styles from './tag.module.css'

export type Tone = 'critical' | 'high' | 'medium' | 'low' | 'good' | 'accent' | 'quiet'

/** A word on a soft ground that says a state. */
export function Tag({ tone = 'quiet', icon: Drawn, children }: { tone?: Tone; icon?: Icon; children: ComponentChildren }) {
  return <span class={cx(styles['tag'], styles[tone])}>{Drawn && <Drawn {...stroke} size={14} />}{children}</span>
}

export const SeverityTag = ({ severity }: { severity: Severity }) => <Tag tone={severity}>{common().severities[severity]}</Tag>

/** Stands on every screen of an exercise. */
export const ExerciseTag = () => <Tag tone="medium">{common().exercise}</Tag>
