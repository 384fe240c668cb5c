import { useState } from 'preact/hooks'
import { Search } from 'lucide-preact'
import { type Category, fold } from '../../../shared/pack.ts'
import { SeverityTag } from '../../kit/look/Tag.tsx'
import { signedIn } from '../../kit/me.ts'
import { language } from '../../kit/words/language.ts'
import { close } from '../nav.ts'
import type { Draft } from '../outbox/records.ts'
import { icon } from '../parts/icon.ts'
import { Screen } from '../parts/Screen.tsx'
import { edit } from '../state.ts'
import { phone } from '../words/index.ts'
import styles from './categories.module.css'

/** Everything that a mission observes, by group; a tap chooses and goes back. */
export default function Categories({ draft }: { draft: Draft }) {
  const words = phone().capture
  const [typed, setTyped] = useState('')
  const { pack } = signedIn().mission
  const titleOf = (titles: Record<string, string>) => titles[language.value] ?? Object.values(titles)[0] ?? ''
  const parts = fold(typed).split(/\s+/).filter(Boolean)
  const fits = (category: Category, group: string) => {
    const text = fold(`${titleOf(category.titles)} ${group}`)
    return parts.every((part) => text.includes(part))
  }
  const groups = pack.groups.map((group) => ({ group, title: titleOf(group.titles), found: pack.categories.filter((one) => one.group === group.code && fits(one, titleOf(group.titles))) })).filter(({ found }) => found.length > 0)
  const choose = (category: string) => {
    void edit(draft.id, (present) => ({ ...present, category, faults: present.faults.filter(({ path }) => path !== 'category') }))
    close({ draft: draft.id })
  }
  return (
    <Screen title={words.categoriesTitle} onLeave={() => close({ draft: draft.id })}>
      <div class={styles['top']}>
        <label class={styles['search']}>
          <Search {...icon} />
          <input type="search" aria-label={words.searchCategories} placeholder={words.searchCategories} value={typed} autocomplete="off" onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
      </div>
      {groups.length === 0 && <p class={styles['note']} role="status">{words.noCategoryFound(typed.trim())}</p>}
      {groups.map(({ group, title, found }) => (
        <section key={group.code} aria-label={title}>
          <h2 class={styles['group']}>{title}</h2>
          {found.map((category) => (
            <button key={category.code} type="button" class={styles['category']} aria-pressed={category.code === draft.category} data-category={category.code} onClick={() => choose(category.code)}>
              <span class={styles['grow']}>{titleOf(category.titles)}</span>
              <SeverityTag severity={category.severity} />
            </button>
          ))}
        </section>
      ))}
    </Screen>
  )
}
