import { useState } from 'preact/hooks'
import { closeMissionCall, reopenMissionCall } from '../../../shared/mission.ts'
import { call } from '../../kit/call.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { TextField } from '../../kit/look/inputs.tsx'
import { signedIn, takeMe } from '../../kit/me.ts'
import { beside, tell } from '../../kit/problems.ts'
import { setUpWords } from '../words/setup.ts'
import styles from './open.module.css'

/** The end of the mission for its observers, once the lead has typed its name; and the way back. */
export function CloseMission() {
  const words = setUpWords()
  const { mission } = signedIn()
  const [asking, setAsking] = useState(false)
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    setThrown(null)
    try {
      await work()
      setAsking(false)
    } catch (refused) {
      setThrown(refused)
    }
    setBusy(false)
  }
  const close = () => act(async () => takeMe(await call(closeMissionCall, { name })))
  const reopen = () => act(async () => takeMe(await call(reopenMissionCall, {})))
  const trouble = thrown === null || beside(thrown, 'name') ? undefined : tell(thrown)
  return (
    <section class={styles['rules']}>
      <h2>{words.closeTitle}</h2>
      {mission.closed
        ? <Banner tone="medium" title={words.closedNow} action={<Button small busy={busy} onClick={() => void reopen()}>{words.reopen}</Button>}>{words.reopenWhat}</Banner>
        : <><p>{words.closeWhat}</p><div><Button kind="danger" onClick={() => setAsking(true)}>{words.closeDo}</Button></div></>}
      {trouble && !asking && <Banner tone="high" alert>{trouble}</Banner>}
      {asking && (
        <ConfirmDialog title={words.closeAsk} action={words.closeDo} danger busy={busy} problem={trouble} onConfirm={() => void close()} onClose={() => setAsking(false)}>
          <p>{words.closeWhat}</p>
          <TextField
            label={words.closeName(mission.name)} value={name} onValue={setName} problem={beside(thrown, 'name') && words.closeDiffers} autocomplete="off"
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              // It stands within the step's own form.
              event.preventDefault()
              void close()
            }}
          />
        </ConfirmDialog>
      )}
    </section>
  )
}
