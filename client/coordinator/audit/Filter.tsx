import { useEffect, useId, useState } from 'preact/hooks'
import { ListFilter } from 'lucide-preact'
import { FactGroup } from '../../../shared/audit.ts'
import { listPeopleCall } from '../../../shared/people.ts'
import { call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { Select, TextField } from '../../kit/look/inputs.tsx'
import type { Option } from '../../kit/look/inputs.tsx'
import { cx } from '../../kit/look/cx.ts'
import { missionPlace } from '../../kit/numbers.ts'
import { instantOf, localOf } from '../room/filter/zone.ts'
import { roomWords } from '../words/room.ts'
import { useTyped } from '../../kit/typed.ts'
import { auditWords } from '../words/audit.ts'
import { ask } from './ask.ts'
import { type AuditFilter, keyOf, noFilter } from './filter.ts'
import styles from './audit.module.css'

/** What is asked of the journal; all of it stands in the address. */
export function Filter({ filter }: { filter: AuditFilter }) {
  const words = auditWords()
  const { zone } = missionPlace.value
  const [people, setPeople] = useState<Option[]>([])
  const { typed: thing, setTyped: setThing } = useTyped(filter.thing ?? '', (next) => ask({ thing: next }))
  // On a narrow screen the journal comes first.
  const [unfolded, setUnfolded] = useState(false)
  const id = useId()
  useEffect(() => {
    // Without the list a person can still be chosen from a fact.
    call(listPeopleCall, {}).then((reply) => setPeople(reply.people.map(({ id, name }) => ({ value: id, label: name })).sort((one, other) => one.label.localeCompare(other.label))), () => undefined)
  }, [])
  const local = (instant: string | undefined) => (instant ? localOf(instant, zone) : '')
  const known = filter.person === undefined || people.some(({ value }) => value === filter.person) ? people : [...people, { value: filter.person, label: filter.person.slice(0, 8) }]
  const isAsked = keyOf(filter) !== keyOf({})
  return (
    <>
      <p class={styles['unfold']}>
        <Button icon={ListFilter} aria-expanded={unfolded} aria-controls={id} onClick={() => setUnfolded(!unfolded)}>{roomWords().filter}</Button>
        {isAsked && <Button onClick={() => ask(noFilter)}>{words.clear}</Button>}
      </p>
      <form id={id} class={cx(styles['filter'], !unfolded && styles['folded'])} onSubmit={(event) => event.preventDefault()}>
        <Select label={words.group} value={filter.group ?? ''} empty={words.anyGroup} options={FactGroup.options.map((value) => ({ value, label: words.groups[value] }))} onValue={(group) => ask({ group })} />
        <Select label={words.person} value={filter.person ?? ''} empty={words.anyPerson} options={known} onValue={(person) => ask({ person })} />
        <TextField label={words.thing} placeholder={words.thingHint} value={thing} onValue={setThing} maxLength={60} />
        <TextField type="datetime-local" label={words.from} value={local(filter.from)} onValue={(text) => ask({ from: instantOf(text, zone) ?? undefined })} />
        <TextField type="datetime-local" label={words.until} value={local(filter.until)} onValue={(text) => ask({ until: instantOf(text, zone)?.replace(/00\.000Z$/, '59.999Z') })} />
        {isAsked && <Button class={styles['clear'] ?? ''} onClick={() => ask(noFilter)}>{words.clear}</Button>}
      </form>
    </>
  )
}
