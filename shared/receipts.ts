import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Instant, Sha256, Uuid } from './basics.ts'

const ofReport = { v: z.literal(1), mission: Uuid, report: Uuid, number: z.number().check(z.int(), z.gte(1)), receivedAt: Instant }

/** What headquarters says that it has: a report's statement, or one original of a report, each by its SHA-256, and since when. */
export const ReceiptContent = z.discriminatedUnion('type', [
  z.strictObject({ ...ofReport, type: z.literal('report'), statement: Sha256 }),
  z.strictObject({ ...ofReport, type: z.literal('photo'), photo: Sha256 }),
])
export type ReceiptContent = z.infer<typeof ReceiptContent>

/** A receipt as it is held: its content as JSON, and the mission's signature (Ed25519) over exactly those bytes, each in base64url, with a dot between. */
export const ReceiptCode = z.string().check(z.maxLength(2000, 'too_long'), z.regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/, 'format'))
export type ReceiptCode = z.infer<typeof ReceiptCode>

const pattern = /[A-Za-z0-9_-]{100,1900}\.[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])/g

/** Every receipt that a text holds, as a code that was scanned, an address or a file has it. */
export const receiptsIn = (text: string): ReceiptCode[] => [...new Set(text.match(pattern) ?? [])]

/** What a receipt says, whoever made it; null where it is none. */
export function contentOf(code: ReceiptCode): ReceiptContent | null {
  try {
    return ReceiptContent.safeParse(JSON.parse(contentText(code))).data ?? null
  } catch {
    return null
  }
}

/** The bytes that are signed, as text. @throws where they are no UTF-8 in base64url */
export function contentText(code: ReceiptCode): string {
  const binary = atob((code.split('.')[0] ?? '').replace(/-/g, '+').replace(/_/g, '/'))
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)))
}

/** Whether a receipt is this mission's, for anyone who holds it: what it says itself, and nothing more. An invented one is `not_found`. */
export const checkReceiptCall = contract({
  name: 'checkReceipt', method: 'POST', path: '/api/check', who: 'anyone', kind: 'reads', input: z.strictObject({ receipt: ReceiptCode }), reply: z.object({ content: ReceiptContent }),
})
