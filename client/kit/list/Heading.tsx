import { FileDown } from 'lucide-preact'
import { Button } from '../look/Button.tsx'
import { offer } from '../offer.ts'
import styles from './list.module.css'

/** What the first line of a list must say, to read and to take along. */
export function Heading({ columns, is, download, fileName }: { columns: readonly string[]; is: string; download: string; fileName: string }) {
  return (
    <div class={styles['heading']}>
      <p>{is}</p>
      <code>{columns.join(', ')}</code>
      <Button kind="quiet" icon={FileDown} onClick={() => offer(fileName, new Blob([`\ufeff${columns.join(',')}\r\n`], { type: 'text/csv' }))}>{download}</Button>
    </div>
  )
}
