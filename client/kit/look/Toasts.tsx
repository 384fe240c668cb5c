import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { X } from 'lucide-preact'
import { common } from '../words/common.ts'
import { stroke } from './icon.ts'
import styles from './toasts.module.css'

type Toast = { text: string; undo: (() => void) | undefined; number: number }

const toasts = signal<readonly Toast[]>([])
let last = 0

/** Says what was done, for a few seconds, with a way back where there is one. The same again takes the place of what it said before, unless a way back stands there. What it answers takes it away again. */
export function toast(text: string, undo?: () => void): () => void {
  last += 1
  const one = { text, undo, number: last }
  toasts.value = [...toasts.peek().filter((other) => other.text !== text || other.undo), one].slice(-3)
  return () => drop(one)
}

const drop = (one: Toast) => {
  toasts.value = toasts.peek().filter((other) => other !== one)
}

/** Stands once in each app. */
export function Toasts() {
  return <div class={styles['toasts']} role="status" aria-live="polite">{toasts.value.map((one) => <OneToast key={one.number} toast={one} />)}</div>
}

function OneToast({ toast: one }: { toast: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => drop(one), one.undo ? 10_000 : 5000)
    return () => clearTimeout(timer)
  }, [one])
  const { undo } = one
  return (
    <div class={styles['toast']}>
      <span>{one.text}</span>
      {undo && (
        <button
          type="button"
          class={styles['undo']}
          onClick={() => {
            drop(one)
            undo()
          }}
        >
          {common().buttons.undo}
        </button>
      )}
      <button type="button" class={styles['close']} aria-label={common().buttons.close} onClick={() => drop(one)}><X {...stroke} size={16} /></button>
    </div>
  )
}
