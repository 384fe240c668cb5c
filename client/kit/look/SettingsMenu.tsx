import { Check, Keyboard, Languages, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-preact'
import { leaveCall } from '../../../shared/mission.ts'
import { call } from '../call.ts'
import { keysShown } from '../keys.ts'
import { tell } from '../problems.ts'
import { common } from '../words/common.ts'
import { desk } from '../words/desk.ts'
import { chooseLanguage, language, languageNames, uiLanguages } from '../words/language.ts'
import type { Icon } from './icon.ts'
import { Menu } from './Menu.tsx'
import { type Theme, chooseTheme, theme, themes } from './theme.ts'
import { toast } from './Toasts.tsx'

const icons: Record<Theme, Icon> = { system: Monitor, light: Sun, dark: Moon }

/** Look, language, keys and the way out, for desks. */
export function SettingsMenu({ label }: { label?: string }) {
  const words = desk()
  return (
    <Menu
      icon={Settings}
      label={label ?? words.settings}
      groups={[
        themes.map((one) => ({ label: words.themes[one], icon: one === theme.value ? Check : icons[one], chosen: one === theme.value, press: () => chooseTheme(one) })),
        uiLanguages.map((one) => ({ label: languageNames[one], icon: one === language.value ? Check : Languages, chosen: one === language.value, press: () => change(one) })),
        [{ label: words.keys, icon: Keyboard, press: () => (keysShown.value = true) }, { label: common().buttons.leave, icon: LogOut, press: () => void leave() }],
      ]}
    />
  )
}

function change(one: (typeof uiLanguages)[number]): void {
  chooseLanguage(one).catch((thrown: unknown) => toast(tell(thrown)))
}

/** Ends the session here, then says so. */
async function leave(): Promise<void> {
  try {
    await call(leaveCall, {})
    location.assign('/')
  } catch (thrown) {
    toast(tell(thrown))
  }
}
