import type { CheckingRules } from '../../../shared/mission.ts'
import { FieldGroup } from '../../kit/look/Field.tsx'
import { Switch } from '../../kit/look/Switch.tsx'
import { setUpWords } from '../words/setup.ts'
import { useId } from 'preact/hooks'
import styles from './forms.module.css'

const eyes = [1, 2] as const

/** Whose eyes a picture needs, each choice with what it means. */
export function RulesFields({ rules, onRules }: { rules: CheckingRules; onRules: (rules: CheckingRules) => void }) {
  const words = setUpWords()
  const name = useId()
  return (
    <>
      <FieldGroup label={words.eyes}>
        <div class={styles['options']}>
          {eyes.map((one) => (
            <label key={one} class={styles['option']}>
              <input type="radio" name={name} checked={rules.eyes === one} onChange={() => onRules({ ...rules, eyes: one })} />
              <b>{words.eyesOptions[one].title}</b>
              <p>{words.eyesOptions[one].what}</p>
            </label>
          ))}
        </div>
      </FieldGroup>
      <div class={styles['switches']}>
        <Switch label={words.otherOrganisation} hint={words.otherOrganisationHint} on={rules.otherOrganisation} onChange={(on) => onRules({ ...rules, otherOrganisation: on })} />
        <Switch label={words.releaserNotVerifier} hint={words.releaserNotVerifierHint} on={rules.releaserNotVerifier} onChange={(on) => onRules({ ...rules, releaserNotVerifier: on })} />
      </div>
      <p class={styles['aside']}>{words.notYours}</p>
    </>
  )
}
