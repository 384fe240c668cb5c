import { createHash, randomBytes } from 'node:crypto'
import { amendReportCall } from '../../shared/amendments.ts'
import type { Amendment } from '../../shared/amendments.ts'
import type { SentOf } from '../../shared/contract.ts'
import type { Statement } from '../../shared/reports.ts'
import { fileReportCall } from '../../shared/reports.ts'
import { completePhotoCall, photoId, sendPreviewCall } from '../../shared/photos.ts'
import { readRegister } from './register.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import type { Caller, TestHouse } from './house.ts'

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What a report is filed in: a house, and the hour it is there. */
type Filed = { db: Pick<TestHouse['db'], 'readers'> } & { clock: Pick<TestHouse['clock'], 'now'> }

/** A statement as a phone makes it, about `counting.unfolded_ballots` at no station unless said. */
export async function statementOf(house: Filed, author: Caller, given: Partial<Statement> & { pictures?: Uint8Array[] } = {}): Promise<Statement> {
  const { pictures = [], ...own } = given
  const mission = await house.db.readers.selectFrom('mission').select('id').executeTakeFirstOrThrow()
  const at = house.clock.now()
  return {
    v: 1, mission: mission.id, type: 'report', id: uuid7(Date.parse(at)), author: author.id, category: 'counting.unfolded_ballots', severity: 'critical', station: null, table: null, atStation: true, position: null,
    times: { observedAt: at, finishedAt: at, zone: 'America/El_Salvador' }, words: 'The second stack is flat.', language: 'en',
    photos: pictures.map((bytes) => ({ sha256: hashOf(bytes), sizeBytes: bytes.length, how: 'phone_camera', position: null, capturedAt: at })),
    ...own,
  }
}

/** Files a report through the front door; its pictures are named, not sent. */
export async function file(house: Filed, author: Caller, given: Parameters<typeof statementOf>[2] = {}): Promise<Statement & { number: number; receipt: string }> {
  const statement = await statementOf(house, author, given)
  const { reply, status } = await author.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), sentAt: house.clock.now() })
  if (status !== 201) throw new Error(`Not filed: ${JSON.stringify(reply)}`)
  return { ...statement, number: reply.number, receipt: reply.signed }
}

/** What a phone says of a report later: a correction of its words unless said. */
export async function amendmentOf(house: Filed, author: Caller, report: string, given: Partial<Amendment> & { pictures?: Uint8Array[] } = {}): Promise<SentOf<typeof amendReportCall>> {
  const { pictures = [], ...own } = given
  const { id: mission } = await house.db.readers.selectFrom('mission').select('id').executeTakeFirstOrThrow()
  const at = house.clock.now()
  const statement: Amendment = {
    v: 1, mission, type: 'correction', id: uuid7(Date.parse(at)), reportId: report, author: author.id, times: { finishedAt: at, zone: 'America/El_Salvador' }, words: 'The third stack is flat.', language: 'en',
    photos: pictures.map((bytes) => ({ sha256: hashOf(bytes), sizeBytes: bytes.length, how: 'phone_camera', position: null, capturedAt: at })), ...own,
  }
  return { report, id: statement.id, statement: JSON.stringify(statement), sentAt: at }
}

export const amend = async (house: Filed, author: Caller, report: string, given: Parameters<typeof amendmentOf>[3] = {}) => author.call(amendReportCall, await amendmentOf(house, author, report, given))

/** Begins a resumable upload and gives its id; `offset`: what of it need not be sent, where that was said. */
export async function beginUpload(author: Caller, photo: string, sizeBytes: number): Promise<{ status: number; upload: string; offset: string | null }> {
  const response = await author.fetch('/api/uploads', { method: 'POST', headers: { 'Tus-Resumable': '1.0.0', 'Upload-Length': String(sizeBytes), 'Upload-Metadata': `photo ${Buffer.from(photo).toString('base64')}` } })
  return { status: response.status, upload: response.headers.get('location')?.split('/').at(-1) ?? '', offset: response.headers.get('upload-offset') }
}

export const sendPiece = (author: Caller, upload: string, offset: number, bytes: Uint8Array): Promise<Response> =>
  author.fetch(`/api/uploads/${upload}`, { method: 'PATCH', headers: { 'Tus-Resumable': '1.0.0', 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' }, body: bytes as BodyInit })

/** Sends an original whole and completes it. */
export async function sendOriginal(author: Caller, report: string, bytes: Uint8Array) {
  const id = photoId(report, hashOf(bytes))
  const { upload } = await beginUpload(author, id, bytes.length)
  await sendPiece(author, upload, 0, bytes)
  return author.call(completePhotoCall, { id, upload })
}

export const sendPreview = (author: Caller, report: string, original: Uint8Array, preview: Uint8Array) => author.call(sendPreviewCall, { id: photoId(report, hashOf(original)) }, { bytes: preview })

/** Stations through the real reading of a register and the real action. */
export async function giveStations(house: TestHouse, lead: Caller, lines: string[]): Promise<void> {
  await readRegister(lead, `station_code,station_name,department,municipality,district,latitude,longitude,table\n${lines.join('\n')}\n`)
}

export const noise = (bytes: number): Uint8Array => randomBytes(bytes)
