import { useState } from 'preact/hooks'
import { Problem } from '../../../shared/problem.ts'
import { ProgressBar } from '../look/ProgressBar.tsx'
import { tell } from '../problems.ts'
import styles from './list.module.css'

export type Reading<Preview> = { is: 'empty' } | { is: 'reading'; name: string; part: number } | { is: 'previewed'; preview: Preview }

type Ways<Preview> = {
  send: (file: File, onPart: (part: number) => void) => Promise<Preview>
  /** Why a file could not be read at all. */
  why: (thrown: unknown) => string
  /** What is said when it is not what it was any more. */
  changed: string
}

/** A file of lines: sent, then shown as what was read in it or refused with the reason; and whatever is done with it then, one thing at a time. */
export function useListFile<Preview>({ send, why, changed }: Ways<Preview>) {
  const [state, setState] = useState<Reading<Preview>>({ is: 'empty' })
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const read = async (file: File) => {
    const reading = (part: number) => setState({ is: 'reading', name: file.name, part })
    setTrouble(null)
    reading(0)
    try {
      setState({ is: 'previewed', preview: await send(file, reading) })
    } catch (thrown) {
      setTrouble(why(thrown))
      setState({ is: 'empty' })
    }
  }
  const act = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setTrouble(null)
    try {
      await work()
    } catch (thrown) {
      setTrouble(thrown instanceof Problem && (thrown.code === 'conflict' || thrown.code === 'not_found') ? changed : tell(thrown))
    } finally {
      setBusy(false)
    }
  }
  return { state, trouble, busy, read: (file: File) => void read(file), act, empty: () => setState({ is: 'empty' }) }
}

/** How much of a file has left; past its last byte it is being read. */
export function Sending({ words, part }: { words: string; part: number }) {
  return <div class={styles['reading']} role="status"><p>{words}</p><ProgressBar label={words} value={part < 1 ? part : null} /></div>
}
