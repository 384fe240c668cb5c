import { completePhotoCall, photoId } from '../../../shared/photos.ts'
import { fileReportCall } from '../../../shared/reports.ts'
import { call } from '../../kit/call.ts'
import { changeFiled } from './queue.ts'
import type { Filed } from './records.ts'
import { instant } from './statement.ts'

/** Whether headquarters has something of it that it has not signed for yet. */
export const lacksReceipts = ({ receipt, photos }: Filed): boolean => receipt !== null && (receipt.signed === undefined || photos.some((photo) => photo.receivedAt !== null && photo.signed === undefined))

// Whatever upload is named: a picture that is received already is answered by its receipt.
const anyUpload = '0'.repeat(32)

/** Sends what was received once more, byte for byte, and keeps the receipts that come back: the same as ever, now signed. @throws Problem, NoAnswer */
export async function askReceipts(filed: Filed): Promise<void> {
  const { number, receivedAt, signed } = await call(fileReportCall, { id: filed.id, statement: filed.statement, ...(filed.signature !== undefined && { signature: filed.signature }), sentAt: instant(Date.now()) })
  await changeFiled(filed.id, (present) => ({ ...present, receipt: { number, receivedAt, signed } }))
  for (const { sha256 } of filed.photos.filter((photo) => photo.receivedAt !== null && photo.signed === undefined)) {
    const receipt = await call(completePhotoCall, { id: photoId(filed.id, sha256), upload: anyUpload })
    await changeFiled(filed.id, (present) => ({ ...present, photos: present.photos.map((photo) => (photo.sha256 === sha256 ? { ...photo, signed: receipt.signed } : photo)) }))
  }
}
