import { type ReleasedPicture, downloadCall } from '../../shared/press.ts'
import { Problem } from '../../shared/problem.ts'
import { call } from '../kit/call.ts'
import { toast } from '../kit/look/Toasts.tsx'
import { tell } from '../kit/problems.ts'
import { leavesWith, withdraw } from './store.ts'
import { pressWords } from './words/press.ts'

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
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === 'not_found') withdraw(id)
    else toast(tell(thrown))
  }
}
