import { useRef, useState } from 'preact/hooks'
import { FileDown, FileSpreadsheet } from 'lucide-preact'
import { type RegisterPreview, registerColumns } from '../../../../shared/stations.ts'
import { Button } from '../../../kit/look/Button.tsx'
import { cx } from '../../../kit/look/cx.ts'
import { size } from '../../../kit/numbers.ts'
import { setUpWords } from '../../words/setup.ts'
import styles from './register.module.css'

/** Where a file is dropped or chosen; once one was read, what it is. */
export function DropFile({ preview, more, onFile }: { preview: RegisterPreview | null; more: boolean; onFile: (file: File) => void }) {
  const words = setUpWords()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  return (
    <>
      <section
        class={cx(styles['drop'], over && styles['over'])}
        aria-label={words.file}
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
          <b>{preview ? preview.fileName : more ? words.importMore : words.drop}</b>
          <p>{preview ? `${size(preview.sizeBytes)}, ${words.encodings[preview.encoding]}, ${words.separators[preview.separator]}. ${words.dropMended}` : words.dropWhat}</p>
        </div>
        <Button kind={preview || more ? 'plain' : 'filled'} onClick={() => input.current?.click()}>{preview ? words.chooseOther : words.chooseFile}</Button>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv,text/plain"
          hidden
          aria-label={words.file}
          onChange={(event) => {
            take(event.currentTarget.files)
            // The same file, mended, may be chosen again.
            event.currentTarget.value = ''
          }}
        />
      </section>
      {!preview && !more && <Heading />}
    </>
  )
}

/** What the first line of the file must say, to read and to take along. */
function Heading() {
  const words = setUpWords()
  return (
    <div class={styles['heading']}>
      <p>{words.headingIs}</p>
      <code>{registerColumns.join(', ')}</code>
      <Button kind="quiet" icon={FileDown} onClick={() => offer(words.exampleName, `${registerColumns.join(',')}\r\n`)}>{words.downloadHeading}</Button>
    </div>
  )
}

function offer(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: 'text/csv' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}
