import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Pencil } from 'lucide-preact'
import { maxWords } from '../../../shared/statement.ts'
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
export function Words({ draft, most = maxWords }: { draft: Draft; most?: number }) {
  const words = phone().capture
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  /** How much did not fit since there was room last. */
  const [cut, setCut] = useState(0)
  const { length } = draft.words
  const take = (written: string) => {
    if (written.length < most) setCut(0)
    if (written.length > most) setCut(written.length - most)
    change(draft, 'words', { words: written.slice(0, most) })
  }
  useEffect(() => {
    const here = box.current
    const look = (event: InputEvent) => {
      if (!here) return
      const { given, room } = coming(here, event, most)
      if (given > room) setCut((before) => (room > 0 ? 0 : before) + given - room)
    }
    here?.addEventListener('beforeinput', look)
    return () => here?.removeEventListener('beforeinput', look)
  }, [])
  return (
    <section class={styles['words']}>
      <label class={styles['write']}>
        <Pencil {...icon} />
        <span class="visually-hidden">{words.wordsLabel}</span>
        <textarea ref={box} rows={1} maxLength={most} placeholder={words.addWords} value={draft.words} aria-describedby={id} onInput={(event) => take(event.currentTarget.value)} />
      </label>
      <div id={id}>
        {length >= most - countedBefore && <p class={styles['count']}>{words.count(number(length), number(most))}</p>}
        {cut > 0 ? <Fault>{words.cutOff(cut)}</Fault> : length >= most && <p class={styles['count']} role="status">{common().full(most)}</p>}
      </div>
      <Found draft={draft} fields={['words']} />
    </section>
  )
}

/** How many characters are about to be put in, and for how many there is room. What is still being composed may be too long for a while, and is cut when it is taken. */
function coming({ value, selectionStart, selectionEnd }: HTMLTextAreaElement, { data, inputType, isComposing }: InputEvent, most: number): { given: number; room: number } {
  const room = most - value.length + (selectionEnd - selectionStart)
  if (isComposing || !inputType.startsWith('insert')) return { given: 0, room }
  return { given: data === null ? 1 : data.replace(/\r\n?/g, '\n').length, room }
}
