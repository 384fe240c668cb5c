import { signal } from '@preact/signals'
import { type ReleasedPicture, downloadCall } from '../../shared/press.ts'
import { Problem } from '../../shared/problem.ts'
import { call } from '../kit/call.ts'
import { toast } from '../kit/look/Toasts.tsx'
import { tell } from '../kit/problems.ts'
import { leavesWith, withdraw } from './store.ts'
import { pressWords } from './words/press.ts'

/** Goes up when something was taken, so that what one has is asked anew. */
export const takesVersion = signal(0)

export type CopiedPart = keyof ReturnType<typeof pressWords>['copied']

/** Copies a text and says so. */
export async function copy(text: string, part: CopiedPart): Promise<boolean> {
  const words = pressWords()
  try {
    await navigator.clipboard.writeText(text)
    toast(words.copied[part])
    return true
  } catch {
    toast(words.notCopied)
    return false
  }
}

/** Takes the file, which is a fact in the mission's journal. A picture that is not there any more leaves the screen. */
export async function download({ id }: Pick<ReleasedPicture, 'id'>, size: 'web' | 'full'): Promise<void> {
  const words = pressWords()
  try {
    const { address, fileName } = await call(downloadCall, { id, size })
    const link = document.createElement('a')
    link.href = address
    link.download = fileName
    link.click()
    leavesWith(id, toast(words.downloading(fileName)))
    takesVersion.value += 1
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'not_found') withdraw(id)
    else toast(thrown instanceof Problem && thrown.code === 'conflict' ? words.waitFirst : tell(thrown))
  }
}

/** Whether this device can hand a picture on to another app. */
export const canShare = (): boolean => typeof navigator.canShare === 'function' && navigator.canShare({ files: [new File([''], 'veedor.jpg', { type: 'image/jpeg' })] })

/** Hands the file, with its caption, to the device's own sheet; it is a download, and written down as one. */
export async function share(picture: ReleasedPicture, text: string): Promise<void> {
  const words = pressWords()
  try {
    const { address, fileName } = await call(downloadCall, { id: picture.id, size: 'web' })
    const response = await fetch(address, { cache: 'no-store' })
    if (!response.ok) throw new Error('the file did not come')
    takesVersion.value += 1
    await navigator.share({ files: [new File([await response.blob()], fileName, { type: 'image/jpeg' })], text })
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'not_found') withdraw(picture.id)
    else if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) toast(thrown instanceof Problem && thrown.code === 'conflict' ? words.waitFirst : thrown instanceof DOMException ? words.notShared : tell(thrown))
  }
}
