import { rm } from 'node:fs/promises'
import type { Sha256 } from '../../../shared/basics.ts'
import type { FileSays } from '../../../shared/photos.ts'
import type { Files } from '../files/files.ts'
import { PictureRefused } from './header.ts'
import type { Box, Job, Reply, Size } from './jobs.ts'
import type { Limits } from './confined.ts'
import { createPool, type Ended } from './pool.ts'
import { releaseXmp, type ReleaseFields } from './xmp.ts'

/** A JPEG on the shelf of renditions; width and height in pixels. */
export type RenditionFile = { sha256: Sha256; width: number; height: number; sizeBytes: number }

/** `width` and `height` are those of the upright original; `dhash`: 64 bits in hex, alike for pictures that look alike. */
export type DeskRenditions = { width: number; height: number; dhash: string; thumb: RenditionFile; screen: RenditionFile }

export type ReleaseRenditions = { full: RenditionFile; web: RenditionFile; wall: RenditionFile }

/**
 * unreadable: the picture cannot be decoded, and trying again will not help; full: no room on the disk; broken: our own fault;
 * closed: the server is stopping. Only the first is a fact about the picture.
 */
export class PictureFailed extends Error {
  readonly code: 'unreadable' | 'full' | 'broken' | 'closed'
  constructor(code: PictureFailed['code'], why: string) {
    super(`${code}: ${why}`)
    this.code = code
  }
}

/**
 * Makes renditions from originals in child processes, two at a time. Each call is safe to repeat: the same original gives the same
 * files. Throws PictureRefused (by its header; covers or fields that do not fit) or PictureFailed.
 */
export type Pictures = {
  /** Upright, without metadata: thumb 320 and screen 1600 pixels on the longer side, never larger than the original. */
  desk(original: Sha256): Promise<DeskRenditions>
  /** What the file says of itself. */
  says(original: Sha256): Promise<FileSays>
  /** The same as for the desk at full size. */
  full(original: Sha256): Promise<RenditionFile>
  /**
   * What may leave: covers, in pixels of the upright original, drawn solid with a margin of at least 16 pixels, before the web (1600)
   * and wall (800) sizes are made from the covered picture; our fields and no other metadata.
   */
  release(original: Sha256, covers: readonly Box[], fields: ReleaseFields): Promise<ReleaseRenditions>
  /** Kills the children; what waits and what runs ends as `closed`. */
  close(): Promise<void>
  /** Process ids of the children that are ready for work, or at it. */
  pids(): number[]
}

type Failure = Extract<Ended, { why: string } | { outcome: 'refused' }>
type Log = { warn(details: object, message: string): void }

const decodesAtOnce = 2

const megabyte = 1_000_000

/** Whoever sends a file makes us look into it: that is kept small. Full sizes are made when somebody of the desk asks for them; the largest picture, turned upright, is held whole. */
const usual: Record<Job['kind'], Limits> = {
  desk: { computingMs: 20_000, memoryBytes: 400 * megabyte },
  says: { computingMs: 5_000, memoryBytes: 400 * megabyte },
  full: { computingMs: 30_000, memoryBytes: 1_200 * megabyte },
  release: { computingMs: 60_000, memoryBytes: 1_200 * megabyte },
}

export function openPictures({ files, log, limits = {} }: { files: Files; log: Log; limits?: Partial<Limits> }): Pictures {
  const pool = createPool(decodesAtOnce)

  /** Runs a job and lets `keep` put what it made on the shelf; nothing stays behind among the temporary files either way. */
  async function make<Made>(job: Job, isUrgent: boolean, keep: (reply: Reply) => Promise<Made>): Promise<Made> {
    const clear = async () => {
      for (const path of Object.values(job.targets)) await rm(path, { force: true })
    }
    try {
      const outcome = await pool.run(job, { ...usual[job.kind], ...limits }, isUrgent, clear)
      if ('why' in outcome || outcome.outcome === 'refused') {
        // Which picture it was stands in the journal; its hash is nobody's who reads the log.
        log.warn({ kind: job.kind, outcome }, 'no rendition made')
        throw failureOf(outcome)
      }
      return await keep(outcome)
    } finally {
      await clear()
    }
  }

  /** The child's word is taken for the size; the hash is our own. */
  async function shelve(path: string, { width, height }: Size): Promise<RenditionFile> {
    const sha256 = await files.hashOf(path)
    await files.renditions.put(path, sha256)
    return { sha256, width, height, sizeBytes: (await files.renditions.size(sha256)) ?? 0 }
  }

  return {
    async desk(sha256) {
      const original = files.originals.path(sha256)
      const targets = { thumb: files.incomingPath(), screen: files.incomingPath() }
      return make({ kind: 'desk', original, targets }, false, async (reply) => {
        if (reply.outcome !== 'desk') throw unexpected(reply)
        const { upright, dhash, sizes } = reply
        const [thumb, screen] = await Promise.all([shelve(targets.thumb, sizes.thumb), shelve(targets.screen, sizes.screen)])
        return { ...upright, dhash, thumb, screen }
      })
    },

    async says(sha256) {
      return make({ kind: 'says', original: files.originals.path(sha256), targets: {} }, false, (reply) => {
        if (reply.outcome !== 'says') throw unexpected(reply)
        return Promise.resolve(reply.says)
      })
    },

    async full(sha256) {
      const original = files.originals.path(sha256)
      const targets = { full: files.incomingPath() }
      return make({ kind: 'full', original, targets }, true, async (reply) => {
        if (reply.outcome !== 'full') throw unexpected(reply)
        return shelve(targets.full, reply.sizes.full)
      })
    },

    async release(sha256, covers, fields) {
      const original = files.originals.path(sha256)
      const xmp = releaseXmp(fields, covers.length > 0)
      const targets = { full: files.incomingPath(), web: files.incomingPath(), wall: files.incomingPath() }
      return make({ kind: 'release', original, targets, covers: [...covers], xmp }, true, async (reply) => {
        if (reply.outcome !== 'release') throw unexpected(reply)
        const { full, web, wall } = reply.sizes
        return { full: await shelve(targets.full, full), web: await shelve(targets.web, web), wall: await shelve(targets.wall, wall) }
      })
    },

    close: () => pool.close(),
    pids: () => pool.pids(),
  }
}

/** A picture that kills two children, or keeps one computing past its time, is as good as one that cannot be read. */
const failures = {
  unreadable: 'unreadable', crashed: 'unreadable', overran: 'unreadable', full_disk: 'full', broken: 'broken', not_started: 'broken', closed: 'closed',
} as const

function failureOf(outcome: Failure): PictureRefused | PictureFailed {
  if (outcome.outcome !== 'refused') return new PictureFailed(failures[outcome.outcome], outcome.why)
  return new PictureRefused(outcome.code, { ...(outcome.limit !== undefined && { limit: outcome.limit }), ...(outcome.fields && { fields: outcome.fields }) })
}

const unexpected = (reply: Reply) => new PictureFailed('broken', `The child answered ${reply.outcome}`)
