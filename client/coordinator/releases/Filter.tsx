import { useId, useState } from 'preact/hooks'
import { ListFilter } from 'lucide-preact'
import { ReleaseStanding } from '../../../shared/press.ts'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import { Select, TextField } from '../../kit/look/inputs.tsx'
import { useTyped } from '../../kit/typed.ts'
import { auditWords } from '../words/audit.ts'
import { roomWords } from '../words/room.ts'
import { type ReleaseFilter, ask, askAll, keyOf } from './filter.ts'
import styles from './releases.module.css'

/** What is asked of the releases; all of it stands in the address. */
export function Filter({ filter, people }: { filter: ReleaseFilter; people: readonly { id: string; name: string }[] }) {
  const words = auditWords()
  const { typed, setTyped } = useTyped(filter.words ?? '', (next) => ask({ words: next || undefined }))
  // On a narrow screen the releases come first.
  const [unfolded, setUnfolded] = useState(false)
  const id = useId()
  const isAsked = keyOf(filter) !== keyOf({})
  const known = people.map(({ id, name }) => ({ value: id, label: name }))
  const listed = filter.by === undefined || known.some(({ value }) => value === filter.by) ? known : [...known, { value: filter.by, label: filter.by.slice(0, 8) }]
  return (
    <>
      <p class={styles['unfold']}>
        <Button icon={ListFilter} aria-expanded={unfolded} aria-controls={id} onClick={() => setUnfolded(!unfolded)}>{roomWords().filter}</Button>
        {isAsked && <Button onClick={askAll}>{words.clear}</Button>}
      </p>
      <form id={id} class={cx(styles['filter'], !unfolded && styles['folded'])} onSubmit={(event) => event.preventDefault()}>
        <Select label={words.releases.standing} value={filter.standing ?? ''} empty={words.releases.anyStanding} options={ReleaseStanding.options.map((value) => ({ value, label: words.releases.standings[value] }))} onValue={(standing) => ask({ standing: standing || undefined })} />
        <Select label={words.releases.by} value={filter.by ?? ''} empty={words.anyPerson} options={listed} onValue={(by) => ask({ by: by || undefined })} />
        <TextField label={words.releases.words} value={typed} onValue={setTyped} maxLength={200} />
        {isAsked && <Button class={styles['clear'] ?? ''} onClick={askAll}>{words.clear}</Button>}
      </form>
    </>
  )
}
