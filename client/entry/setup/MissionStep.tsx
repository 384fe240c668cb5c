import { useId } from 'preact/hooks'
import { Plus, X } from 'lucide-preact'
import { Day } from '../../../shared/basics.ts'
import { MissionBasics, setBasicsCall } from '../../../shared/mission.ts'
import { call } from '../../kit/call.ts'
import { present } from '../../kit/clock.ts'
import { judged, useForm } from '../../kit/form.ts'
import { Button } from '../../kit/look/Button.tsx'
import { FieldGroup } from '../../kit/look/Field.tsx'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { Select, TextField } from '../../kit/look/inputs.tsx'
import { mapAddress } from '../../kit/map/countries.ts'
import { signedIn, takeMe } from '../../kit/me.ts'
import { locale, nameOfCountry, nameOfLanguage } from '../../kit/numbers.ts'
import { day, dayOf } from '../../kit/times.ts'
import { setUpWords } from '../words/setup.ts'
import { everyZone, listCountries, proposeZone, zonesOf } from './countries.ts'
import { drafts } from './drafts.ts'
import { BackLink, Foot, StepPage } from './Frame.tsx'
import { show } from './route.ts'
import { Trouble } from './Trouble.tsx'
import styles from './forms.module.css'

const fields = ['name', 'country', 'zone', 'languages', 'days', 'leadName', 'organisation']

/** Name, country, zone, languages and days; who leads. */
export function MissionStep() {
  const words = setUpWords()
  const { mission, person } = signedIn()
  const begun = mission.step !== 'mission'
  const form = useForm({
    name: mission.name, country: mission.country ?? '', zone: mission.zone, languages: mission.languages, days: mission.days.length > 0 ? mission.days : [''],
    leadName: begun ? person.name : '', organisation: person.organisationName ?? '',
  }, fields, drafts.mission)
  const { values, set, problem } = form

  const save = async () => {
    await takeMe(await call(setBasicsCall, judged(MissionBasics, { ...values, days: values.days.filter((one) => one !== '') })))
    show('checking')
  }
  // Days that are left empty are not sent, so that a day has another number there.
  const dayProblems = values.days.map((one, at) => (one === '' ? undefined : problem(`days.${values.days.slice(0, at).filter((before) => before !== '').length}`)))
  const chooseCountry = (country: string) => {
    set('country', country)
    set('zone', proposeZone(country, Intl.DateTimeFormat().resolvedOptions().timeZone))
  }

  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); form.send(save) }}>
      <StepPage
        title={words.missionTitle}
        what={words.missionWhat}
        foot={<Foot note={<Trouble form={form} title={words.cannotGoOn} />}>{!begun && <BackLink to={null} />}<Button type="submit" kind="filled" busy={form.busy}>{words.next}</Button></Foot>}
      >
        <TextField label={words.name} hint={words.nameHint} value={values.name} onValue={(name) => set('name', name)} problem={problem('name')} maxLength={120} autocomplete="off" />
        <div class={styles['pair']}>
          <Select label={words.country} {...(values.country && mapAddress(values.country) === null ? { hint: words.noMap } : {})} empty={words.choose} value={values.country} onValue={chooseCountry} problem={problem('country')} options={listCountries(locale.value).map((one) => ({ value: one.code, label: one.name }))} />
          <ZoneField country={values.country} value={values.zone} onValue={(zone) => set('zone', zone)} problem={problem('zone')} />
        </div>
        <FieldGroup label={words.days}>
          <div class={styles['days']}>
            {values.days.map((one, at) => (
              <DayField
                key={at}
                number={at + 1}
                value={one}
                zone={values.zone}
                problem={dayProblems[at] ?? (at === 0 && dayProblems.every((one) => one === undefined) ? problem('days') : undefined)}
                onValue={(next) => set('days', values.days.map((other, index) => (index === at ? next : other)))}
                onRemove={values.days.length > 1 ? () => set('days', values.days.filter((_, index) => index !== at)) : undefined}
              />
            ))}
            <Button kind="quiet" icon={Plus} onClick={() => set('days', [...values.days, ''])}>{words.addDay}</Button>
          </div>
        </FieldGroup>
        <LanguagesField all={mission.pack.languages} value={values.languages} onValue={(languages) => set('languages', languages)} problem={problem('languages')} />
        <div class={styles['pair']}>
          <TextField label={words.leadName} hint={words.leadHint} value={values.leadName} onValue={(name) => set('leadName', name)} problem={problem('leadName')} maxLength={120} autocomplete="name" />
          <TextField label={words.organisation} value={values.organisation} onValue={(organisation) => set('organisation', organisation)} problem={problem('organisation')} maxLength={120} autocomplete="organization" />
        </div>
      </StepPage>
    </form>
  )
}

type Chosen<Value> = { value: Value; onValue: (value: Value) => void; problem: string | undefined }

function ZoneField({ country, value, onValue, problem }: Chosen<string> & { country: string }) {
  const words = setUpWords()
  const own = zonesOf(country)
  const others = everyZone().filter((zone) => !own.includes(zone))
  const groups = own.length > 0 ? [{ label: words.zonesOf(nameOfCountry(country)), zones: own }, { label: words.otherZones, zones: others }] : [{ label: words.otherZones, zones: others }]
  const all = new Set(groups.flatMap((group) => group.zones))
  const clock = new Intl.DateTimeFormat(locale.value, { timeZone: value, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(present())
  return (
    <Select
      label={words.zone}
      hint={words.zoneHint(clock)}
      value={value}
      onValue={onValue}
      problem={problem}
      groups={groups.map((group) => ({ label: group.label, options: group.zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })) }))}
      options={all.has(value) ? [] : [{ value, label: value }]}
    />
  )
}

function DayField({ number, value, zone, onValue, problem, onRemove }: Chosen<string> & { number: number; zone: string; onRemove: (() => void) | undefined }) {
  const words = setUpWords()
  // While a year is typed there are days that no calendar names.
  const isDay = Day.safeParse(value).success
  const said = isDay ? day(value) : words.dayNumber(number)
  // A mission may be entered afterwards, or be an exercise.
  const hasPassed = isDay && value < dayOf(present(), zone)
  return (
    <div class={styles['day']}>
      <TextField label={words.dayNumber(number)} hideLabel class={styles['date']} hint={hasPassed ? words.dayPassed : undefined} type="date" max="9999-12-31" value={value} onValue={onValue} problem={problem} />
      <span class={styles['said']}>{isDay && said}</span>
      {onRemove && <IconButton icon={X} label={words.removeDay(said)} onClick={onRemove} />}
    </div>
  )
}

function LanguagesField({ all, value, onValue, problem }: Chosen<string[]> & { all: readonly string[] }) {
  const words = setUpWords()
  const id = useId()
  return (
    <FieldGroup label={words.languages} hint={words.languagesHint} problem={problem}>
      <div class={styles['checks']}>
        {all.map((one) => (
          <label key={one} class={styles['check']}>
            <input type="checkbox" name={id} checked={value.includes(one)} onChange={(event) => onValue(all.filter((other) => (other === one ? event.currentTarget.checked : value.includes(other))))} />
            {nameOfLanguage(one)}
          </label>
        ))}
      </div>
    </FieldGroup>
  )
}
