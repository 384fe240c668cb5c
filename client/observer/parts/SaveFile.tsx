import { useState } from 'preact/hooks'
import { Button } from '../../kit/look/Button.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { dayOf } from '../../kit/times.ts'
import type { Filed } from '../outbox/records.ts'
import { NoSealKey, handOver, sealUnsent } from '../outbox/seal.ts'
import { delivering } from '../words/delivery.ts'

/** One tap: what is unsent of these reports becomes one sealed file that any messenger or stick can carry to headquarters. `onTold`: says what came of it. */
export function SaveFile({ filed, onTold = toast }: { filed: readonly Filed[]; onTold?: (told: string) => void }) {
  const words = delivering().file
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const [first] = filed
      if (first && (await handOver(await sealUnsent(filed, first.mission, `veedor-${dayOf(new Date())}`))) === 'saved') onTold(words.saved)
    } catch (thrown) {
      onTold(thrown instanceof NoSealKey ? words.noKey : words.failed)
    } finally {
      setBusy(false)
    }
  }
  return <Button busy={busy} onClick={() => void save()}>{words.seal}</Button>
}
