import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { loadWords } from '../words/language.ts'

/** Reminders, fetched with their words after the desk stands; nothing is shown for them until then. */
export function LateReminders() {
  const [Shown, setShown] = useState<ComponentType | null>(null)
  useEffect(() => {
    import('./Reminders.tsx').then(async ({ Reminders }) => {
      await loadWords()
      setShown(() => Reminders)
    }, () => undefined)
  }, [])
  return Shown && <Shown />
}
