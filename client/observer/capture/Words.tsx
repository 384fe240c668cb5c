import { useId, useState } from 'preact/hooks'
import { Pencil } from 'lucide-preact'
import { maxWords } from '../../../shared/reports.ts'
import { number } from '../../kit/numbers.ts'
import { common } from '../../kit/words/common.ts'
import type { Draft } from '../outbox/records.ts'
import { icon } from '../parts/icon.ts'
import { phone } from '../words/index.ts'
import { change } from './change.ts'
import { Fault, Found } from './Fault.tsx'
import styles from './capture.module.css'

/** From so many characters before the limit on, they are counted. */
const countedBefore = 500

/** The words of a report. Near the limit they are counted, and what the limit cut off is told: a browser says nothing of it. */
export function Words({ draft }: { draft: Draft }) {
  const words = phone().capture
  const id = useId()
  const [cut, setCut] = useState(0)
  const { length } = draft.words
  const take = (written: string) => {
    if (written.length > maxWords) setCut(written.length - maxWords)
    if (written.length < maxWords) setCut(0)
    change(draft, 'words', { words: written.slice(0, maxWords) })
  }
  const paste = (event: ClipboardEvent, { value, selectionStart, selectionEnd }: HTMLTextAreaElement) => {
    const pasted = event.clipboardData?.getData('text').replace(/\r\n?/g, '\n') ?? ''
    setCut(Math.max(0, value.length - (selectionEnd - selectionStart) + pasted.length - maxWords))
  }
  return (
    <section class={styles['words']}>
      <label class={styles['write']}>
        <Pencil {...icon} />
        <span class="visually-hidden">{words.wordsLabel}</span>
        <textarea rows={1} maxLength={maxWords} placeholder={words.addWords} value={draft.words} aria-describedby={id} onPaste={(event) => paste(event, event.currentTarget)} onInput={(event) => take(event.currentTarget.value)} />
      </label>
      <div id={id}>
        {length >= maxWords - countedBefore && <p class={styles['count']}>{words.count(number(length), number(maxWords))}</p>}
        {cut > 0 ? <Fault>{words.cutOff(cut)}</Fault> : length >= maxWords && <p class={styles['count']} role="status">{common().full(maxWords)}</p>}
      </div>
      <Found draft={draft} fields={['words']} />
    </section>
  )
}
