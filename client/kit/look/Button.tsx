import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { cx } from './cx.ts'
import { type Icon, stroke } from './icon.ts'
import { Kbd } from './Kbd.tsx'
import styles from './button.module.css'

/** `filled`: the one thing to do in a view. `danger`: destroys. `quiet`: without a frame. */
type Looks = { kind?: 'filled' | 'plain' | 'quiet' | 'danger'; icon?: Icon; keyHint?: string; wide?: boolean; small?: boolean; children: ComponentChildren }

type ButtonProps = Looks & { busy?: boolean; class?: string } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'class' | 'icon'>

/** A button with its words, perhaps an icon and its key. While `busy` it keeps its words and does nothing. */
export function Button({ kind = 'plain', icon, keyHint, wide, small, busy = false, class: more, children, type = 'button', onClick, ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} class={cx(look({ kind, wide, small }), more)} aria-busy={busy || undefined} {...(busy ? { 'aria-disabled': true } : { onClick })}>
      <Inside icon={icon} keyHint={keyHint}>{children}</Inside>
    </button>
  )
}

/** A link that looks like a button. */
export function ButtonLink({ kind = 'plain', icon, keyHint, wide, small, class: more, children, ...rest }: Looks & { class?: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'class' | 'icon'>) {
  return (
    <a {...rest} class={cx(look({ kind, wide, small }), more)}>
      <Inside icon={icon} keyHint={keyHint}>{children}</Inside>
    </a>
  )
}

const look = ({ kind, wide, small }: { kind: string; wide: boolean | undefined; small: boolean | undefined }) => cx(styles['button'], styles[kind], wide && styles['wide'], small && styles['small'])

function Inside({ icon: Drawn, keyHint, children }: { icon: Icon | undefined; keyHint: string | undefined; children: ComponentChildren }) {
  return (
    <>
      {Drawn && <Drawn {...stroke} />}
      <span>{children}</span>
      {keyHint && <Kbd name={keyHint} />}
    </>
  )
}
