import { useEffect, useRef, useState } from 'preact/hooks'
import { type DeskPhoto, giveCopyCall } from '../../../shared/photos.ts'
import { Button } from '../../kit/look/Button.tsx'
import { ConfirmDialog } from '../../kit/look/Dialog.tsx'
import { ProgressBar } from '../../kit/look/ProgressBar.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { size } from '../../kit/numbers.ts'
import { beside, tell } from '../../kit/problems.ts'
import { upload } from '../../kit/upload.ts'
import { reportWords } from '../words/report.ts'
import { thumbOf } from './picture.ts'
import { takeOriginal } from './take.ts'
import styles from './found.module.css'

/** A person opened the original elsewhere and gives what they saw, beside the phone's small copy: once, since it stands for the picture from then on. */
export function GiveCopy({ photo, onClose, load }: { photo: DeskPhoto; onClose: () => void; load: () => Promise<void> }) {
  const words = reportWords()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [part, setPart] = useState<number | null>(null)
  const [tried, setTried] = useState(false)
  const [thrown, setThrown] = useState<unknown>(null)
  const address = useAddress(file)
  const give = async () => {
    setTried(true)
    if (!file) return
    setPart(0)
    setThrown(null)
    try {
      await upload(giveCopyCall, { id: photo.id }, file, setPart)
      await load()
      toast(words.copyGiven)
      onClose()
    } catch (refused) {
      setThrown(refused)
      setPart(null)
    }
  }
  const problem = tried && !file ? words.chooseCopy : thrown === null ? undefined : beside(thrown, 'file') === undefined ? tell(thrown) : words.copyUnreadable
  return (
    <ConfirmDialog title={words.giveCopyTitle} action={words.giveCopyDo} busy={part !== null} problem={problem} onConfirm={() => void give()} onClose={onClose}>
      <ol class={styles['steps']}>
        <li>{words.copyStepTake} <Button small onClick={() => void takeOriginal(photo)}>{words.takeOriginal}</Button></li>
        <li>{words.copyStepOpen}</li>
        <li>{words.copyStepGive}</li>
      </ol>
      <div class={styles['pair']}>
        <figure><Shown src={thumbOf(photo)} /><figcaption>{words.smallCopy}</figcaption></figure>
        <figure>{address ? <Shown src={address} /> : <span class={styles['empty']} />}<figcaption>{file ? `${file.name}, ${size(file.size)}` : words.noCopyYet}</figcaption></figure>
      </div>
      <p><Button onClick={() => input.current?.click()}>{file ? words.chooseOtherCopy : words.chooseCopyFile}</Button></p>
      <input ref={input} type="file" accept="image/jpeg,image/png" hidden aria-label={words.chooseCopyFile} onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
      {part !== null && <ProgressBar label={words.giveCopyDo} value={part} />}
    </ConfirmDialog>
  )
}

/** There may be no small copy, and a file that is no picture. */
function Shown({ src }: { src: string }) {
  const [failed, setFailed] = useState<string | null>(null)
  return failed === src ? <span class={styles['empty']} /> : <img src={src} alt="" onError={() => setFailed(src)} />
}

function useAddress(file: File | null): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!file) return undefined
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return address
}
