import { useRef, useState } from 'preact/hooks'
import { FileSpreadsheet } from 'lucide-preact'
import { Button } from '../look/Button.tsx'
import { cx } from '../look/cx.ts'
import styles from './list.module.css'

/** Where a list is dropped or chosen; once one was read, what it is. `primary`: it is the one thing to do. */
export function DropFile({ label, title, what, button, primary, onFile }: { label: string; title: string; what: string; button: string; primary: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  return (
    <section
      class={cx(styles['drop'], over && styles['over'])}
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files)
      }}
    >
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
          take(event.currentTarget.files)
          // The same file, mended, may be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </section>
  )
}
