import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Camera, ChevronDown, ChevronRight, CircleAlert, CircleCheck, Clock3, Images, List, MapPin, Pencil, TriangleAlert } from 'lucide-preact'
import { Severity } from '../../../shared/basics.ts'
import { type Category, titleOf } from '../../../shared/pack.ts'
import type { FieldReason } from '../../../shared/problem.ts'
import { maxWords } from '../../../shared/reports.ts'
import { cx } from '../../kit/look/cx.ts'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { Switch } from '../../kit/look/Switch.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn } from '../../kit/me.ts'
import { ago, clock, dayOf, moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { number } from '../../kit/numbers.ts'
import { close, open } from '../nav.ts'
import type { Draft } from '../outbox/records.ts'
import { instant, observedAtOf, severityOf } from '../outbox/statement.ts'
import { cameraEmptyFor, pick } from '../parts/Cameras.tsx'
import { icon } from '../parts/icon.ts'
import { Screen } from '../parts/Screen.tsx'
import { Thumb } from '../parts/Thumb.tsx'
import { fix, fixState, followPosition } from '../place/fix.ts'
import { metresBetween, pointOf } from '../place/nearest.ts'
import { accuracyOf, isBetter } from '../place/suggest.ts'
import { distance, howToAllow, rowOf, stationName } from '../place/words.ts'
import { adding, noteFix, placeNow, saveDraft } from '../report.ts'
import { edit, register, usedCategories } from '../state.ts'
import { atClock, onClock } from '../time.ts'
import { holdForm } from '../update.ts'
import { phone } from '../words/index.ts'
import styles from './capture.module.css'

const shownCategories = 4

/** A report in the making: pictures, place, what was seen; the rest is filled in unless its author says otherwise. */
export function Capture({ draft }: { draft: Draft }) {
  const words = phone().capture
  const [problem, setProblem] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const list = useRef<HTMLFieldSetElement>(null)
  useEffect(holdForm, [])
  useEffect(followPosition, [])
  useEffect(() => {
    noteFix(draft)
    const suggested = placeNow()
    if (isBetter(suggested, draft.place)) void edit(draft.id, (present) => (isBetter(suggested, present.place) ? { ...present, place: suggested } : present))
  }, [fix.value, register.value, draft.id])

  const save = async () => {
    if (!draft.category) {
      setProblem(words.chooseCategory)
      list.current?.scrollIntoView({ block: 'center' })
      list.current?.querySelector('input')?.focus()
      return
    }
    setSaving(true)
    try {
      await saveDraft(draft.id)
      close()
    } catch {
      setSaving(false)
      setProblem(words.notSaved)
    }
  }
  return (
    <Screen
      title={draft.faults.length > 0 ? words.mendTitle : words.title}
      leave="close"
      onLeave={() => close()}
      foot={(
        <div class={styles['foot']}>
          {problem && <p class={styles['problem']} role="alert"><CircleAlert {...icon} />{problem}</p>}
          <button type="button" class={styles['save']} aria-busy={saving} onClick={() => void save()}>{saving ? words.saving : words.save}</button>
          <p class={styles['hint']}>{words.saveHint}</p>
        </div>
      )}
    >
      {draft.faults.length > 0 && <p class={styles['faults']} role="alert"><TriangleAlert {...icon} />{words.faults}</p>}
      <Strip draft={draft} />
      <WhereIsIt draft={draft} />
      <What draft={draft} list={list} onChosen={() => setProblem(null)} />
      <Words draft={draft} />
      <div class={styles['cells']}>
        <HowGrave draft={draft} />
        <When draft={draft} />
      </div>
    </Screen>
  )
}

/** Changes the draft; what headquarters found wrong with a field is forgotten once that field is changed. */
function change(draft: Draft, field: string, next: Partial<Draft>): void {
  void edit(draft.id, (present) => ({ ...present, ...next, faults: present.faults.filter((fault) => !isOf(fault.path, field)) }))
}

const isOf = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`) || (field === 'times' && path === 'observedAt')

/** What headquarters found wrong with a field, beside it. */
function Fault({ draft, fields }: { draft: Draft; fields: readonly string[] }) {
  const fault = draft.faults.find(({ path }) => fields.some((field) => isOf(path, field)))
  return fault ? <p class={styles['fault']} role="alert"><CircleAlert {...icon} size={18} />{common().fields[fault.reason satisfies FieldReason]}</p> : null
}

function Strip({ draft }: { draft: Draft }) {
  const words = phone().capture
  return (
    <section aria-label={words.pictures} class={styles['pictures']}>
      <ul class={styles['strip']}>
        {draft.photos.map(({ sha256 }, at) => (
          <li key={sha256}>
            <button type="button" class={styles['picture']} aria-label={words.enlarge(at + 1)} onClick={() => open({ draft: draft.id, at: 'picture', picture: sha256 })}>
              <Thumb report={draft.id} sha256={sha256} alt={words.picture(at + 1, draft.photos.length)} large />
            </button>
          </li>
        ))}
        {Array.from({ length: adding.value }, (_, at) => <li key={at} class={styles['coming']}><span class="visually-hidden">{words.keeping}</span></li>)}
        <li><button type="button" class={styles['add']} onClick={() => pick('phone_camera', draft.id)}><Camera {...icon} />{words.another}</button></li>
        <li><button type="button" class={styles['add']} onClick={() => pick('gallery', draft.id)}><Images {...icon} />{words.gallery}</button></li>
      </ul>
      {cameraEmptyFor.value === draft.id && draft.photos.length === 0 && <p class={styles['note']} role="status">{words.cameraEmpty}</p>}
      <Fault draft={draft} fields={['photos']} />
    </section>
  )
}

function WhereIsIt({ draft }: { draft: Draft }) {
  const words = phone().place
  const { station, table, by } = draft.place
  const row = rowOf(register.value, station)
  const away = fix.value && register.value && row >= 0 && fixState.value === 'known' ? distance(metresBetween(fix.value, pointOf(register.value, row))) : null
  const title = station !== null ? stationName(register.value, station) : by === 'person' ? words.other : words.none
  const more = [station === null ? null : table ? words.tableIs(table) : words.wholeCentre, draft.atStation ? away && words.away(away) : words.youAway].filter(Boolean).join(' · ')
  return (
    <section class={styles['where']}>
      <button type="button" class={styles['place']} onClick={() => open({ draft: draft.id, at: 'place' })}>
        <MapPin {...icon} />
        <span class={styles['grow']}><b>{title}</b>{more && <span class={styles['more']}>{more}</span>}</span>
        <ChevronRight {...icon} />
      </button>
      <Accuracy />
      <div class={styles['inset']}>
        <Fault draft={draft} fields={['station', 'table']} />
        <Switch label={words.notThere} on={!draft.atStation} onChange={(away) => change(draft, 'atStation', { atStation: !away })} />
      </div>
    </section>
  )
}

/** How sure the phone is of where it is, in words; the number on a tap. Where it may not know, how to allow it. */
function Accuracy() {
  const words = phone().place
  const [exact, setExact] = useState(false)
  const state = fixState.value
  if (state === 'refused') return <p class={styles['note']} role="status">{words.refused} {howToAllow()}</p>
  if (state === 'not_found') return <p class={styles['note']} role="status">{words.notFoundYet}</p>
  if (state !== 'known' || !fix.value) return <p class={cx(styles['accuracy'], styles['none'])} role="status"><Clock3 {...icon} size={20} />{words.looking}</p>
  const accuracy = accuracyOf(fix.value)
  const Sign = accuracy === 'poor' ? CircleAlert : CircleCheck
  return (
    <button type="button" class={cx(styles['accuracy'], styles[accuracy])} aria-expanded={exact} onClick={() => setExact(!exact)}>
      <Sign {...icon} size={20} />
      {words.accuracy[accuracy]}
      {exact && <span class={styles['exact']}>{words.exact(number(fix.value.accuracyMetres), ago(instant(fix.value.at), new Date()))}</span>}
    </button>
  )
}

function What({ draft, list, onChosen }: { draft: Draft; list: { current: HTMLFieldSetElement | null }; onChosen: () => void }) {
  const words = phone().capture
  const { pack } = signedIn().mission
  // The rows stay where they are while someone is about to tap one.
  const rows = useMemo(() => proposed(pack.categories, usedCategories.value), [draft.id, pack])
  const chosen = pack.categories.find((one) => one.code === draft.category)
  const shown = chosen && !rows.includes(chosen) ? [chosen, ...rows.slice(0, -1)] : rows
  return (
    <section class={styles['what']}>
      <fieldset ref={list}>
        <legend class={styles['legend']}><span>{words.what}</span>{usedCategories.value.length > 0 && <span class={styles['aside']}>{words.recentFirst}</span>}</legend>
        {shown.map((category) => (
          <label key={category.code} class={styles['category']} data-category={category.code}>
            <input
              type="radio"
              name="category"
              checked={category.code === draft.category}
              onChange={() => {
                change(draft, 'category', { category: category.code })
                onChosen()
              }}
            />
            <span>{titleOf(pack, category.code, language.value)}{category === chosen && category.ask?.[language.value] && <small>{category.ask[language.value]}</small>}</span>
          </label>
        ))}
      </fieldset>
      <Fault draft={draft} fields={['category']} />
      <button type="button" class={styles['all']} onClick={() => open({ draft: draft.id, at: 'categories' })}>
        <List {...icon} /><span class={styles['grow']}>{words.allCategories}</span><ChevronRight {...icon} />
      </button>
    </section>
  )
}

/** The last used first; before there are any, one of each group, so that the list shows what it is about. */
function proposed(categories: readonly Category[], used: readonly string[]): Category[] {
  const recent = used.map((code) => categories.find((one) => one.code === code)).filter((one) => one !== undefined)
  const firsts = categories.filter((one, at) => categories.findIndex((other) => other.group === one.group) === at)
  return [...new Set([...recent, ...firsts])].slice(0, shownCategories)
}

function Words({ draft }: { draft: Draft }) {
  const words = phone().capture
  return (
    <section class={styles['words']}>
      <label class={styles['write']}>
        <Pencil {...icon} />
        <span class="visually-hidden">{words.wordsLabel}</span>
        <textarea rows={1} maxLength={maxWords} placeholder={words.addWords} value={draft.words} onInput={(event) => change(draft, 'words', { words: event.currentTarget.value })} />
      </label>
      <Fault draft={draft} fields={['words']} />
    </section>
  )
}

function HowGrave({ draft }: { draft: Draft }) {
  const words = phone().capture
  const severity = draft.category || draft.severity ? severityOf(draft, signedIn().mission.pack) : null
  return (
    <div class={styles['cell']}>
      <label class={styles['over']}>
        <span class={styles['name']}>{words.severity}</span>
        <span class={cx(styles['value'], severity ? styles[severity] : styles['none'])} aria-hidden>{severity && <StatusMark status="received" severity={severity} size={18} />}{severity ? common().severities[severity] : words.severityOfCategory}<ChevronDown {...icon} size={18} /></span>
        <select value={severity ?? ''} onChange={(event) => change(draft, 'severity', { severity: Severity.parse(event.currentTarget.value) })}>
          {!severity && <option value="">{words.severityOfCategory}</option>}
          {Severity.options.map((one) => <option key={one} value={one}>{common().severities[one]}</option>)}
        </select>
      </label>
      <Fault draft={draft} fields={['severity']} />
    </div>
  )
}

function When({ draft }: { draft: Draft }) {
  const words = phone().capture
  const { zone } = signedIn().mission
  const now = Date.now()
  const observedAt = observedAtOf(draft, now)
  const take = (shown: string) => {
    const at = atClock(shown, zone)
    if (at === null) return
    if (at > Date.now() + 60_000) toast(words.inTheFuture)
    else change(draft, 'times', { observedAt: instant(Math.min(at, Date.now())) })
  }
  return (
    <div class={styles['cell']}>
      <label class={styles['over']}>
        <span class={styles['name']}>{words.time}</span>
        <span class={styles['value']} aria-hidden>{dayOf(observedAt) === dayOf(instant(now)) ? words.timeToday(clock(observedAt)) : moment(observedAt, new Date(now))}<ChevronDown {...icon} size={18} /></span>
        <input type="datetime-local" value={onClock(Date.parse(observedAt), zone)} max={onClock(now, zone)} onClick={(event) => openPicker(event.currentTarget)} onChange={(event) => take(event.currentTarget.value)} />
      </label>
      <Fault draft={draft} fields={['times']} />
    </div>
  )
}

/** A tap anywhere on the cell opens the phone's own clock; browsers that cannot be asked open it themselves. */
function openPicker(input: HTMLInputElement): void {
  try {
    input.showPicker()
  } catch {
    input.focus()
  }
}
