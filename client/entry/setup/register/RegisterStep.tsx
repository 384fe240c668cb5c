import { useState } from 'preact/hooks'
import { CircleCheck } from 'lucide-preact'
import { meCall, skipRegisterCall } from '../../../../shared/mission.ts'
import { type RegisterPreview, importRegisterCall, previewRegisterCall } from '../../../../shared/stations.ts'
import { call } from '../../../kit/call.ts'
import { useKey } from '../../../kit/keys.ts'
import { Sending, useListFile } from '../../../kit/list/Reading.tsx'
import { Banner } from '../../../kit/look/Banner.tsx'
import { Button } from '../../../kit/look/Button.tsx'
import { signedIn, takeMe } from '../../../kit/me.ts'
import { upload } from '../../../kit/upload.ts'
import { setUpWords } from '../../words/setup.ts'
import { loadCounts } from '../counts.ts'
import { BackLink, Foot, StepPage } from '../Frame.tsx'
import { show } from '../route.ts'
import { DropFile } from './DropFile.tsx'
import { Preview } from './Preview.tsx'
import { fileTrouble } from './trouble.ts'

type Imported = { stations: number; tables: number }

/** A file of stations: read, shown with every wrong line first and why, and imported when the person says so. */
export function RegisterStep() {
  const words = setUpWords()
  const { mission } = signedIn()
  const { state, trouble, busy, read, act, empty } = useListFile<RegisterPreview>({ send: (file, onPart) => upload(previewRegisterCall, {}, file, onPart), why: fileTrouble, changed: words.changedMeanwhile })
  // Until another file is read.
  const [before, setBefore] = useState<Imported | null>(null)
  const imported = state.is === 'empty' ? before : null
  const bring = ({ upload: id, right, wrong }: RegisterPreview) => act(async () => {
    setBefore(await call(importRegisterCall, { upload: id, right, wrong }, { timeoutSeconds: 300 }))
    await takeMe(await call(meCall, {}))
    loadCounts().catch(() => null)
    empty()
  })
  const goOn = () => act(async () => {
    if (mission.step === 'register') await takeMe(await call(skipRegisterCall, {}))
    show('people')
  })

  const preview = state.is === 'previewed' ? state.preview : null
  const importable = preview !== null && preview.right > 0
  useKey('Enter', preview ? words.import(preview.right) : words.goOn, () => void (preview && importable ? bring(preview) : goOn()), { on: importable || imported !== null })

  return (
    <StepPage
      wide
      title={words.registerTitle}
      what={words.registerWhat}
      foot={(
        <Foot note={<Note preview={preview} without={mission.step === 'register' && state.is === 'empty' && !imported} />}>
          <BackLink to="checking" />
          {importable && <Button kind="filled" keyHint="Enter" busy={busy} onClick={() => void bring(preview)}>{words.import(preview.right)}</Button>}
          {!importable && !mission.open && <Button kind={imported || mission.step === 'people' ? 'filled' : 'plain'} busy={busy} onClick={() => void goOn()}>{imported || mission.step === 'people' ? words.goOn : words.skip}</Button>}
        </Foot>
      )}
    >
      {trouble && <Banner tone="high" alert>{trouble}</Banner>}
      {state.is === 'reading'
        ? <Sending words={words.sending(state.name)} part={state.part} />
        : <DropFile preview={preview} more={imported !== null} onFile={read} />}
      {preview && <Preview preview={preview} />}
      {imported && <Banner tone="good" icon={CircleCheck} title={words.imported(imported.stations, imported.tables)}>{words.importedThen}</Banner>}
    </StepPage>
  )
}

/** What the button does. `without`: it would go on with no register. */
function Note({ preview, without }: { preview: RegisterPreview | null; without: boolean }) {
  const words = setUpWords()
  if (!preview) return without ? <>{words.skipWhat}</> : null
  const { right, wrong } = preview
  if (right === 0) return <>{words.noneRight}</>
  return wrong > 0 ? <><b>{words.leftOut(wrong)}</b> {words.leftOutThen}</> : <>{words.allRight}</>
}
