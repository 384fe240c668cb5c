import { signedIn } from '../../../kit/me.ts'
import { FieldGroup } from '../../../kit/look/Field.tsx'
import { language } from '../../../kit/words/language.ts'
import { roomWords } from '../../words/room.ts'
import { groupName } from './FilterBar.tsx'
import styles from './filter.module.css'

/** Categories in their groups; a whole group, or some of its types. */
export function CategoryChoice({ chosen, onChange }: { chosen: readonly string[]; onChange: (chosen: string[]) => void }) {
  const words = roomWords()
  const { pack } = signedIn().mission
  const without = (group: string) => chosen.filter((code) => code !== group && !code.startsWith(`${group}.`))
  return (
    <FieldGroup label={words.category}>
      {pack.groups.map(({ code: group }) => {
        const types = pack.categories.filter((one) => one.group === group)
        const isWhole = chosen.includes(group)
        const taken = types.filter((one) => chosen.includes(one.code)).length
        return (
          <details key={group} class={styles['group']} open={isWhole || taken > 0 || undefined}>
            <summary><span>{groupName(pack, group)}</span>{(isWhole || taken > 0) && <b class="numbers">{isWhole ? types.length : taken}</b>}</summary>
            <label class={styles['type']}><input type="checkbox" checked={isWhole} onChange={() => onChange(isWhole ? without(group) : [...without(group), group])} />{words.wholeGroup(groupName(pack, group))}</label>
            {types.map((one) => (
              <label key={one.code} class={styles['type']}>
                <input type="checkbox" checked={isWhole || chosen.includes(one.code)} disabled={isWhole} onChange={() => onChange(chosen.includes(one.code) ? chosen.filter((code) => code !== one.code) : [...chosen, one.code])} />
                {one.titles[language.value] ?? one.code}
              </label>
            ))}
          </details>
        )
      })}
    </FieldGroup>
  )
}
