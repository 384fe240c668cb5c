import { Check, KeyRound, Keyboard, Languages, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { leaveCall } from '../../../shared/mission.ts'
import { signInWaysCall } from '../../../shared/signin.ts'
import { listPeopleCall } from '../../../shared/people.ts'
import { call } from '../call.ts'
import { keysShown } from '../keys.ts'
import { signedIn } from '../me.ts'
import { tell } from '../problems.ts'
import { common } from '../words/common.ts'
import { desk } from '../words/desk.ts'
import { chooseLanguage, language, languageNames, uiLanguages } from '../words/language.ts'
import { ConfirmDialog } from './Dialog.tsx'
import type { Icon } from './icon.ts'
import { Menu, type MenuItem } from './Menu.tsx'
import { type Theme, chooseTheme, theme, themes } from './theme.ts'
import { toast } from './Toasts.tsx'

/** Where no sign of a key is drawn (`kbd.module.css`) there is no list of them. */
const withoutKeys = '(max-width: 700px), (hover: none) and (pointer: coarse)'
const icons: Record<Theme, Icon> = { system: Monitor, light: Sun, dark: Moon }

/** Look, language, keys and the way out, for desks; `more`: what this desk has besides. */
export function SettingsMenu({ label, more = [] }: { label?: string; more?: readonly MenuItem[] }) {
  const words = desk()
  const [isLeaving, setLeaving] = useState(false)
  return (
    <>
      <Menu
        icon={Settings}
        label={label ?? words.settings}
        groups={[
          themes.map((one) => ({ label: words.themes[one], icon: one === theme.value ? Check : icons[one], chosen: one === theme.value, press: () => chooseTheme(one) })),
          uiLanguages.map((one) => ({ label: languageNames[one], icon: one === language.value ? Check : Languages, chosen: one === language.value, press: () => change(one) })),
          ...(more.length > 0 ? [more] : []),
          [{ label: words.mySignIns, icon: KeyRound, press: () => location.assign('/signin/mine') }],
          [...(matchMedia(withoutKeys).matches ? [] : [{ label: words.keys, icon: Keyboard, press: () => (keysShown.value = true) }]), { label: common().buttons.leave, icon: LogOut, press: () => setLeaving(true) }],
        ]}
      />
      {isLeaving && <Leave onClose={() => setLeaving(false)} />}
    </>
  )
}

function change(one: (typeof uiLanguages)[number]): void {
  chooseLanguage(one).catch((thrown: unknown) => toast(tell(thrown)))
}

/** The link that one came by worked once: whoever signs out depends on somebody else to come back. */
function Leave({ onClose }: { onClose: () => void }) {
  const words = desk()
  const isLead = signedIn().person.role === 'lead'
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | undefined>()
  const [isOnly, setOnly] = useState(false)
  const [hasWay, setWay] = useState(false)
  useEffect(() => {
    call(signInWaysCall, {}).then(({ passkeys, passphraseSince }) => setWay(passkeys.length > 0 || passphraseSince !== null), () => undefined)
  }, [])
  useEffect(() => {
    // Where it cannot be had the general words stand, which name the operator too.
    if (isLead) call(listPeopleCall, {}).then(({ people }) => setOnly(people.filter(({ role, state }) => role === 'lead' && state === 'joined').length < 2), () => undefined)
  }, [isLead])
  const leave = async () => {
    setBusy(true)
    try {
      await call(leaveCall, {})
      location.assign('/')
    } catch (thrown) {
      setProblem(tell(thrown))
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog title={words.leaveTitle} action={common().buttons.leave} stay={words.stay} busy={busy} problem={problem} onConfirm={() => void leave()} onClose={onClose}>
      <p>{hasWay ? words.leaveWay : words.leaveWhat} {hasWay ? '' : isOnly ? words.leaveOnlyLead : isLead ? words.leaveLead : words.leaveAsk}</p>
    </ConfirmDialog>
  )
}
