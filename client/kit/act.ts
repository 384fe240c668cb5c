import { useState } from 'preact/hooks'
import { tell } from './problems.ts'

/** One thing that a dialog does. `thrown`: why it failed, null until it did; `trouble`: the same in words. */
export type Act = { busy: boolean; thrown: unknown; trouble: string | undefined; act: (work: () => Promise<void>) => void }

/** Does one thing in a dialog, and closes it when that went well. */
export function useAct(onClose: () => void): Act {
  const [busy, setBusy] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const act = (work: () => Promise<void>) => {
    setBusy(true)
    setThrown(null)
    work().then(onClose, (refused: unknown) => {
      setThrown(refused)
      setBusy(false)
    })
  }
  return { busy, thrown, trouble: thrown === null ? undefined : tell(thrown), act }
}
