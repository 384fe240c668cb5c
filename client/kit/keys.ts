import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

/** `key` as `KeyboardEvent.key` has it: `c`, `/`, `Enter`, `Escape`. `inDialog`: meant for an open dialog, where all others rest. Without `press` it is only told of. */
export type Shortcut = { key: string; label: string; press: (() => void) | null; inDialog: boolean }

/** What can be pressed now, in order of appearance; the latest with a key wins. */
export const shortcuts = signal<readonly Shortcut[]>([])
export const keysShown = signal(false)

/** Binds a key while the component is on screen and `on` holds. Rests while someone types. */
export function useKey(key: string, label: string, press: () => void, { on = true, inDialog = false }: { on?: boolean; inDialog?: boolean } = {}): void {
  const latest = useRef(press)
  latest.current = press
  useEffect(() => {
    if (!on) return undefined
    const shortcut: Shortcut = { key, label, inDialog, press: () => latest.current() }
    shortcuts.value = [...shortcuts.peek(), shortcut]
    return () => {
      shortcuts.value = shortcuts.peek().filter((one) => one !== shortcut)
    }
  }, [key, label, on, inDialog])
}

/** Tells in the list of a key that a part of the view hears itself. */
export function useKeyTold(key: string, label: string): void {
  useEffect(() => {
    const shortcut: Shortcut = { key, label, inDialog: false, press: null }
    shortcuts.value = [...shortcuts.peek(), shortcut]
    return () => {
      shortcuts.value = shortcuts.peek().filter((one) => one !== shortcut)
    }
  }, [key, label])
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'range', 'file', 'color'].includes(target.type)
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** Enter and space already press what has the focus, and Enter sends a form. */
function pressesItself({ key, target }: KeyboardEvent): boolean {
  if ((key !== 'Enter' && key !== ' ') || !(target instanceof Element)) return false
  return target.closest(`a, button, summary, [role^=menuitem], ${key === ' ' ? 'input, label' : 'form'}`) !== null
}

/** Starts listening; `?` opens the list of keys. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || pressesItself(event)) return
    const dialog = document.querySelector('dialog[open]') !== null
    if (event.key === '?' && !dialog) {
      keysShown.value = true
      event.preventDefault()
      return
    }
    const press = shortcuts.peek().findLast((one) => one.press && one.key.toLowerCase() === event.key.toLowerCase() && one.inDialog === dialog)?.press
    if (!press) return
    event.preventDefault()
    press()
  })
}

/** Within a field and what it found (`data-found`): arrows walk, Enter in the field takes the first. */
export function walkFound(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, [data-found]')]
  const at = stops.findIndex((one) => one === document.activeElement)
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (at < 0 || stops.length < 2 || (step === undefined && (event.key !== 'Enter' || at > 0))) return
  event.preventDefault()
  if (step === undefined) stops[1]?.click()
  else stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus()
}

const main = (): HTMLElement | null => document.getElementById('main')

/** Where a control has gone with what it did, the focus goes on here; it stays where it is otherwise. The page's main part is a place for want of another. */
export function goOnIn(place: HTMLElement | null = null): void {
  requestAnimationFrame(() => {
    const { activeElement: at, body } = document
    if (at === null || at === body || at === main()) (place?.isConnected ? place : main())?.focus({ preventScroll: true })
  })
}
