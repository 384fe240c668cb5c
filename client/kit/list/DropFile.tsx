import { useRef } from 'preact/hooks'
import { FileSpreadsheet } from 'lucide-preact'
import { useDrop } from '../drop.ts'
import { Button } from '../look/Button.tsx'
import { cx } from '../look/cx.ts'
import styles from './list.module.css'

/** Where a list is dropped or chosen; once one was read, what it is. `primary`: it is the one thing to do. */
export function DropFile({ label, title, what, button, primary, onFile }: { label: string; title: string; what: string; button: string; primary: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const { isOver, on } = useDrop(([file]) => file && onFile(file))
  return (
    <section class={cx(styles['drop'], isOver && styles['over'])} aria-label={label} {...on}>
      <FileSpreadsheet size={26} strokeWidth={1.75} aria-hidden />
      <div class={styles['dropWords']}>
        <b>{title}</b>
        <p>{what}</p>
      </div>
      <Button kind={primary ? 'filled' : 'plain'} onClick={() => input.current?.click()}>{button}</Button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv,text/plain"
        hidden
        aria-label={label}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file) onFile(file)
          // The same file, mended, may be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </section>
  )
}
