import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Check } from 'lucide-preact'
import { ButtonLink } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import { LanguageSwitch } from '../../kit/look/LanguageSwitch.tsx'
import { Mark } from '../../kit/look/Mark.tsx'
import { ExerciseTag } from '../../kit/look/Tag.tsx'
import { me, signedIn } from '../../kit/me.ts'
import { nameOfCountry } from '../../kit/numbers.ts'
import { common } from '../../kit/words/common.ts'
import { setUpWords } from '../words/setup.ts'
import { counts, loadCounts } from './counts.ts'
import { router, show } from './route.ts'
import { type Step, isDone, lasting, mayShow, steps } from './steps.ts'
import styles from './frame.module.css'

/** What stands around every step: where one is, and that nothing is lost. */
export function Frame({ step, children }: { step: Step; children: ComponentChildren }) {
  const words = setUpWords()
  const { mission } = signedIn()
  const reached = mission.step
  useEffect(() => {
    if (isDone('register', reached)) loadCounts().catch(() => null)
  }, [reached])
  return (
    <div class={styles['page']}>
      <Head title={mission.name || words.newMission}>{!mission.open && <p class={styles['kept']}><Check size={16} strokeWidth={1.75} aria-hidden />{words.kept}</p>}</Head>
      {mission.open
        ? <nav class={cx(styles['steps'], styles['lasting'])} aria-label={words.lastingLabel}><ul>{lasting.map((one) => <StepLine key={one} step={one} current={one === step} done />)}</ul></nav>
        : (
          <nav class={styles['steps']} aria-label={words.stepsLabel}>
            <p class={styles['at']}>{words.stepOf(steps.indexOf(step) + 1, steps.length)}</p>
            <ol>
              {steps.map((one, at) => <StepLine key={one} step={one} number={at + 1} current={one === step} done={isDone(one, mission.step) || steps.indexOf(one) < steps.indexOf(step)} />)}
            </ol>
          </nav>
        )}
      <div class={styles['content']}>{children}</div>
    </div>
  )
}

/** A line without a number is none of a sequence. */
function StepLine({ step, number, current, done }: { step: Step; number?: number; current: boolean; done: boolean }) {
  const words = setUpWords()
  const { mission } = signedIn()
  const ticked = done && !current && holds(step)
  const inside = (
    <>
      {number !== undefined && <span class={cx(styles['sign'], current && styles['now'], ticked && styles['done'])}>{ticked ? <Check size={16} strokeWidth={2} aria-label={words.stepDone} /> : number}</span>}
      <span class={styles['words']}><b>{words.steps[step]}</b><small>{done ? told(step) : words.later[step]}</small></span>
    </>
  )
  return (
    <li class={cx(styles['step'], current && styles['current'])}>
      {mayShow(step, mission.step) && !current
        ? <a class={styles['line']} href={`/setup?step=${step}`} onClick={(event) => { event.preventDefault(); show(step) }}>{inside}</a>
        : <span class={styles['line']} aria-current={current ? (number === undefined ? 'page' : 'step') : undefined}>{inside}</span>}
    </li>
  )
}

/** A register that was left for later is behind, and holds nothing; nor does one of which nothing is known yet. */
const holds = (step: Step): boolean => step !== 'register' || (counts.value?.stations ?? 0) > 0

/** What a step that is behind holds. */
function told(step: Step): string {
  const words = setUpWords()
  const { mission } = signedIn()
  if (step === 'mission') return [mission.name, mission.country && nameOfCountry(mission.country)].filter(Boolean).join(', ')
  if (step === 'checking') return words.eyesOptions[mission.rules.eyes].title
  if (counts.value === null) return words.later[step]
  const { stations, tables, people } = counts.value
  if (step === 'register') return stations > 0 ? words.stationsAndTables(stations, tables) : words.noStations
  return words.people(people)
}

/** The top of every page of set-up. */
export function Head({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <header class={styles['head']}>
      <Mark />
      <b class={styles['title']} title={title}>{title}</b>
      {me.value?.mission.exercise && <ExerciseTag />}
      {children}
      <LanguageSwitch />
    </header>
  )
}

/** A step's own page: heading, content, and a bar at the foot that stays in view. */
export function StepPage({ title, what, children, foot, wide = false, flush = false }: { title: string; what: string; children: ComponentChildren; foot: ComponentChildren; wide?: boolean; flush?: boolean }) {
  return (
    <>
      <main class={cx(styles['main'], wide && styles['wide'], flush && styles['flush'])}>
        <div class={styles['heading']}><h1 tabIndex={-1}>{title}</h1><p>{what}</p></div>
        {children}
      </main>
      <footer class={styles['foot']}>{foot}</footer>
    </>
  )
}

/** What the foot says at the left, and its buttons at the right. */
export const Foot = ({ note, children }: { note?: ComponentChildren; children: ComponentChildren }) => <><div class={styles['note']}>{note}</div><div class={styles['buttons']}>{children}</div></>

/** The way to the step before, from the first to the two doors; from an open mission, to the room. */
export function BackLink({ to }: { to: Step | null }) {
  const { mission } = signedIn()
  if (mission.open) return <ButtonLink href="/room/">{common().buttons.back}</ButtonLink>
  return <ButtonLink href={router.address('', { step: to ?? undefined })} onClick={(event) => { event.preventDefault(); show(to) }}>{common().buttons.back}</ButtonLink>
}
