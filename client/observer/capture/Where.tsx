import { useState } from 'preact/hooks'
import { ChevronRight, CircleAlert, CircleCheck, Clock3, MapPin } from 'lucide-preact'
import { usePresent } from '../../kit/clock.ts'
import { cx } from '../../kit/look/cx.ts'
import { Switch } from '../../kit/look/Switch.tsx'
import { number } from '../../kit/numbers.ts'
import { ago } from '../../kit/times.ts'
import { open } from '../nav.ts'
import type { Draft } from '../outbox/records.ts'
import { instant } from '../outbox/statement.ts'
import { icon } from '../parts/icon.ts'
import { Refused } from '../parts/Refused.tsx'
import { fix, fixState } from '../place/fix.ts'
import { metresBetween, pointOf } from '../place/nearest.ts'
import { accuracyOf, freshFix, tooFar } from '../place/suggest.ts'
import { distance, rowOf, stationName } from '../place/words.ts'
import { register } from '../state.ts'
import { phone } from '../words/index.ts'
import { change } from './change.ts'
import { Fault, Found } from './Fault.tsx'
import styles from './capture.module.css'

/** Where a report is about, how sure the phone is of where it is, and whether its author is there. */
export function Where({ draft }: { draft: Draft }) {
  const words = phone().place
  // A position ages while nothing else changes.
  usePresent(30)
  const here = fixState.value === 'known' ? freshFix(fix.value, Date.now()) : null
  const { station, table, by } = draft.place
  const row = rowOf(register.value, station)
  const away = here && register.value && row >= 0 ? distance(metresBetween(here, pointOf(register.value, row))) : null
  const isOther = station === null && (by === 'person' || register.value?.code.length === 0)
  const title = station !== null ? stationName(register.value, station) : by === 'person' ? words.other : words.none
  const more = [station === null ? null : table ? words.tableIs(table) : words.wholeCentre, draft.atStation ? away && words.away(away) : words.youAway].filter(Boolean).join(' · ')
  const far = tooFar(register.value, station, ownFix(draft))
  return (
    <section class={styles['where']} aria-label={words.title}>
      <button type="button" class={styles['place']} onClick={() => open({ draft: draft.id, at: 'place' })}>
        <MapPin {...icon} />
        <span class={styles['grow']}><b>{title}</b>{more && <span class={styles['more']}>{more}</span>}{isOther && <span class={styles['more']}>{words.describe}</span>}</span>
        <ChevronRight {...icon} />
      </button>
      <Accuracy />
      <div class={cx(styles['inset'], far !== null && draft.atStation && styles['far'])}>
        <Found draft={draft} fields={['station', 'table']} />
        {far !== null && draft.atStation && <Fault>{words.far(distance(far))}</Fault>}
        <Switch label={words.notThere} on={!draft.atStation} onChange={(away) => change(draft, 'atStation', { atStation: !away })} />
      </div>
    </section>
  )
}

/** The position that goes with the report: its own, or, while it has none, the phone's, if that is fresh. */
const ownFix = (draft: Draft) => draft.fix ?? freshFix(fix.value, Date.now())

/** How sure the phone is of where it is, in words, or how old what it knows is; the number on a tap. Where it may not know, how to allow it. */
function Accuracy() {
  const words = phone().place
  const [exact, setExact] = useState(false)
  const state = fixState.value
  if (state === 'refused') return <div class={styles['refused']}><Refused /></div>
  if (state === 'not_found') return <p class={styles['note']} role="status">{words.notFoundYet}</p>
  if (state !== 'known' || !fix.value) return <p class={cx(styles['accuracy'], styles['none'])} role="status"><Clock3 {...icon} size={20} />{words.looking}</p>
  const fresh = freshFix(fix.value, Date.now())
  const accuracy = accuracyOf(fresh)
  const Sign = !fresh ? Clock3 : accuracy === 'poor' ? CircleAlert : CircleCheck
  const age = ago(instant(fix.value.at), new Date())
  return (
    <button type="button" class={cx(styles['accuracy'], styles[accuracy])} aria-expanded={exact} onClick={() => setExact(!exact)}>
      <Sign {...icon} size={20} />
      <span class={styles['grow']}>{fresh ? words.accuracy[accuracy] : words.positionFrom(age)}</span>
      {exact && <span class={styles['exact']}>{words.exact(number(fix.value.accuracyMetres), age)}</span>}
    </button>
  )
}
