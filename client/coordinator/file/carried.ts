import { Sealed, openSealedCall } from '../../../shared/sealed.ts'
import { call } from '../../kit/call.ts'
import { madeWith, unseal } from '../../kit/seal.ts'

/** `report`: what was said later of that one; a report itself has none. */
export type Carried = { report?: string; id: string; statement: string; signature?: string | undefined; photos: File[] }

const newline = 10
/** A thousand statements of 64 kB fit. */
const mostHeadBytes = 70_000_000

/** `not_one`: no sealed file; `damaged`: it begins as one of this mission, and was cut or changed; `another`: sealed to another mission, or changed from its beginning on, which nobody can tell apart. */
export type NotOpened = 'not_one' | 'another' | 'damaged'

/** What a phone put into a sealed file, in the order in which it has to arrive. @throws NoAnswer, Problem; DOMException where it cannot be read */
export async function carriedIn(file: Blob): Promise<Carried[] | NotOpened> {
  const made = await madeWith(file)
  if (made === null) return 'not_one'
  const { key } = await call(openSealedCall, { made })
  const inside = await unseal(file, key)
  if (!(inside instanceof Blob)) return inside === 'shut' ? 'another' : 'damaged'
  const start = new Uint8Array(await inside.slice(0, mostHeadBytes).arrayBuffer())
  const end = start.indexOf(newline)
  const head = Sealed.safeParse(parsed(new TextDecoder().decode(start.subarray(0, Math.max(0, end)))))
  if (!head.success) return 'damaged'
  let at = end + 1
  return [...head.data.reports, ...head.data.amendments].map(({ photos, ...said }) => ({
    ...said,
    photos: photos.map(({ sha256, sizeBytes }) => {
      const bytes = inside.slice(at, at + sizeBytes)
      at += sizeBytes
      return new File([bytes], sha256)
    }),
  }))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
