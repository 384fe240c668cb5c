import { fold, type Pack } from '../../../shared/pack.ts'
import type { Texts } from '../../../shared/basics.ts'
import { tellingIn } from '../../../shared/telling.ts'
import { flagsIn } from './captions.ts'
import type { Draft } from './draft.ts'
import type { Proposal } from './ReleaseStudio.tsx'

/** `words`: what in a text tells more closely than may leave. */
export type Fault = { path: string; why: 'answer' | 'blocks' | 'required' | 'flagged' | 'tells' | 'time'; words?: readonly string[] }

/** What a release still lacks, by the path of its field; the same that the server would refuse. */
export function faultsOf({ answers, kept, embargo }: Pick<Draft, 'answers' | 'kept' | 'embargo'>, texts: { captions: Texts; alternatives: Texts; credit: string }, pack: Pack, languages: readonly string[], proposal: Pick<Proposal, 'credit' | 'withheld' | 'captions'>): Fault[] {
  const telling = (path: string, text: string): Fault[] => {
    const words = tellingIn(text, proposal.withheld, proposal.captions)
    return words.length > 0 ? [{ path, why: 'tells', words }] : []
  }
  const faults: Fault[] = Object.entries(answers).flatMap(([name, answer]): Fault[] => (answer === false ? [] : [{ path: `answers.${name}`, why: answer ? 'blocks' : 'answer' }]))
  for (const [field, given] of [['captions', texts.captions], ['alternatives', texts.alternatives]] as const) {
    for (const language of languages) {
      const text = given[language]?.trim() ?? ''
      const path = `${field}.${language}`
      if (text === '') faults.push({ path, why: 'required' })
      faults.push(...telling(path, text))
      if (flagsIn(pack, language, text, proposal.credit).some((flag) => !kept.includes(fold(flag.text)))) faults.push({ path, why: 'flagged' })
    }
  }
  if (texts.credit.trim() === '') faults.push({ path: 'credit', why: 'required' })
  if (embargo.kind === 'until' && embargo.until === null) faults.push({ path: 'embargo.until', why: 'time' })
  return [...faults, ...telling('credit', texts.credit)]
}
