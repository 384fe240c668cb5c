import { useEffect, useState } from 'preact/hooks'
import { groupedCode } from '../../../shared/codes.ts'
import type { ReplyOf } from '../../../shared/contract.ts'
import { makeTransferCall } from '../../../shared/people.ts'
import { call } from '../../kit/call.ts'
import { usePresent } from '../../kit/clock.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { QrCode } from '../../kit/look/QrCode.tsx'
import { tell } from '../../kit/problems.ts'
import { clock } from '../../kit/times.ts'
import { close } from '../nav.ts'
import { unsent } from '../outbox/steps.ts'
import { Screen } from '../parts/Screen.tsx'
import { mine, refused, signedOut } from '../state.ts'
import { phone } from '../words/index.ts'
import { late } from '../words/late.ts'
import styles from './menu.module.css'

/** A code that takes this account to another phone; what is unsent here is said first. */
export default function Transfer() {
  const words = late().transfer
  const now = usePresent(5)
  const [made, setMade] = useState<ReplyOf<typeof makeTransferCall> | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      setMade(await call(makeTransferCall, {}))
    } catch (thrown) {
      setTrouble(tell(thrown))
    }
    setBusy(false)
  }
  useEffect(() => void make(), [])
  const left = unsent(mine.value, refused.value)
  const isOver = made !== null && Date.parse(made.until) <= now.getTime()
  // A code that was used goes nowhere any more, and a new one cannot be asked for.
  if (made && signedOut.value) {
    return (
      <Screen title={words.title} onLeave={() => close()}>
        <section class={styles['part']}><Banner tone="good" alert title={words.done}>{words.doneWhat}</Banner></section>
      </Screen>
    )
  }
  return (
    <Screen title={words.title} onLeave={() => close()}>
      <section class={styles['part']}>
        <p>{words.what}</p>
        {trouble && <Banner tone="high" alert>{trouble}</Banner>}
        {made && !isOver && (
          <>
            <div class={styles['qr']}><QrCode text={new URL(made.link, location.origin).href} label={words.code} /></div>
            <p class={styles['code']}><code>{groupedCode(made.code)}</code></p>
            <p class={styles['more']}>{words.until(clock(made.until))}</p>
          </>
        )}
        {isOver && <p role="status">{words.over}</p>}
        <Button wide busy={busy} onClick={() => void make()}>{made ? words.again : words.make}</Button>
      </section>
      <section class={styles['part']}>
        <p>{words.ends}</p>
        {left.any && <Banner tone="medium">{words.unsent(phone().delivery.unsent(left.reports, left.photos))}</Banner>}
      </section>
    </Screen>
  )
}
