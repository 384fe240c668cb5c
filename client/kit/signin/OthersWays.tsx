import { useEffect, useState } from 'preact/hooks'
import { KeyRound, RectangleEllipsis, Trash2 } from 'lucide-preact'
import type { ReplyOf } from '../../../shared/contract.ts'
import type { Person } from '../../../shared/people.ts'
import { endWaysCall, waysOfCall } from '../../../shared/signin.ts'
import { useAct } from '../act.ts'
import { call } from '../call.ts'
import { Banner } from '../look/Banner.tsx'
import { Button } from '../look/Button.tsx'
import { ConfirmDialog } from '../look/Dialog.tsx'
import { IconButton } from '../look/IconButton.tsx'
import { stroke } from '../look/icon.ts'
import { Skeleton } from '../look/Skeleton.tsx'
import { toast } from '../look/Toasts.tsx'
import { signedIn } from '../me.ts'
import { tell } from '../problems.ts'
import { moment } from '../times.ts'
import { common } from '../words/common.ts'
import { signInWords } from './words/signin.ts'
import styles from './signin.module.css'

/** How somebody of the staff signs in, for a lead, who ends what was lost. `onEnded`: the person is signed out everywhere. */
export function OthersWays({ person, onEnded }: { person: Person; onEnded: () => void }) {
  const words = signInWords()
  const [ways, setWays] = useState<ReplyOf<typeof waysOfCall> | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [ending, setEnding] = useState<{ passkey: string | null } | null>(null)
  const load = async () => {
    try {
      setWays(await call(waysOfCall, { id: person.id }))
      setTrouble(null)
    } catch (thrown) {
      setTrouble(tell(thrown))
    }
  }
  useEffect(() => void load(), [])
  const isSelf = person.id === signedIn().person.id
  const hasAny = ways !== null && (ways.passkeys.length > 0 || ways.passphraseSince !== null || ways.recoveryCodesLeft > 0)
  return (
    <section class={styles['parts']} aria-label={words.waysOf(person.name)}>
      <h3>{words.waysOf(person.name)}</h3>
      {trouble && <Banner tone="high" alert action={<Button small onClick={() => void load()}>{common().buttons.again}</Button>}>{trouble}</Banner>}
      {ways === null && !trouble && <Skeleton lines={2} tall />}
      {ways && !hasAny && <p class={styles['quiet']}>{words.waysNone}</p>}
      {ways && hasAny && (
        <ul class={styles['list']}>
          {ways.passkeys.map(({ id, device, host, here, madeAt, lastUsedAt }) => (
            <li key={id} class={styles['line']} data-passkey={id}>
              <KeyRound {...stroke} />
              <span>{words.passkeyFrom(device, moment(madeAt))}<small>{[lastUsedAt && words.usedLast(moment(lastUsedAt)), !here && words.elsewhere(host)].filter(Boolean).join(', ')}</small></span>
              {!isSelf && <IconButton icon={Trash2} label={words.endPasskey} onClick={() => setEnding({ passkey: id })} />}
            </li>
          ))}
          {ways.passphraseSince && <li class={styles['line']}><RectangleEllipsis {...stroke} /><span>{words.passphraseSince(moment(ways.passphraseSince))}</span></li>}
          <li class={styles['line']}><span /><span>{words.codesLeft(ways.recoveryCodesLeft)}</span></li>
        </ul>
      )}
      {hasAny && isSelf && <p class={styles['quiet']}>{words.ownElsewhere}</p>}
      {hasAny && !isSelf && <div class={styles['buttons']}><Button small onClick={() => setEnding({ passkey: null })}>{words.endAll}</Button></div>}
      {ending && <End person={person} passkey={ending.passkey} onClose={() => setEnding(null)} onEnded={() => { void load(); onEnded() }} />}
    </section>
  )
}

function End({ person, passkey, onClose, onEnded }: { person: Person; passkey: string | null; onClose: () => void; onEnded: () => void }) {
  const words = signInWords()
  const { busy, trouble, act } = useAct(onClose)
  const end = () => act(async () => {
    await call(endWaysCall, { id: person.id, passkey })
    toast(words.waysEnded(person.name))
    onEnded()
  })
  return (
    <ConfirmDialog title={passkey === null ? words.endAllTitle(person.name) : words.endPasskeyTitle(person.name)} action={passkey === null ? words.endAll : words.endPasskey} danger busy={busy} problem={trouble} onConfirm={end} onClose={onClose}>
      <p>{passkey === null ? words.endAllWhat : words.endPasskeyWhat}</p>
      <p>{words.endTold}</p>
    </ConfirmDialog>
  )
}
