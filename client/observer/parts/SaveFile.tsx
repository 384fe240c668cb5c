import { useState } from 'preact/hooks'
import { Button } from '../../kit/look/Button.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { dayOf } from '../../kit/times.ts'
import type { Filed } from '../outbox/records.ts'
import { NoSealKey, handOver, sealUnsent } from '../outbox/seal.ts'
import { delivering } from '../words/delivery.ts'

/** One tap: what is unsent of these reports becomes one sealed file that any messenger or stick can carry to headquarters. */
export function SaveFile({ filed }: { filed: readonly Filed[] }) {
  const words = delivering().file
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const [first] = filed
      if (first && (await handOver(await sealUnsent(filed, first.mission, `veedor-${dayOf(new Date())}`))) === 'saved') toast(words.saved)
    } catch (thrown) {
      toast(thrown instanceof NoSealKey ? words.noKey : words.failed)
    } finally {
      setBusy(false)
    }
  }
  return <Button busy={busy} onClick={() => void save()}>{words.seal}</Button>
}
