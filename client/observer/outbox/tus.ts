import { type PhotoId, maxPhotoBytes } from '../../../shared/photos.ts'
import { Problem, ProblemReply } from '../../../shared/problem.ts'
import { NoAnswer } from '../../kit/call.ts'

// The phone's side of tus 1.0 (https://tus.io/protocols/resumable-upload): create, ask how much is there, send a piece.
const address = '/api/uploads'
const version = { 'tus-resumable': '1.0.0' }

/** Begins the upload of a picture and returns its id. @throws Problem, NoAnswer */
export async function createUpload(photo: PhotoId, sizeBytes: number): Promise<string> {
  const response = await ask(address, { method: 'POST', headers: { ...version, 'upload-length': String(sizeBytes), 'upload-metadata': `photo ${btoa(photo)}` } })
  const upload = /([0-9a-f]{32})$/.exec(response.headers.get('location') ?? '')?.[1]
  if (response.status !== 201 || !upload) throw new NoAnswer('no upload')
  return upload
}

/** How many bytes have arrived; null when headquarters no longer has this upload. @throws Problem, NoAnswer */
export async function offsetOf(upload: string): Promise<number | null> {
  const response = await fetch(`${address}/${upload}`, { ...asOurs, method: 'HEAD', headers: version, signal: AbortSignal.timeout(60_000) }).catch(noAnswer)
  if (response.status === 404 || response.status === 410) return null
  // An answer to HEAD has no body to say what is wrong.
  if (response.status === 401) throw new Problem('not_signed_in')
  return offsetIn(response)
}

/** Sends the bytes that follow `offset` and returns how many have arrived. @throws Problem, NoAnswer */
export async function sendPiece(upload: string, offset: number, bytes: ArrayBuffer): Promise<number> {
  const headers = { ...version, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
  return offsetIn(await ask(`${address}/${upload}`, { method: 'PATCH', headers, body: bytes }))
}

const asOurs = { credentials: 'same-origin', cache: 'no-store', redirect: 'error' } as const

const noAnswer = (cause: unknown): never => {
  throw new NoAnswer('no answer', { cause })
}

async function ask(where: string, request: RequestInit): Promise<Response> {
  const response = await fetch(where, { ...asOurs, ...request, signal: AbortSignal.timeout(300_000) }).catch(noAnswer)
  if (response.ok) return response
  const reply = ProblemReply.safeParse(await response.json().catch(() => null))
  if (!reply.success) throw new NoAnswer(`${response.status} not ours`)
  const { problem, ...details } = reply.data
  throw new Problem(problem, details)
}

/** An offset counts only from an answer that is a tus server's: a filter's page has none. */
function offsetIn(response: Response): number {
  const offset = Number(response.headers.get('upload-offset') ?? 'none')
  if (!response.ok || !response.headers.has('tus-resumable') || !Number.isSafeInteger(offset) || offset < 0 || offset > maxPhotoBytes) throw new NoAnswer(`${response.status} not tus`)
  return offset
}
