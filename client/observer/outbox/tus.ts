import { type PhotoId, maxPhotoBytes } from '../../../shared/photos.ts'
import { Problem, ProblemReply } from '../../../shared/problem.ts'
import { NoAnswer } from '../../kit/call.ts'

// The phone's side of tus 1.0 (https://tus.io/protocols/resumable-upload): create, ask how much is there, send a piece.
const address = '/api/uploads'
const version = { 'tus-resumable': '1.0.0' }

/** How long an answer is waited for, and what ends the waiting sooner. */
export type Waiting = { seconds: number; signal: AbortSignal }

/** Begins the upload of a picture, and returns its id and how many bytes need not be sent: all of them where headquarters has it already. @throws Problem, NoAnswer */
export async function createUpload(photo: PhotoId, sizeBytes: number, waiting: Waiting): Promise<{ upload: string; offset: number }> {
  const response = await ask(address, waiting, { method: 'POST', headers: { ...version, 'upload-length': String(sizeBytes), 'upload-metadata': `photo ${btoa(photo)}` } })
  const upload = /([0-9a-f]{32})$/.exec(response.headers.get('location') ?? '')?.[1]
  if (response.status !== 201 || !upload || !isTus(response)) throw new NoAnswer('no upload')
  return { upload, offset: response.headers.has('upload-offset') ? offsetIn(response) : 0 }
}

/** How many bytes have arrived; null when headquarters no longer has this upload. @throws Problem, NoAnswer */
export async function offsetOf(upload: string, waiting: Waiting): Promise<number | null> {
  const response = await waited(waiting, (signal) => fetch(`${address}/${upload}`, { ...asOurs, method: 'HEAD', headers: version, signal }))
  // An answer to HEAD has no body to say what is wrong, nor whose it is.
  if (isTus(response)) {
    if (response.status === 404 || response.status === 410) return null
    if (response.status === 401) throw new Problem('not_signed_in')
  }
  return offsetIn(response)
}

/** Sends the bytes that follow `offset` and returns how many have arrived. @throws Problem, NoAnswer */
export async function sendPiece(upload: string, offset: number, bytes: ArrayBuffer, waiting: Waiting): Promise<number> {
  const headers = { ...version, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
  return offsetIn(await ask(`${address}/${upload}`, waiting, { method: 'PATCH', headers, body: bytes }))
}

const asOurs = { credentials: 'same-origin', cache: 'no-store', redirect: 'error' } as const

async function ask(where: string, waiting: Waiting, request: RequestInit): Promise<Response> {
  const { response, reply } = await waited(waiting, async (signal) => {
    const answer = await fetch(where, { ...asOurs, ...request, signal })
    return { response: answer, reply: answer.ok ? null : ProblemReply.safeParse(await answer.json().catch(() => null)) }
  })
  if (!reply) return response
  if (!reply.success) throw new NoAnswer(`${response.status} not ours`)
  const { problem, ...details } = reply.data
  throw new Problem(problem, details)
}

/** Not AbortSignal.any: what runs here must also run on phones that do not know it. */
async function waited<Answer>({ seconds, signal }: Waiting, act: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const control = new AbortController()
  const give = () => control.abort()
  const timer = setTimeout(give, seconds * 1000)
  if (signal.aborted) give()
  signal.addEventListener('abort', give, { once: true })
  try {
    return await act(control.signal)
  } catch (cause) {
    throw new NoAnswer('no answer', { cause })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', give)
  }
}

/** Whether headquarters answered, and no hotel's page or filter on the way. */
const isTus = ({ headers }: Response): boolean => headers.has('tus-resumable')

function offsetIn(response: Response): number {
  const offset = Number(response.headers.get('upload-offset') ?? 'none')
  if (!response.ok || !isTus(response) || !Number.isSafeInteger(offset) || offset < 0 || offset > maxPhotoBytes) throw new NoAnswer(`${response.status} not tus`)
  return offset
}
