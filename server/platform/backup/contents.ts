import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { Sha256 } from '../../../shared/basics.ts'
import { sha256 as sha256Of } from '../ids.ts'
import { ArchiveDamaged, readArchive } from './archive.ts'
import type { Entry } from './archive.ts'

// What a backup holds, in this order: the list, the database, the mission's key where it was asked for, every file that the database names, and the end.

const Size = z.int().check(z.gte(0))
const Shelves = z.strictObject({ files: Size, sizeBytes: Size })

/** What stands at the beginning of a backup. */
export const Contents = z.strictObject({
  backup: z.literal('veedor'), version: z.literal(1), mission: z.string().check(z.minLength(1)), begunAt: z.string(), journal: z.strictObject({ number: Size, chain: z.string() }),
  reports: Size, database: z.strictObject({ sha256: Sha256, sizeBytes: Size }), key: z.nullable(Sha256), originals: Shelves, renditions: Shelves,
})
export type Contents = z.infer<typeof Contents>

/** What stands at its end: without it, it was cut. */
const End = z.strictObject({ contents: Sha256 })

export const names = { contents: 'veedor-backup.json', database: 'mission.db', key: 'mission.key', end: 'veedor-backup-end.json' } as const

/** What the bytes between the list and the end are. */
export type Part = { kind: 'database' | 'key'; sha256: string } | { kind: 'originals' | 'renditions'; sha256: string }

/** The path of a file in the backup, the same as in a data folder. */
export const nameOf = (kind: 'originals' | 'renditions', sha256: string): string =>
  [kind, sha256.slice(0, 2), ...(kind === 'originals' ? [sha256.slice(2, 4)] : []), sha256].join('/')

/** It is no backup, or not what it was when it was made. Its message says what is wrong. */
export class BackupDamaged extends Error {}

/** What was found while a backup was read: files whose bytes are not those of their name. */
export type Read = { contents: Contents; differing: string[] }

/**
 * Reads a backup from its beginning to its end, and gives each part to `take` with bytes that are hashed on their way. A file of pictures that differs is named at the end,
 * all else is thrown. @throws BackupDamaged
 */
export async function readBackup(path: string, begin: (contents: Contents) => Promise<void>, take: (part: Part, entry: Entry) => Promise<void>): Promise<Read> {
  let contents: Contents | null = null
  let listed = ''
  let ended = false
  const [differing, seen] = [[] as string[], { originals: 0, renditions: 0, database: 0, key: 0 }]
  await readArchive(path, async (entry) => {
    if (ended) throw new BackupDamaged(`it goes on after its end, with ${entry.name}`)
    if (!contents) {
      if (entry.name !== names.contents) throw new BackupDamaged('it does not begin as a backup of Veedor does')
      const text = await textOf(entry)
      contents = parsed(Contents, text, 'what it says of itself cannot be read, or is of a newer Veedor')
      listed = sha256Of(text)
      return begin(contents)
    }
    if (entry.name === names.end) {
      if (parsed(End, await textOf(entry), 'its end cannot be read').contents !== listed) throw new BackupDamaged('its beginning and its end do not belong together')
      ended = true
      return
    }
    const part = partOf(entry.name, contents)
    if (!part) throw new BackupDamaged(`it holds ${JSON.stringify(entry.name)}, which no backup of Veedor does`)
    const hash = createHash('sha256')
    await take(part, { ...entry, bytes: hashed(entry.bytes, hash) })
    seen[part.kind] += 1
    if (hash.digest('hex') === part.sha256) return
    if (part.kind === 'database' || part.kind === 'key') throw new BackupDamaged(`its ${entry.name} is not what was backed up: its hash differs`)
    differing.push(entry.name)
  }).catch((error: unknown) => {
    // What the archive's reader says is about its format.
    throw error instanceof ArchiveDamaged ? new BackupDamaged(`it cannot be read to its end (${error.message})`) : error
  })
  // Assigned in the function above, which the compiler does not follow.
  const found = contents as Contents | null
  if (!found || !ended) throw new BackupDamaged('it was cut: its end is not there')
  const isAll = seen.database === 1 && seen.key === (found.key === null ? 0 : 1) && seen.originals === found.originals.files && seen.renditions === found.renditions.files
  if (!isAll) throw new BackupDamaged('it does not hold as many files as it says')
  return { contents: found, differing }
}

function partOf(name: string, contents: Contents): Part | null {
  if (name === names.database) return { kind: 'database', sha256: contents.database.sha256 }
  if (name === names.key && contents.key !== null) return { kind: 'key', sha256: contents.key }
  const sha256 = /\/([0-9a-f]{64})$/.exec(name)?.[1]
  const kind = (['originals', 'renditions'] as const).find((one) => sha256 !== undefined && nameOf(one, sha256) === name)
  return kind && sha256 ? { kind, sha256 } : null
}

async function* hashed(bytes: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const part of bytes) {
    hash.update(part)
    yield part
  }
}

const mostText = 100_000

async function textOf({ bytes, sizeBytes }: Entry): Promise<string> {
  if (sizeBytes > mostText) throw new BackupDamaged('what it says of itself is too long')
  const parts: Buffer[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

function parsed<Schema extends z.ZodMiniType>(schema: Schema, text: string, wrong: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new BackupDamaged(wrong)
  }
}

export const endOf = (contents: string): string => JSON.stringify({ contents: sha256Of(contents) } satisfies z.infer<typeof End>)
