import type { ComponentChildren } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { IconButton } from './IconButton.tsx'
import { type Icon, stroke } from './icon.ts'
import { cx } from './cx.ts'
import styles from './menu.module.css'

export type MenuItem = { label: string; hint?: string; icon?: Icon; danger?: boolean; chosen?: boolean; /** One of several that may be on at once, not one of a choice. */ toggles?: true; press: () => void }

/** A button that opens a few things to do, or, without any, something to read. Groups are set apart by a line; arrows walk, Esc closes, the focus returns. */
export function Menu({ icon, label, groups, head, framed }: { icon: Icon; label: string; groups: readonly (readonly MenuItem[])[]; head?: ComponentChildren; framed?: boolean }) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const anchor = useRef<HTMLSpanElement>(null)
  const id = useId()
  const role = groups.length > 0 ? 'menu' : 'dialog'
  const button = () => anchor.current?.querySelector('button')
  const close = (returnFocus: boolean) => {
    setOpen(false)
    if (returnFocus) button()?.focus()
  }

  useLayoutEffect(() => {
    const owner = button()
    if (!open || !box.current || !owner) return
    putUnder(owner.getBoundingClientRect(), box.current)
    ;(itemsOf(box.current)[0] ?? box.current).focus()
  }, [open])

  useEffect(() => {
    if (!open) return undefined
    const outside = (event: Event) => {
      if (event.target instanceof Node && (box.current?.contains(event.target) || anchor.current?.contains(event.target))) return
      close(false)
    }
    addEventListener('pointerdown', outside, true)
    addEventListener('scroll', outside, true)
    addEventListener('resize', outside)
    return () => {
      removeEventListener('pointerdown', outside, true)
      removeEventListener('scroll', outside, true)
      removeEventListener('resize', outside)
    }
  }, [open])

  const walk = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      close(true)
    } else if (event.key === 'Tab') {
      close(false)
    } else if (box.current) {
      const items = itemsOf(box.current)
      const at = items.findIndex((one) => one === document.activeElement)
      const next = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key]
      if (next === undefined) return
      event.preventDefault()
      items[next]?.focus()
    }
  }

  return (
    <span ref={anchor} class={styles['anchor']}>
      <IconButton icon={icon} label={label} {...(framed ? { framed } : {})} aria-haspopup={role} aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)} />
      {open && (
        <div ref={box} id={id} role={role} tabIndex={-1} aria-label={label} class={styles['menu']} onKeyDown={walk}>
          {head}
          {groups.filter((group) => group.length > 0).map((group, at) => (
            <div key={at} role="group" class={styles['group']}>
              {group.map((item) => (
                <button
                  key={item.label}
                  type="button"
                  tabIndex={-1}
                  role={item.chosen === undefined ? 'menuitem' : item.toggles ? 'menuitemcheckbox' : 'menuitemradio'}
                  aria-checked={item.chosen}
                  class={cx(styles['item'], item.danger && styles['danger'])}
                  onClick={() => {
                    close(true)
                    item.press()
                  }}
                >
                  {item.icon ? <item.icon {...stroke} /> : <span />}
                  <span>{item.label}{item.hint && <small class={styles['hint']}>{item.hint}</small>}</span>
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </span>
  )
}

const itemsOf = (box: HTMLElement): HTMLElement[] => [...box.querySelectorAll<HTMLElement>('[role^=menuitem]')]

/** Under its button, ends aligned; above where there is no room; within the window. */
function putUnder(owner: DOMRect, box: HTMLElement): void {
  // Where zero lies: a container around it may move it. The way it comes in is no part of its place.
  box.style.animation = 'none'
  const { left, top: above, width, height } = box.getBoundingClientRect()
  box.style.animation = ''
  const below = owner.bottom + 4
  const top = below + height > innerHeight - 8 && owner.top - height - 4 > 8 ? owner.top - height - 4 : below
  box.style.top = `${top - above}px`
  box.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, owner.right - width)) - left}px`
}
