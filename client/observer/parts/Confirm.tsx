import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from '../../kit/look/Button.tsx'
import { common } from '../../kit/words/common.ts'
import styles from './confirm.module.css'

/** To what asked, if it is still there. */
function returnFocus(before: Element | null): void {
  const there = before?.isConnected && before !== document.body ? before : document.querySelector('h1')
  if (there instanceof HTMLElement) there.focus()
}

/** Asks before something that cannot be taken back, within reach of the thumb. `kind`: `filled` where nothing is lost by it. */
export function Confirm({ title, action, children, onConfirm, onClose, busy = false, kind = 'danger' }: { title: string; action: string; children: ComponentChildren; onConfirm: () => void; onClose: () => void; busy?: boolean; kind?: 'danger' | 'filled' }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => queueMicrotask(() => returnFocus(before))
  }, [])
  return (
    <dialog ref={dialog} class={styles['sheet']} aria-labelledby={id} onCancel={onClose}>
      <div class={styles['inside']}>
        <h2 id={id} class={styles['title']}>{title}</h2>
        <div>{children}</div>
        <Button kind={kind} wide busy={busy} onClick={onConfirm}>{action}</Button>
        <Button wide onClick={onClose}>{common().buttons.cancel}</Button>
      </div>
    </dialog>
  )
}
