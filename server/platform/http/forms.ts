import type { Request, RequestHandler } from 'express'
import multer from 'multer'
import { readFile, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { maxPhotoBytes, maxPhotos } from '../../../shared/photos.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import type { Files } from '../files/files.ts'
import type { FileIn } from './serve.ts'

const mostReportBytes = 300_000

/**
 * A form with a report: its part `report` (JSON, as a text or as a file) becomes the body of the call, its parts `photos` are temporary files. Where it is refused, none of them stays.
 */
export async function takeReportForm(request: Request, files: Files, run: (handler: RequestHandler, request: Request) => Promise<void>): Promise<FileIn[]> {
  try {
    await run(reportForm(files.incomingPath), request)
    const { report, photos } = partsOf(request)
    request.body = parsed(report ? await textOf(report) : textField(request.body))
    if (report) await rm(report.path, { force: true })
    return photos.map((photo) => ({ path: photo.path, name: photo.originalname, sizeBytes: photo.size }))
  } catch (error) {
    const { report, photos } = partsOf(request)
    for (const { path } of [...(report ? [report] : []), ...photos]) await rm(path, { force: true })
    if (error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE') throw new Problem('too_large', { limit: maxPhotoBytes })
    if (error instanceof multer.MulterError && error.field === 'photos') throw new Problem('invalid_input', { fields: [{ path: 'photos', reason: 'too_many' }] })
    throw formFault(error, 'report')
  }
}

/** What the reader of forms throws of a form that is none, or is cut, has no code; of a disk that fails it has one. */
export const formFault = (error: unknown, path: string): unknown => (error instanceof Error && !(error instanceof Problem) && !('code' in error) ? refuse(path, 'format') : error)

const reportForm = (incomingPath: () => string): RequestHandler =>
  multer({
    storage: multer.diskStorage({ destination: dirname(incomingPath()), filename: (_request, _file, done) => done(null, basename(incomingPath())) }),
    limits: { fileSize: maxPhotoBytes, files: maxPhotos + 1, fields: 1, fieldSize: mostReportBytes, parts: maxPhotos + 2, headerPairs: 20 },
    defParamCharset: 'utf8',
  }).fields([{ name: 'report', maxCount: 1 }, { name: 'photos', maxCount: maxPhotos }])

function partsOf({ files }: Request): { report: Express.Multer.File | undefined; photos: Express.Multer.File[] } {
  const named = files && !Array.isArray(files) ? files : {}
  return { report: named['report']?.[0], photos: named['photos'] ?? [] }
}

async function textOf({ path, size }: Express.Multer.File): Promise<string> {
  if (size > mostReportBytes) throw new Problem('too_large', { limit: mostReportBytes })
  return readFile(path, 'utf8')
}

function textField(body: unknown): string {
  const text = typeof body === 'object' && body !== null && 'report' in body ? body.report : undefined
  if (typeof text !== 'string') throw new Problem('invalid_input', { fields: [{ path: 'report', reason: 'required' }] })
  return text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('invalid_input', { fields: [{ path: 'report', reason: 'format' }] })
  }
}
