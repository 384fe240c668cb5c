import { common } from '../words/common.ts'
import { chooseLanguage, language, languageNames, uiLanguages } from '../words/language.ts'
import { Segmented } from './Segmented.tsx'

/** Every language in its own name, side by side. When the words of another cannot be had now, the present one stays. */
export function LanguageSwitch() {
  return (
    <Segmented
      label={common().language}
      hideLabel
      round
      segments={uiLanguages.map((one) => ({ value: one, label: <span lang={one}>{languageNames[one]}</span> }))}
      value={language.value}
      onValue={(one) => void chooseLanguage(one).catch(() => undefined)}
    />
  )
}
