import { useId, useRef } from 'preact/hooks'
import { CircleAlert, Flag as FlagIcon } from 'lucide-preact'
import { longestText } from '../../../shared/basics.ts'
import { fold, type Pack } from '../../../shared/pack.ts'
import { goOnIn } from '../../kit/keys.ts'
import { Button } from '../../kit/look/Button.tsx'
import { stroke } from '../../kit/look/icon.ts'
import { fullAt } from '../../kit/look/inputs.tsx'
import { language as reader } from '../../kit/words/language.ts'
import { inOurs } from '../report/told.ts'
import { releaseWords } from '../words/release.ts'
import { type Flag, flagsIn, withoutWord } from './captions.ts'
import styles from './texts.module.css'

type MarkedProps = { label: string; language: string; value: string; flags: readonly Flag[]; kept: readonly string[]; hint?: string; problem: string | undefined; onValue: (value: string) => void }

/** A text whose flagged words are marked where they stand, in the language it is written in. */
export function Marked({ label, language, value, flags, kept, hint: given, problem, onValue }: MarkedProps) {
  const id = useId()
  const hint = fullAt(value, longestText) ?? given
  const told = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div class={styles['field']}>
      <label class={styles['label']} for={id}>{label}<small class="numbers" aria-hidden="true">{value.length}</small></label>
      <div class={styles['box']}>
        <div class={styles['behind']} aria-hidden="true">{pieces(value, flags).map(({ text, flag }, at) => (flag && !kept.includes(fold(text)) ? <mark key={at}>{text}</mark> : text))}{'\n'}</div>
        <textarea id={id} class={styles['text']} lang={language} spellcheck value={value} maxLength={longestText} aria-invalid={problem ? true : undefined} aria-describedby={told || undefined} onInput={(event) => onValue(event.currentTarget.value)} />
      </div>
      {hint && <p id={`${id}-hint`} class={styles['hint']}>{hint}</p>}
      {problem && <p id={`${id}-problem`} class={styles['problem']} role="alert"><CircleAlert {...stroke} size={16} />{problem}</p>}
    </div>
  )
}

function pieces(text: string, flags: readonly Flag[]): { text: string; flag: boolean }[] {
  const out: { text: string; flag: boolean }[] = []
  let at = 0
  for (const { start, end } of flags) {
    out.push({ text: text.slice(at, start), flag: false }, { text: text.slice(start, end), flag: true })
    at = end
  }
  return [...out, { text: text.slice(at), flag: false }]
}

type FlaggedProps = { pack: Pack; credit: string; texts: readonly { language: string; value: string; onValue: (value: string) => void }[]; kept: readonly string[]; onKept: (kept: readonly string[]) => void }

/** Each flagged word once, with why it says more than was verified, and the choice to take it out or to keep it knowingly. */
export function Flagged({ pack, credit, texts, kept, onKept }: FlaggedProps) {
  const words = releaseWords()
  const place = useRef<HTMLDivElement>(null)
  const decide = (act: () => void) => {
    act()
    goOnIn(place.current)
  }
  const found = new Map<string, Flag>()
  for (const { language, value } of texts) for (const flag of flagsIn(pack, language, value, credit)) if (!found.has(fold(flag.text))) found.set(fold(flag.text), flag)
  const remove = (word: string) => {
    for (const { language, value, onValue } of texts) if (flagsIn(pack, language, value, credit).some((flag) => fold(flag.text) === word)) onValue(withoutWord(value, word))
  }
  return (
    <div ref={place} tabIndex={-1} class={styles['decisions']}>
      {[...found].map(([word, { text, flagged }]) => (kept.includes(word)
        ? <p key={word} class={styles['kept']}><FlagIcon {...stroke} size={16} />{words.kept(text)}<Button kind="quiet" small onClick={() => decide(() => onKept(kept.filter((one) => one !== word)))}>{words.keepAgain}</Button></p>
        : (
          <div key={word} class={styles['flagged']} role="status">
            <FlagIcon {...stroke} size={20} />
            <div>
              <p><b>{words.flagged(text)}</b> {inOurs(flagged.why)}</p>
              <p class={styles['choices']}>
                <Button small onClick={() => decide(() => remove(word))}>{words.removeWord}</Button>
                <Button small kind="quiet" onClick={() => decide(() => onKept([...kept, word]))}>{words.keepWord}</Button>
                <span>{words.keepWhat}</span>
              </p>
            </div>
          </div>
        )))}
    </div>
  )
}

/** The reader's language first, then as the mission has them. */
export const inReadersOrder = (languages: readonly string[]): string[] => [...languages].sort((one, other) => Number(other === reader.value) - Number(one === reader.value))
