import { useState } from 'preact/hooks'
import { Monitor, Smartphone } from 'lucide-preact'
import type { SignIn } from '../../../shared/signin.ts'
import { useAct } from '../act.ts'
import { usePresent } from '../clock.ts'
import { Button } from '../look/Button.tsx'
import { ConfirmDialog } from '../look/Dialog.tsx'
import { stroke } from '../look/icon.ts'
import { Tag } from '../look/Tag.tsx'
import { toast } from '../look/Toasts.tsx'
import { tell } from '../problems.ts'
import { ago, moment } from '../times.ts'
import { signInWords } from './words/signin.ts'
import styles from './signin.module.css'

type SessionsProps = { signIns: readonly SignIn[]; end: (id: string) => Promise<unknown>; onChange: () => void; know?: (id: string) => Promise<unknown> }

/** Where somebody is signed in, each to be ended. `know`: says of a new one that it was oneself. */
export function Sessions({ signIns, end, know, onChange }: SessionsProps) {
  const words = signInWords()
  const now = usePresent(30)
  const [ending, setEnding] = useState<SignIn | null>(null)
  if (signIns.length === 0) return <p class={styles['quiet']}>{words.nowhere}</p>
  const sayKnown = (id: string) => void know?.(id).then(onChange, (thrown: unknown) => toast(tell(thrown)))
  return (
    <>
      <ul class={styles['list']}>
        {signIns.map((one) => {
          const Drawn = /Android|iPhone|iPad/.test(one.device) ? Smartphone : Monitor
          return (
            <li key={one.id} class={styles['line']} data-sign-in={one.id}>
              <Drawn {...stroke} />
              <span>
                <b>{one.device || words.unknownDevice}</b> {one.here && <Tag tone="good">{words.here}</Tag>} {one.newDevice && <Tag tone="medium">{words.newDevice}</Tag>}
                <small>{[words.since(moment(one.since, now)), words.heard(ago(one.lastHeardAt, now)), one.address && words.from(one.address)].filter(Boolean).join(', ')}</small>
              </span>
              <span class={styles['ends']}>
                {one.newDevice && know && <Button small onClick={() => sayKnown(one.id)}>{words.itWasMe}</Button>}
                {!one.here && <Button small onClick={() => setEnding(one)}>{words.end}</Button>}
              </span>
            </li>
          )
        })}
      </ul>
      {ending && <End end={() => end(ending.id)} onClose={() => setEnding(null)} onEnded={onChange} />}
    </>
  )
}

function End({ end, onClose, onEnded }: { end: () => Promise<unknown>; onClose: () => void; onEnded: () => void }) {
  const words = signInWords()
  const { busy, trouble, act } = useAct(onClose)
  const confirm = () => act(async () => {
    await end()
    toast(words.ended)
    onEnded()
  })
  return <ConfirmDialog title={words.endTitle} action={words.end} danger busy={busy} problem={trouble} onConfirm={confirm} onClose={onClose}><p>{words.endWhat}</p></ConfirmDialog>
}
