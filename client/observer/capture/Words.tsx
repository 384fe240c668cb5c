import { useEffect, useId, useRef, useState } from 'preact/hooks'
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

/** The words of a report. Near the limit they are counted, and what did not fit is told, also that of a paste or a dictation: a browser says nothing of it. */
export function Words({ draft }: { draft: Draft }) {
  const words = phone().capture
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  /** How much did not fit since there was room last. */
  const [cut, setCut] = useState(0)
  const { length } = draft.words
  const lose = (over: number) => over > 0 && setCut((before) => before + over)
  const take = (written: string) => {
    if (written.length < maxWords) setCut(0)
    lose(written.length - maxWords)
    change(draft, 'words', { words: written.slice(0, maxWords) })
  }
  useEffect(() => {
    const here = box.current
    const look = (event: InputEvent) => here && lose(lengthAfter(here, event) - maxWords)
    here?.addEventListener('beforeinput', look)
    return () => here?.removeEventListener('beforeinput', look)
  }, [])
  return (
    <section class={styles['words']}>
      <label class={styles['write']}>
        <Pencil {...icon} />
        <span class="visually-hidden">{words.wordsLabel}</span>
        <textarea ref={box} rows={1} maxLength={maxWords} placeholder={words.addWords} value={draft.words} aria-describedby={id} onInput={(event) => take(event.currentTarget.value)} />
      </label>
      <div id={id}>
        {length >= maxWords - countedBefore && <p class={styles['count']}>{words.count(number(length), number(maxWords))}</p>}
        {cut > 0 ? <Fault>{words.cutOff(cut)}</Fault> : length >= maxWords && <p class={styles['count']} role="status">{common().full(maxWords)}</p>}
      </div>
      <Found draft={draft} fields={['words']} />
    </section>
  )
}

/** How long the text would be with what is about to be put in. What is still being composed may be longer for a while, and is cut at its end. */
function lengthAfter({ value, selectionStart, selectionEnd }: HTMLTextAreaElement, { data, inputType, isComposing }: InputEvent): number {
  if (isComposing || !inputType.startsWith('insert')) return 0
  const given = data === null ? 1 : data.replace(/\r\n?/g, '\n').length
  return value.length - (selectionEnd - selectionStart) + given
}
