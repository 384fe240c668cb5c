import { Sealed, openSealedCall } from '../../../shared/sealed.ts'
import { call } from '../../kit/call.ts'
import { madeWith, unseal } from '../../kit/seal.ts'

export type Carried = { id: string; statement: string; signature?: string | undefined; photos: File[] }

const newline = 10
/** A thousand statements of 64 kB fit. */
const mostHeadBytes = 70_000_000

/** What a phone put into a sealed file. `not_one`: no such file, or cut or changed on its way; `another`: sealed to another mission, or before this one had its key. @throws NoAnswer, Problem */
export async function carriedIn(file: Blob): Promise<Carried[] | 'not_one' | 'another'> {
  const made = await madeWith(file)
  if (made === null) return 'not_one'
  const { key } = await call(openSealedCall, { made })
  const inside = await unseal(file, key)
  if (!inside) return 'another'
  const start = new Uint8Array(await inside.slice(0, mostHeadBytes).arrayBuffer())
  const end = start.indexOf(newline)
  const head = Sealed.safeParse(parsed(new TextDecoder().decode(start.subarray(0, Math.max(0, end)))))
  if (!head.success) return 'not_one'
  let at = end + 1
  return head.data.reports.map(({ photos, ...report }) => ({
    ...report,
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
