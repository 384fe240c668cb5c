import { useState } from 'preact/hooks'
import { CircleCheck } from 'lucide-preact'
import { meCall, skipRegisterCall } from '../../../../shared/mission.ts'
import { Problem } from '../../../../shared/problem.ts'
import { type RegisterPreview, importRegisterCall, previewRegisterCall } from '../../../../shared/stations.ts'
import { call } from '../../../kit/call.ts'
import { useKey } from '../../../kit/keys.ts'
import { Banner } from '../../../kit/look/Banner.tsx'
import { Button } from '../../../kit/look/Button.tsx'
import { ProgressBar } from '../../../kit/look/ProgressBar.tsx'
import { signedIn, takeMe } from '../../../kit/me.ts'
import { tell } from '../../../kit/problems.ts'
import { upload } from '../../../kit/upload.ts'
import { setUpWords } from '../../words/setup.ts'
import { loadCounts } from '../counts.ts'
import { BackLink, Foot, StepPage } from '../Frame.tsx'
import { show } from '../route.ts'
import { DropFile } from './DropFile.tsx'
import { Preview } from './Preview.tsx'
import { fileTrouble } from './trouble.ts'
import styles from '../../../kit/list/list.module.css'

type State =
  | { is: 'empty' }
  | { is: 'reading'; name: string; part: number }
  | { is: 'previewed'; preview: RegisterPreview }
  | { is: 'imported'; stations: number; tables: number }

/** A file of stations: read, shown with every wrong line first and why, and imported when the person says so. */
export function RegisterStep() {
  const words = setUpWords()
  const { mission } = signedIn()
  const [state, setState] = useState<State>({ is: 'empty' })
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const read = async (file: File) => {
    setTrouble(null)
    setState({ is: 'reading', name: file.name, part: 0 })
    try {
      const preview = await upload(previewRegisterCall, {}, file, (part) => setState({ is: 'reading', name: file.name, part }))
      setState({ is: 'previewed', preview })
    } catch (thrown) {
      setTrouble(fileTrouble(thrown))
      setState({ is: 'empty' })
    }
  }

  const act = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setTrouble(null)
    try {
      await work()
    } catch (thrown) {
      setTrouble(thrown instanceof Problem && (thrown.code === 'conflict' || thrown.code === 'not_found') ? words.changedMeanwhile : tell(thrown))
    } finally {
      setBusy(false)
    }
  }
  const bring = ({ upload: id, right, wrong }: RegisterPreview) => act(async () => {
    const imported = await call(importRegisterCall, { upload: id, right, wrong }, { timeoutSeconds: 300 })
    await takeMe(await call(meCall, {}))
    loadCounts().catch(() => null)
    setState({ is: 'imported', ...imported })
  })
  const goOn = () => act(async () => {
    if (mission.step === 'register') await takeMe(await call(skipRegisterCall, {}))
    show('people')
  })

  const preview = state.is === 'previewed' ? state.preview : null
  const importable = preview !== null && preview.right > 0
  useKey('Enter', preview ? words.import(preview.right) : words.goOn, () => void (preview && importable ? bring(preview) : goOn()), { on: importable || state.is === 'imported' })

  return (
    <StepPage
      wide
      title={words.registerTitle}
      what={words.registerWhat}
      foot={(
        <Foot note={<Note state={state} without={mission.step === 'register'} />}>
          <BackLink to="checking" />
          {importable && <Button kind="filled" keyHint="Enter" busy={busy} onClick={() => void bring(preview)}>{words.import(preview.right)}</Button>}
          {!importable && !mission.open && <Button kind={state.is === 'imported' || mission.step === 'people' ? 'filled' : 'plain'} busy={busy} onClick={() => void goOn()}>{state.is === 'imported' || mission.step === 'people' ? words.goOn : words.skip}</Button>}
        </Foot>
      )}
    >
      {trouble && <Banner tone="high" alert>{trouble}</Banner>}
      {state.is === 'reading'
        ? <div class={styles['reading']} role="status"><p>{words.sending(state.name)}</p><ProgressBar label={words.sending(state.name)} value={state.part < 1 ? state.part : null} /></div>
        : <DropFile preview={preview} more={state.is === 'imported'} onFile={(file) => void read(file)} />}
      {preview && <Preview preview={preview} />}
      {state.is === 'imported' && <Banner tone="good" icon={CircleCheck} title={words.imported(state.stations, state.tables)}>{words.importedThen}</Banner>}
    </StepPage>
  )
}

/** What the button does. `without`: it would go on with no register. */
function Note({ state, without }: { state: State; without: boolean }) {
  const words = setUpWords()
  if (state.is === 'empty') return without ? <>{words.skipWhat}</> : null
  if (state.is !== 'previewed') return null
  const { right, wrong } = state.preview
  if (right === 0) return <>{words.noneRight}</>
  return wrong > 0 ? <><b>{words.leftOut(wrong)}</b> {words.leftOutThen}</> : <>{words.allRight}</>
}
