import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Kbd } from './Kbd.tsx'
import styles from './tooltip.module.css'

/** Shows a word about what the pointer rests on, or what the keyboard has focused; not on touch, where everything has its word. */
export function Tooltip({ of: owner, children, keyHint }: { of: RefObject<HTMLElement>; children: ComponentChildren; keyHint: string | undefined }) {
  const [open, setOpen] = useState(false)
  const tip = useRef<HTMLSpanElement>(null)
  const id = useId()

  useEffect(() => {
    const target = owner.current
    if (!target) return undefined
    let timer = 0
    const soon = (event: Event) => {
      if (event instanceof PointerEvent && event.pointerType !== 'mouse') return
      if (event.type === 'focusin' && !target.matches(':focus-visible')) return
      clearTimeout(timer)
      timer = window.setTimeout(() => setOpen(true), 350)
    }
    const gone = () => {
      clearTimeout(timer)
      setOpen(false)
    }
    const shows = ['pointerenter', 'focusin'] as const
    const hides = ['pointerleave', 'pointerdown', 'focusout', 'keydown'] as const
    for (const name of shows) target.addEventListener(name, soon)
    for (const name of hides) target.addEventListener(name, gone)
    return () => {
      gone()
      for (const name of shows) target.removeEventListener(name, soon)
      for (const name of hides) target.removeEventListener(name, gone)
    }
  }, [owner])

  useLayoutEffect(() => {
    if (open && owner.current && tip.current) putBeside(owner.current.getBoundingClientRect(), tip.current)
  }, [open, owner])

  return open ? <span ref={tip} id={id} role="tooltip" class={styles['tip']}>{children}{keyHint && <Kbd name={keyHint} />}</span> : null
}

/** Below its owner, or above where there is no room; within the window. */
function putBeside(owner: DOMRect, tip: HTMLElement): void {
  const { width, height } = tip.getBoundingClientRect()
  const below = owner.bottom + 6
  const top = below + height > innerHeight ? owner.top - height - 6 : below
  const left = Math.max(6, Math.min(innerWidth - width - 6, owner.left + owner.width / 2 - width / 2))
  tip.style.top = `${top}px`
  tip.style.left = `${left}px`
}
