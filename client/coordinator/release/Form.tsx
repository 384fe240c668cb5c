import { useRef } from 'preact/hooks'
import type { Precision } from '../../../shared/press.ts'
import type { Texts } from '../../../shared/basics.ts'
import { exerciseMark, isMarkedAsExercise, placeOf } from '../../../shared/captions.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { Problem } from '../../../shared/problem.ts'
import { goOnIn } from '../../kit/keys.ts'
import { Button } from '../../kit/look/Button.tsx'
import { TextField } from '../../kit/look/inputs.tsx'
import { Segmented } from '../../kit/look/Segmented.tsx'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { signedIn } from '../../kit/me.ts'
import { beside } from '../../kit/problems.ts'
import { day, moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { desk } from '../../kit/words/desk.ts'
import { inOurs, nameIn } from '../report/told.ts'
import { releaseWords } from '../words/release.ts'
import type { Proposal } from './ReleaseStudio.tsx'
import { Flagged, Marked, inReadersOrder } from './Texts.tsx'
import { type Proposed, coversToldWrongly, flagsIn, withSentence, withoutSentence } from './captions.ts'
import type { Draft } from './draft.ts'
import { EmbargoFields, tellEmbargo } from './EmbargoFields.tsx'
import type { Fault } from './faults.ts'
import styles from './release.module.css'

type Props = { page: ReportPage; proposal: Proposal; proposed: Proposed; draft: Draft; captions: Texts; credit: string; isCovered: boolean; faults: readonly Fault[]; thrown: unknown; onDraft: (some: Partial<Draft>) => void }

const questions = ['voterOrMinor', 'voteLinked', 'observer'] as const

/** Everything that leaves with the picture in words, and what must be asked before it does. */
export function Form({ page, proposal, proposed, draft, captions, credit, isCovered, faults, thrown, onDraft }: Props) {
  const words = releaseWords()
  const { languages, pack, exercise } = signedIn().mission
  const shown = inReadersOrder(languages)
  const setText = (field: 'captions' | 'alternatives', language: string) => (value: string) => onDraft({ [field]: { ...draft[field], [language]: value } })
  const problem = (path: string): string | undefined => tellFault(faults.find((fault) => fault.path === path)) ?? besideServer(thrown, path)
  const missions = tellEmbargo(proposal.embargo)
  const texts = shown.flatMap((language) => [
    { language, value: captions[language] ?? '', onValue: setText('captions', language) },
    { language, value: draft.alternatives[language] ?? '', onValue: setText('alternatives', language) },
  ])
  return (
    <>
      <div class={styles['pair']}>
        <section>
          <h3 class={styles['heading']}>{words.beforeItLeaves}</h3>
          {questions.map((name) => (
            <div key={name} class={styles['question']} data-fault={problem(`answers.${name}`) ? true : undefined}>
              <p>{words.questions[name]}</p>
              <Segmented
                label={words.questions[name]}
                hideLabel
                segments={[{ value: 'yes', label: words.yes }, { value: 'no', label: words.no }]}
                value={draft.answers[name] === null ? null : draft.answers[name] ? 'yes' : 'no'}
                problem={draft.answers[name] ? words.blocks[name] : problem(`answers.${name}`)}
                onValue={(value) => onDraft({ answers: { ...draft.answers, [name]: value === 'yes' } })}
              />
            </div>
          ))}
        </section>
        <StandsOn page={page} />
      </div>

      <div class={styles['texts']}>
        {shown.map((language) => (
          <div key={language} class={styles['caption']}>
            <Marked label={words.caption(nameIn(language))} language={language} value={captions[language] ?? ''} flags={flagsIn(pack, language, captions[language] ?? '', proposal.credit)} kept={draft.kept} {...(exercise && !isMarkedAsExercise(captions[language] ?? '', language) ? { hint: words.marksExercise(exerciseMark(language)) } : {})} problem={problem(`captions.${language}`)} onValue={setText('captions', language)} />
            <Untold proposed={proposed} draft={draft} language={language} isCovered={isCovered} onDraft={onDraft} />
          </div>
        ))}
      </div>
      <Flagged pack={pack} credit={proposal.credit} texts={texts} kept={draft.kept} onKept={(kept) => onDraft({ kept: [...kept] })} />
      <div class={styles['texts']}>
        {shown.map((language, at) => (
          <Marked key={language} label={words.alternative(nameIn(language))} language={language} value={draft.alternatives[language] ?? ''} flags={flagsIn(pack, language, draft.alternatives[language] ?? '', proposal.credit)} kept={draft.kept} {...(at === 0 ? { hint: words.alternativeHint } : {})} problem={problem(`alternatives.${language}`)} onValue={setText('alternatives', language)} />
        ))}
      </div>

      <dl class={styles['facts']}>
        <div><dt>{words.credit}</dt><dd><TextField label={words.credit} hideLabel value={credit} onValue={(value) => onDraft({ credit: value === proposal.credit ? null : value })} problem={problem('credit')} maxLength={120} /></dd></div>
        <div><dt>{words.precision}</dt><dd>{tellPrecision(proposal.precision)}<small>{proposal.precision.level === 'municipality_hour' ? words.whyHour : words.whyHalf}</small></dd></div>
        <div><dt>{words.quote}</dt><dd>{inOurs(proposal.quote)}</dd></div>
      </dl>
      <section>
        <EmbargoFields choice={draft.embargo} onChoice={(embargo) => onDraft({ embargo })} problem={problem('embargo.until')} />
        {missions !== null && <p class={styles['told']}>{words.embargo.missions(missions)}</p>}
      </section>
    </>
  )
}

/** An edited caption whose word about covers is not so any more, and the way back to the proposal. */
function Untold({ proposed, draft, language, isCovered, onDraft }: Pick<Props, 'proposed' | 'draft' | 'isCovered' | 'onDraft'> & { language: string }) {
  const words = releaseWords()
  const place = useRef<HTMLParagraphElement>(null)
  const text = draft.captions[language]
  if (text === undefined) return null
  const wrong = coversToldWrongly(proposed, draft.captions, language, isCovered)
  const set = (next: string) => {
    onDraft({ captions: { ...draft.captions, [language]: next } })
    goOnIn(place.current)
  }
  const propose = () => onDraft({ captions: Object.fromEntries(Object.entries(draft.captions).filter(([one]) => one !== language)) })
  return (
    <p ref={place} tabIndex={-1} class={styles['untold']}>
      {wrong === 'lacks' && <>{words.lacksSentence} <Button small onClick={() => set(withSentence(text, proposed, language))}>{words.addSentence}</Button></>}
      {wrong === 'other' && <>{words.otherSentence} <Button small onClick={() => set(withSentence(text, proposed, language))}>{words.rightSentence}</Button></>}
      {wrong === 'says' && <>{words.saysSentence} <Button small onClick={() => set(withoutSentence(text, proposed, language))}>{words.removeSentence}</Button></>}
      <Button small kind="quiet" onClick={propose}>{words.proposedAgain}</Button>
    </p>
  )
}

/** The verdicts that found it verified, in the round that decided. */
function StandsOn({ page }: { page: ReportPage }) {
  const words = releaseWords()
  const standing = page.verdicts.filter((one) => one.round === page.round && one.outcome === 'verified')
  return (
    <section>
      <h3 class={styles['heading']}>{words.standsOn(standing.length)}</h3>
      <ul class={styles['verdicts']}>
        {standing.map((one) => (
          <li key={one.id}>
            <StatusMark status="verified" severity={page.line.severity} />
            <div><b>{one.name}</b><small>{words.verdictAt(moment(one.givenAt), one.reasons.map((reason) => desk().reasons[reason].toLocaleLowerCase()).join(', '))}</small></div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function tellFault(fault: Fault | undefined): string | undefined {
  const words = releaseWords()
  if (!fault) return undefined
  return { answer: words.answer, time: common().fields.required, blocks: common().fields.blocks_release, required: words.required, flagged: words.decideWord, tells: words.tells(fault.words ?? []) }[fault.why]
}

/** What the server says of a field, in the words that fit here. */
function besideServer(thrown: unknown, path: string): string | undefined {
  const words = releaseWords()
  const field = thrown instanceof Problem ? thrown.details.fields?.find((one) => one.path === path) : undefined
  if (field?.reason === 'does_not_agree' && /^(captions|alternatives|credit)/.test(path)) return words.namesPlace
  if (field?.reason === 'blocks_release' && /^(captions|alternatives)\./.test(path)) return words.decideWord
  return beside(thrown, path)
}

function tellPrecision(precision: Precision): string {
  const words = releaseWords()
  const hour = (value: number) => `${String(value % 24).padStart(2, '0')}:00`
  const when = precision.level === 'municipality_hour' ? words.hours(hour(precision.hour), hour(precision.hour + 1)) : words.half[precision.half]
  return [...placeOf(precision), when, day(precision.day)].join(', ')
}
