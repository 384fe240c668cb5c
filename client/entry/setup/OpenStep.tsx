import { useEffect, useState } from 'preact/hooks'
import type { ReplyOf } from '../../../shared/contract.ts'
import { type CheckingRules, openMissionCall, proposeRulesCall } from '../../../shared/mission.ts'
import { FirstBackup } from '../../kit/backup/LastBackup.tsx'
import { call } from '../../kit/call.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { signedIn } from '../../kit/me.ts'
import { nameOfCountry, nameOfLanguage } from '../../kit/numbers.ts'
import { tell } from '../../kit/problems.ts'
import { day } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { setUpWords } from '../words/setup.ts'
import { type Counts, loadCounts } from './counts.ts'
import { drafts, forgetDrafts } from './drafts.ts'
import { BackLink, Foot, StepPage } from './Frame.tsx'
import { RulesFields } from './RulesFields.tsx'
import { isLooser, isStricter, laxest } from './rules.ts'
import { router, show } from './route.ts'
import type { Step } from './steps.ts'
import styles from './open.module.css'

type Proposed = ReplyOf<typeof proposeRulesCall>

/** Everything once more, with the rules that were chosen, as far as these people can keep them; then the mission opens. */
export function OpenStep() {
  const words = setUpWords()
  const { mission } = signedIn()
  const [found, setFound] = useState<{ proposed: Proposed; counts: Counts } | null>(null)
  const [rules, setRules] = useState<CheckingRules>(mission.rules)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const load = async () => {
    setTrouble(null)
    try {
      const [proposed, counts] = await Promise.all([call(proposeRulesCall, {}), loadCounts()])
      setFound({ proposed, counts })
      setRules(drafts.open.find() ?? laxest(mission.rules, proposed.rules))
    } catch (thrown) {
      setTrouble(tell(thrown))
    }
  }
  useEffect(() => void load(), [])

  const choose = (chosen: CheckingRules) => {
    setRules(chosen)
    drafts.open.keep(chosen)
  }

  const open = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      await call(openMissionCall, { rules })
      forgetDrafts()
      location.assign('/room/')
    } catch (thrown) {
      setTrouble(tell(thrown))
      setBusy(false)
    }
  }

  return (
    <StepPage
      title={words.openTitle}
      what={words.openWhat}
      foot={(
        <Foot note={trouble ? <Banner tone="high" title={words.cannotGoOn} alert>{trouble}</Banner> : words.opens}>
          <BackLink to="people" />
          {found ? <Button kind="filled" busy={busy} onClick={() => void open()}>{words.open}</Button> : trouble && <Button onClick={() => void load()}>{common().buttons.again}</Button>}
        </Foot>
      )}
    >
      {!found && !trouble && <Skeleton lines={6} />}
      {found && <FirstBackup />}
      {found && <Facts counts={found.counts} />}
      {found && <Rules proposed={found.proposed} rules={rules} onRules={choose} />}
    </StepPage>
  )
}

function Facts({ counts }: { counts: Counts }) {
  const words = setUpWords()
  const { mission } = signedIn()
  const { facts } = words
  const lines: { label: string; value: string; step: Step }[] = [
    { label: facts.name, value: mission.name, step: 'mission' },
    { label: facts.country, value: mission.country ? nameOfCountry(mission.country) : '', step: 'mission' },
    { label: facts.days, value: mission.days.map(day).join('; '), step: 'mission' },
    { label: facts.languages, value: mission.languages.map(nameOfLanguage).join(', '), step: 'mission' },
    { label: facts.zone, value: mission.zone.replaceAll('_', ' '), step: 'mission' },
    { label: facts.credit, value: mission.credit, step: 'checking' },
    { label: facts.register, value: counts.stations > 0 ? words.stationsAndTables(counts.stations, counts.tables) : words.noRegister, step: 'register' },
    { label: facts.people, value: words.people(counts.people), step: 'people' },
  ]
  return (
    <dl class={styles['facts']}>
      {lines.map(({ label, value, step }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          <dd class={styles['change']}><a href={router.address('', { step })} aria-label={`${words.edit}: ${label}`} onClick={(event) => { event.preventDefault(); show(step) }}>{words.edit}</a></dd>
        </div>
      ))}
    </dl>
  )
}

function Rules({ proposed, rules, onRules }: { proposed: Proposed; rules: CheckingRules; onRules: (rules: CheckingRules) => void }) {
  const words = setUpWords()
  const chosen = signedIn().mission.rules
  const stricter = isStricter(rules, proposed.rules)
  const looser = isLooser(rules, proposed.rules)
  const back = <Button small onClick={() => onRules(proposed.rules)}>{words.useProposed}</Button>
  return (
    <section class={styles['rules']}>
      <h2>{words.rules}</h2>
      {stricter && <Banner tone="high" action={back}>{words.stricterThanPeople}</Banner>}
      {!stricter && looser && <Banner tone="medium" action={back}>{words.looserThanPeople}</Banner>}
      {!stricter && !looser && <Banner tone="accent">{words.proposedFor(proposed.coordinators, proposed.organisations)}{isStricter(chosen, proposed.rules) && ` ${words.youChose}`}</Banner>}
      <RulesFields rules={rules} onRules={onRules} />
    </section>
  )
}
