import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { X } from 'lucide-preact'
import { common } from '../words/common.ts'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { cx } from './cx.ts'
import styles from './dialog.module.css'

type DialogProps = { title: string; onClose: () => void; children: ComponentChildren; actions?: ComponentChildren; wide?: boolean; busy?: boolean }

/** Asks for all attention while it is rendered; Esc, the cross and a press beside it close it, and the focus returns to where it was. */
export function Dialog({ title, onClose, children, actions, wide, busy = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const id = useId()
  useEffect(() => {
    const before = document.activeElement
    const shown = dialog.current
    shown?.showModal()
    // By itself the cross gets it, and its tip stands over the words.
    if (shown && document.activeElement?.closest('header') === shown.querySelector('header')) heading.current?.focus()
    return () => {
      // While it is open nothing else takes the focus.
      shown?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])

  const close = () => {
    if (!busy) onClose()
  }
  return (
    <dialog
      ref={dialog}
      class={cx(styles['dialog'], wide && styles['wide'])}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) close()
      }}
    >
      <div class={styles['inside']}>
        <header class={styles['head']}>
          <h2 ref={heading} id={id} class={styles['title']} tabIndex={-1}>{title}</h2>
          <IconButton icon={X} label={common().buttons.close} keyHint="Escape" onClick={close} />
        </header>
        <div class={styles['body']}>{children}</div>
        {actions !== undefined && <footer class={styles['actions']}>{actions}</footer>}
      </div>
    </dialog>
  )
}

type ConfirmProps = { title: string; children: ComponentChildren; action: string; stay?: string; danger?: boolean; busy?: boolean; problem?: string | undefined; onConfirm: () => void; onClose: () => void }

/** Asks before something that cannot be taken back; the words say what will happen, the button what it does. `stay`: what not doing it is called; it has the focus then. */
export function ConfirmDialog({ title, children, action, stay, danger = false, busy = false, problem, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      busy={busy}
      actions={(
        <>
          <Button onClick={onClose} disabled={busy} autofocus={stay !== undefined}>{stay ?? common().buttons.cancel}</Button>
          <Button kind={danger ? 'danger' : 'filled'} busy={busy} onClick={onConfirm}>{action}</Button>
        </>
      )}
    >
      {children}
      {problem && <p class={styles['problem']} role="alert">{problem}</p>}
    </Dialog>
  )
}
