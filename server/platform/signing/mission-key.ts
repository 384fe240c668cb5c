import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { contentText } from '../../../shared/receipts.ts'
import type { ReceiptCode } from '../../../shared/receipts.ts'
import { isMissing, syncFile, syncFolder } from '../files/sync.ts'
import { sealKeyOf } from './sealed.ts'
import type { SealKey } from './sealed.ts'

/** What the mission signs its receipts with. The same words give the same signature (Ed25519). */
export type MissionKey = SealKey & { publicKey: string; sign: (content: string) => ReceiptCode }

/** Reads the mission's key, or makes one that only this account can read: on the disk before anything is signed with it. @throws where the file holds no such key */
export async function openMissionKey(path: string): Promise<MissionKey> {
  const key = (await readKey(path)) ?? (await makeKey(path))
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64url')
  return { ...sealKeyOf(key), publicKey, sign: (content) => `${Buffer.from(content, 'utf8').toString('base64url')}.${sign(null, Buffer.from(content, 'utf8'), key).toString('base64url')}` }
}

async function readKey(path: string): Promise<KeyObject | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
  if (text === null) return null
  await chmod(path, 0o600)
  const key = createPrivateKey(text)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${path} holds a key of another kind`)
  return key
}

async function makeKey(path: string): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519')
  await writeFile(`${path}.new`, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  await syncFile(`${path}.new`)
  await rename(`${path}.new`, path)
  await syncFolder(dirname(path))
  return privateKey
}

/** Whether one of these keys signed a receipt, written as the mission writes it. */
export function isReceiptOf(publicKeys: readonly string[], code: ReceiptCode): boolean {
  const [content = '', signature = ''] = code.split('.')
  const [words, bytes] = [Buffer.from(content, 'base64url'), Buffer.from(signature, 'base64url')]
  if (words.toString('base64url') !== content || bytes.toString('base64url') !== signature || contentText(code) !== words.toString('utf8')) return false
  return publicKeys.some((publicKey) => verify(null, words, createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' }), bytes))
}
