import { Segmented } from '../../kit/look/Segmented.tsx'
import { signedIn } from '../../kit/me.ts'
import { nameOfLanguage } from '../../kit/numbers.ts'
import { languageNames, uiLanguages } from '../../kit/words/language.ts'
import { chooseTextLanguage, textLanguage } from '../texts.ts'
import { pressWords } from '../words/press.ts'

/** In which of the mission's languages this desk takes captions and texts; not that of the screen. */
export function TextLanguage() {
  const { languages } = signedIn().mission
  if (languages.length < 2) return null
  return <Segmented label={pressWords().captionLanguage} hideLabel segments={languages.map((value) => ({ value, label: <span lang={value}>{ownName(value)}</span> }))} value={textLanguage.value} onValue={chooseTextLanguage} />
}

function ownName(tag: string): string {
  const known = uiLanguages.find((one) => one === tag)
  return known ? languageNames[known] : nameOfLanguage(tag)
}
