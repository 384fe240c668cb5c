import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import type { Request, Response } from 'express'
import { randomBytes } from 'node:crypto'
import { PhotoId, maxPhotoBytes } from '../../../shared/photos.ts'
import { Problem } from '../../../shared/problem.ts'
import type { PersonActor } from '../journal/work.ts'
import { isOwnPage } from './origin.ts'
import { allow, person } from './serve.ts'
import type { Doors } from './serve.ts'

const address = '/api/uploads'

export type UploadRules = {
  /** Is this person's picture, of this many bytes, at headquarters already? @throws Problem */
  isHere: (actor: PersonActor, photo: PhotoId, sizeBytes: number) => Promise<boolean>
  /** May this person send this picture, of this many bytes? Makes the upload's row. @throws Problem */
  begin: (actor: PersonActor, photo: PhotoId, sizeBytes: number, upload: string) => Promise<void>
  /** Is this upload this person's? */
  isOwner: (actor: PersonActor, upload: string) => Promise<boolean>
}

/**
 * Resumable bytes in, tus 1.0: moves bytes only. Identity, role and owner are checked on every verb before the library sees the request; whether a picture is
 * complete is decided by `completePhoto` alone, since the library calls an upload complete even when its finish hook fails, and does not sync.
 */
export function serveUploads(doors: Doors, rules: UploadRules): void {
  // The library asks for a new upload's name with a request of its own making; the one that came names ours.
  const begun = new WeakMap<object, string>()
  const tus = new Server({
    path: address,
    datastore: new FileStore({ directory: doors.uploads.folder }),
    relativeLocation: true,
    maxSize: maxPhotoBytes,
    respectForwardedHeaders: false,
    namingFunction: (request) => begun.get((request as { runtime?: { node?: { req?: object } } }).runtime?.node?.req ?? {}) ?? '',
    onResponseError: (_request, error) => ('status_code' in error ? { status_code: error.status_code, body: '' } : { status_code: 500, body: '' }),
  })
  const handle = async (request: Request, response: Response): Promise<void> => {
    // Also where it is refused: that an upload is gone a phone believes no page of a hotel's network.
    response.set('Tus-Resumable', '1.0.0')
    if (!['POST', 'HEAD', 'PATCH', 'DELETE'].includes(request.method)) throw new Problem('not_found')
    if (request.method !== 'HEAD' && !isOwnPage(request)) throw new Problem('not_allowed')
    const actor = await person(doors, request)
    allow({ who: ['observer'], token: false, name: 'uploads' }, actor)
    // What the library would take for another verb: each verb has its own checks.
    delete request.headers['x-http-method-override']
    const upload = String(request.params['upload'] ?? '')
    if (request.method === 'POST' && !upload) {
      const { photo, sizeBytes } = askedIn(request)
      const name = randomBytes(16).toString('hex')
      // An upload that is whole before it begins: the phone asks for its receipt next, as after a last piece.
      if (await rules.isHere(actor, photo, sizeBytes)) return void response.status(201).set({ 'Upload-Offset': String(sizeBytes), Location: `${address}/${name}` }).end()
      await doors.disk.ask('originals')
      await rules.begin(actor, photo, sizeBytes, name)
      begun.set(request, name)
    } else if (!/^[0-9a-f]{32}$/.test(upload) || !(await rules.isOwner(actor, upload))) throw new Problem('not_found')
    stripCors(response)
    if (request.method !== 'PATCH') return tus.handle(request, response)
    await doors.disk.ask('originals')
    const here = async () => (await doors.uploads.size(upload)) ?? 0
    await doors.limits.receiving(actor.id, request, async () => {
      const before = await here()
      // What came counts, also where it was cut.
      await tus.handle(request, response).finally(async () => doors.limits.received(actor.id, (await here()) - before))
    })
  }
  doors.router.all(address, handle)
  doors.router.all(`${address}/:upload`, handle)
}

function askedIn(request: Request): { photo: PhotoId; sizeBytes: number } {
  const photo = PhotoId.safeParse(metadataOf(request.headers['upload-metadata'])['photo'])
  const sizeBytes = Number(request.headers['upload-length'])
  if (!photo.success) throw new Problem('invalid_input', { fields: [{ path: 'photo', reason: 'format' }] })
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 1) throw new Problem('invalid_input', { fields: [{ path: 'sizeBytes', reason: 'format' }] })
  if (sizeBytes > maxPhotoBytes) throw new Problem('too_large', { limit: maxPhotoBytes })
  return { photo: photo.data, sizeBytes }
}

/** tus: `key base64,key base64`. */
function metadataOf(header: string | string[] | undefined): Record<string, string> {
  const pairs = String(header ?? '').split(',').map((pair) => pair.trim().split(' '))
  return Object.fromEntries(pairs.map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString('utf8')]))
}

// The library answers every origin; we answer our own pages only.
function stripCors(response: Response): void {
  const set = response.setHeader.bind(response)
  response.setHeader = (name, value) => (name.toLowerCase().startsWith('access-control-') ? response : set(name, value))
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => Response
  response.writeHead = ((...given: unknown[]) => {
    const headers = given.at(-1)
    if (typeof headers === 'object' && headers !== null) for (const name of Object.keys(headers)) if (name.toLowerCase().startsWith('access-control-')) delete (headers as Record<string, unknown>)[name]
    return writeHead(...given)
  }) as Response['writeHead']
}
