import type { Uuid } from '../../../shared/basics.ts'
import { type Sealed, sealKeyCall, sealedEnding } from '../../../shared/sealed.ts'
import { call } from '../../kit/call.ts'
import { seal } from '../../kit/seal.ts'
import { isDelivered } from './standing.ts'
import { keep, kept, original } from './queue.ts'
import type { Filed, FiledPhoto } from './records.ts'

/** Asks what files are sealed to and keeps it, for the day when nothing can be asked. */
export async function learnSealKey(mission: Uuid): Promise<void> {
  const { sealedTo } = await call(sealKeyCall, {}, { timeoutSeconds: 20 })
  await keep('sealKey', { mission, sealedTo })
}

/** Headquarters never told this phone what to seal to: it has not spoken to it since it could. */
export class NoSealKey extends Error {}

/**
 * Everything of these reports that headquarters has not confirmed, also what was said of them later, in one file that only their mission opens: statements and signatures as they were made, originals to the byte. Nothing on the
 * phone changes by it.
 * @throws NoSealKey
 */
export async function sealUnsent(filed: readonly Filed[], mission: Uuid, name: string): Promise<File> {
  const known = await kept('sealKey')
  if (known?.mission !== mission) throw new NoSealKey('no key')
  const bytes: Blob[] = []
  const named = async (report: Uuid, { id, statement, signature }: Pick<Filed, 'id' | 'statement' | 'signature'>, photos: readonly FiledPhoto[]) => {
    const names: Sealed['reports'][number]['photos'] = []
    for (const { sha256, sizeBytes } of photos.filter((photo) => photo.receivedAt === null)) {
      const blob = await original(report, sha256)
      // What this phone can no longer read cannot be carried either; the words can.
      if (blob?.size !== sizeBytes) continue
      names.push({ sha256, sizeBytes })
      bytes.push(blob)
    }
    return { id, statement, ...(signature !== undefined && { signature }), photos: names }
  }
  const head: Sealed = { v: 1, mission, reports: [], amendments: [] }
  for (const one of filed) {
    const photos = one.photos.filter(({ by }) => by === undefined)
    if (!isDelivered({ ...one, photos, amendments: [] })) head.reports.push(await named(one.id, one, photos))
  }
  for (const { id: report, photos, amendments = [] } of filed) {
    for (const said of amendments) {
      const brought = photos.filter(({ by }) => by === said.id)
      if (said.receipt === null || brought.some(({ receivedAt }) => receivedAt === null)) head.amendments.push({ report, ...(await named(report, said, brought)) })
    }
  }
  const sealed = await seal(new Blob([`${JSON.stringify(head)}\n`, ...bytes]), known.sealedTo)
  return new File([sealed], `${name}${sealedEnding}`, { type: 'application/octet-stream' })
}

/** Hands a file to whatever its owner chooses: a messenger, where the phone can share a file, else the folder of downloads. A phone whose sharing does not take it saves it. */
export async function handOver(file: File): Promise<'shared' | 'saved' | 'stopped'> {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] })
      return 'shared'
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'AbortError') return 'stopped'
    }
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  // The download has to have begun before its address goes.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return 'saved'
}
