import { type RefObject } from 'preact'
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks'
import { ChevronDown, ChevronRight, CircleAlert, FileText, List, TriangleAlert } from 'lucide-preact'
import { Severity } from '../../../shared/basics.ts'
import { type Category, titleOf } from '../../../shared/pack.ts'
import { cx } from '../../kit/look/cx.ts'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn } from '../../kit/me.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { change } from '../capture/change.ts'
import { Fault, Found } from '../capture/Fault.tsx'
import { Strip } from '../capture/Strip.tsx'
import { When } from '../capture/When.tsx'
import { Where } from '../capture/Where.tsx'
import { Words } from '../capture/Words.tsx'
import styles from '../capture/capture.module.css'
import { close, open } from '../nav.ts'
import type { Draft } from '../outbox/records.ts'
import { severityOf } from '../outbox/statement.ts'
import { refusals, said } from '../parts/Cameras.tsx'
import { icon } from '../parts/icon.ts'
import { Screen } from '../parts/Screen.tsx'
import { fix, followPosition } from '../place/fix.ts'
import { noteWhere, saveDraft } from '../report.ts'
import { register, usedCategories } from '../state.ts'
import { holdForm } from '../update.ts'
import { phone } from '../words/index.ts'

const shownCategories = 4

/** A report in the making: pictures, place, what was seen; the rest is filled in unless its author says otherwise. */
export function Capture({ draft }: { draft: Draft }) {
  const words = phone().capture
  /** How often it was to be saved without a category. */
  const [lacking, setLacking] = useState(0)
  const [failed, setFailed] = useState(false)
  const [saving, setSaving] = useState(false)
  useEffect(holdForm, [])
  useEffect(followPosition, [])
  useEffect(() => noteWhere(draft), [fix.value, register.value, draft.id])

  const save = async () => {
    if (saving) return
    if (!draft.category) return setLacking(lacking + 1)
    setSaving(true)
    const before = refusals.value
    try {
      await saveDraft(draft.id)
    } catch {
      setSaving(false)
      return setFailed(true)
    }
    close()
    // A picture that was refused while it was being saved has no strip any more to be told at.
    for (const one of refusals.value) if (one.draft === draft.id && !before.includes(one)) toast(said(one))
  }
  return (
    <Screen
      title={draft.refused ? words.mendTitle : words.title}
      leave="close"
      onLeave={() => close()}
      foot={(
        <div class={styles['foot']}>
          {failed && <p class={styles['problem']} role="alert"><CircleAlert {...icon} />{words.notSaved}</p>}
          <button type="button" class={styles['save']} aria-busy={saving} onClick={() => void save()}>{saving ? words.saving : words.save}</button>
          <p class={styles['hint']}>{words.saveHint}</p>
        </div>
      )}
    >
      {draft.faults.length > 0 && <p class={styles['faults']} role="alert"><TriangleAlert {...icon} />{words.faults}</p>}
      <Strip draft={draft} />
      <Where draft={draft} />
      <What draft={draft} lacking={lacking} />
      <Words draft={draft} />
      <div class={styles['cells']}>
        <HowGrave draft={draft} />
        <When draft={draft} />
      </div>
      <button type="button" class={styles['all']} onClick={() => open({ draft: draft.id, at: 'sends' })}>
        <FileText {...icon} /><span class={styles['grow']}>{words.sends}</span><ChevronRight {...icon} />
      </button>
    </Screen>
  )
}

/** `lacking`: each time that it rises, the list is brought into view, with what to do. */
export function What({ draft, lacking }: { draft: Draft; lacking: number }) {
  const words = phone().capture
  const id = useId()
  const { pack } = signedIn().mission
  const list = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    if (lacking > 0) show(list)
  }, [lacking])
  // The rows stay where they are while someone is about to tap one.
  const rows = useMemo(() => proposed(pack.categories, usedCategories.value), [draft.id, pack])
  const chosen = pack.categories.find((one) => one.code === draft.category)
  const shown = chosen && !rows.includes(chosen) ? [chosen, ...rows.slice(0, -1)] : rows
  const lacks = lacking > 0 && !draft.category
  return (
    <section class={styles['what']}>
      <fieldset ref={list} aria-describedby={lacks ? id : undefined}>
        <legend class={styles['legend']}><span>{words.what}</span>{usedCategories.value.length > 0 && <span class={styles['aside']}>{words.recentFirst}</span>}</legend>
        {lacks && <Fault id={id}>{words.chooseCategory}</Fault>}
        {shown.map((category) => (
          <label key={category.code} class={styles['category']} data-category={category.code}>
            <input type="radio" name="category" checked={category.code === draft.category} onChange={() => change(draft, 'category', { category: category.code })} />
            <span>{titleOf(pack, category.code, language.value)}{category === chosen && category.ask?.[language.value] && <small>{category.ask[language.value]}</small>}</span>
          </label>
        ))}
      </fieldset>
      <Found draft={draft} fields={['category']} />
      <button type="button" class={styles['all']} onClick={() => open({ draft: draft.id, at: 'categories' })}>
        <List {...icon} /><span class={styles['grow']}>{words.allCategories}</span><ChevronRight {...icon} />
      </button>
    </section>
  )
}

function show({ current }: RefObject<HTMLFieldSetElement>): void {
  current?.scrollIntoView({ block: 'center' })
  current?.querySelector('input')?.focus({ preventScroll: true })
}

/** The last used first; before there are any, one of each group, so that the list shows what it is about. */
function proposed(categories: readonly Category[], used: readonly string[]): Category[] {
  const recent = used.map((code) => categories.find((one) => one.code === code)).filter((one) => one !== undefined)
  const firsts = categories.filter((one, at) => categories.findIndex((other) => other.group === one.group) === at)
  return [...new Set([...recent, ...firsts])].slice(0, shownCategories)
}

export function HowGrave({ draft }: { draft: Draft }) {
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
      <Found draft={draft} fields={['severity']} />
    </div>
  )
}
