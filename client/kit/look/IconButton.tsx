import type { ButtonHTMLAttributes } from 'preact'
import { useRef } from 'preact/hooks'
import { cx } from './cx.ts'
import { type Icon, stroke } from './icon.ts'
import { Tooltip } from './Tooltip.tsx'
import styles from './iconbutton.module.css'

type IconButtonProps = { icon: Icon; label: string; keyHint?: string; framed?: boolean; selected?: boolean; class?: string } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'class' | 'icon' | 'label' | 'selected'>

/** A button of one icon, for desks: its word and its key stand in the tooltip. */
export function IconButton({ icon: Drawn, label, keyHint, framed, selected, class: more, type = 'button', ...rest }: IconButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <button ref={button} {...rest} type={type} aria-label={label} aria-pressed={selected} class={cx(styles['icon'], framed && styles['framed'], more)}>
        <Drawn {...stroke} />
      </button>
      <Tooltip of={button} keyHint={keyHint}>{label}</Tooltip>
    </>
  )
}
