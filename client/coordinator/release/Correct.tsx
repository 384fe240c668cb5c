import { useState } from 'preact/hooks'
import { type DeskRelease, correctCall } from '../../../shared/press.ts'
import { Problem } from '../../../shared/problem.ts'
import { call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { Dialog } from '../../kit/look/Dialog.tsx'
import { TextArea, TextField } from '../../kit/look/inputs.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn } from '../../kit/me.ts'
import { beside, tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { nameIn } from '../report/told.ts'
import { releaseWords } from '../words/release.ts'
import { flagsIn } from './captions.ts'
import { Flagged, Marked, inReadersOrder } from './Texts.tsx'
import styles from './correct.module.css'

/** The three files are made anew. */
const patienceSeconds = 300

/** What a release says, mended; and what whoever took it reads of that. */
export function Correct({ release, onClose, load }: { release: DeskRelease; onClose: () => void; load: () => Promise<void> }) {
  const words = releaseWords()
  const { correcting } = words
  const { languages, pack, credit: missionCredit } = signedIn().mission
  const [values, setValues] = useState({ captions: release.captions, alternatives: release.alternatives, credit: release.credit, wrong: '', right: '' })
  const [kept, setKept] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const set = (some: Partial<typeof values>) => {
    setThrown(null)
    setValues((before) => ({ ...before, ...some }))
  }
  const correct = async () => {
    setBusy(true)
    setThrown(null)
    try {
      await call(correctCall, { id: release.id, of: release.version, ...values, keptWords: [...kept] }, { timeoutSeconds: patienceSeconds })
      await load()
      toast(correcting.done)
      onClose()
    } catch (refused) {
      setThrown(refused)
      setBusy(false)
    }
  }
  const fields = thrown instanceof Problem ? (thrown.details.fields ?? []) : []
  const problem = (path: string): string | undefined => {
    const reason = fields.find((one) => one.path === path)?.reason
    return reason === 'does_not_agree' ? words.namesPlace : reason === 'blocks_release' ? words.decideWord : beside(thrown, path)
  }
  const texts = inReadersOrder(languages).flatMap((language) => (['captions', 'alternatives'] as const).map((field) => ({
    key: `${field}.${language}`, field, language, value: values[field][language] ?? '', onValue: (value: string) => set({ [field]: { ...values[field], [language]: value } }),
  })))
  const shown = (field: 'captions' | 'alternatives') => texts.filter((one) => one.field === field).map(({ key, language, value, onValue }) => (
    <Marked key={key} label={(field === 'captions' ? words.caption : words.alternative)(nameIn(language))} language={language} value={value} flags={flagsIn(pack, language, value, missionCredit)} kept={kept} problem={problem(key)} onValue={onValue} />
  ))
  const isSame = fields.some(({ path, reason }) => path === 'captions' && reason === 'repeated')
  const isBeside = fields.some(({ path }) => /^(captions\.|alternatives\.|credit|wrong|right)/.test(path))
  return (
    <Dialog
      title={correcting.title}
      wide
      busy={busy}
      onClose={onClose}
      actions={<><Button onClick={onClose} disabled={busy}>{common().buttons.cancel}</Button><Button kind="filled" busy={busy} onClick={() => void correct()}>{correcting.action}</Button></>}
    >
      <p>{correcting.what}</p>
      {shown('captions')}
      <Flagged pack={pack} credit={missionCredit} texts={texts} kept={kept} onKept={setKept} />
      {shown('alternatives')}
      <TextField label={words.credit} value={values.credit} onValue={(credit) => set({ credit })} problem={problem('credit')} maxLength={120} />
      <TextArea label={correcting.wrong} hint={correcting.read} value={values.wrong} onValue={(wrong) => set({ wrong })} problem={problem('wrong')} maxLength={500} rows={2} />
      <TextArea label={correcting.right} hint={correcting.read} value={values.right} onValue={(right) => set({ right })} problem={problem('right')} maxLength={500} rows={2} />
      {thrown !== null && !isBeside && <p class={styles['problem']} role="alert">{isSame ? correcting.same : tell(thrown)}</p>}
    </Dialog>
  )
}
