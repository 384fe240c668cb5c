import { createHash } from 'node:crypto'

const hash = (...parts: (string | Buffer)[]): Buffer => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest()

/** Hides a body behind its salt, so that body and salt can be erased and the chain still holds: SHA-256(salt[32] ‖ body bytes), in hex. */
export const commitmentOf = (salt: Buffer, body: string): string => hash(salt, Buffer.from(body, 'utf8')).toString('hex')

/** SHA-256 of the UTF-8 of `JSON.stringify([number, kind, at, commitment])`, in hex. */
export const leafOf = (number: number, kind: string, at: string, commitment: string): string => hash(JSON.stringify([number, kind, at, commitment])).toString('hex')

/** SHA-256(previous chain[32] ‖ leaf[32]), in hex. */
export const chainOf = (previous: string, leaf: string): string => hash(Buffer.from(previous, 'hex'), Buffer.from(leaf, 'hex')).toString('hex')

/** Where a mission's chain begins: SHA-256 of its id. */
export const genesisOf = (mission: string): string => hash(mission).toString('hex')
