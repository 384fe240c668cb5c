import { type DeskPhoto, takeOriginalCall } from '../../../shared/photos.ts'
import { call } from '../../kit/call.ts'
import { toast } from '../../kit/look/Toasts.tsx'
import { tell } from '../../kit/problems.ts'
import { reportWords } from '../words/report.ts'

/** Takes the original's own bytes out of the house: a fact with one's name. */
export async function takeOriginal({ id }: Pick<DeskPhoto, 'id'>): Promise<void> {
  try {
    const { address, fileName } = await call(takeOriginalCall, { id })
    const link = document.createElement('a')
    link.href = address
    link.download = fileName
    link.click()
    toast(reportWords().originalTaken(fileName))
  } catch (thrown) {
    toast(tell(thrown))
  }
}
