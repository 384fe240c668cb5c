import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { X } from 'lucide-preact'
import { common } from '../words/common.ts'
import { cx } from './cx.ts'
import { stroke } from './icon.ts'
import styles from './chip.module.css'

type ChipProps = { selected?: boolean; count?: string; children: ComponentChildren; class?: string } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'class' | 'selected'>

/** A choice that can be on or off, with what it would show. */
export function Chip({ selected, count, children, class: more, ...rest }: ChipProps) {
  return (
    <button {...rest} type="button" aria-pressed={selected} class={cx(styles['chip'], more)}>
      {children}
      {count !== undefined && <b class={styles['count']}>{count}</b>}
    </button>
  )
}

/** A filter that holds, with its way out. */
export function HeldChip({ children, name, onRemove }: { children: ComponentChildren; name: string; onRemove: () => void }) {
  return (
    <span class={cx(styles['chip'], styles['held'])}>
      {children}
      <button type="button" class={styles['out']} aria-label={`${common().buttons.remove}: ${name}`} onClick={onRemove}><X {...stroke} size={14} /></button>
    </span>
  )
}
