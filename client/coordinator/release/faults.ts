import { fold, type Pack } from '../../../shared/pack.ts'
import type { Texts } from '../../../shared/basics.ts'
import { flagsIn } from './captions.ts'
import type { Draft } from './draft.ts'

export type Fault = { path: string; why: 'answer' | 'blocks' | 'required' | 'flagged' }

/** What a release still lacks, by the path of its field; the same that the server would refuse. */
export function faultsOf({ answers, kept }: Pick<Draft, 'answers' | 'kept'>, texts: { captions: Texts; alternatives: Texts; credit: string }, pack: Pack, languages: readonly string[], missionCredit: string): Fault[] {
  const faults: Fault[] = Object.entries(answers).flatMap(([name, answer]): Fault[] => (answer === false ? [] : [{ path: `answers.${name}`, why: answer ? 'blocks' : 'answer' }]))
  for (const [field, given] of [['captions', texts.captions], ['alternatives', texts.alternatives]] as const) {
    for (const language of languages) {
      const text = given[language]?.trim() ?? ''
      if (text === '') faults.push({ path: `${field}.${language}`, why: 'required' })
      else if (flagsIn(pack, language, text, missionCredit).some((flag) => !kept.includes(fold(flag.text)))) faults.push({ path: `${field}.${language}`, why: 'flagged' })
    }
  }
  if (texts.credit.trim() === '') faults.push({ path: 'credit', why: 'required' })
  return faults
}
