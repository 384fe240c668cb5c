import * as z from 'zod/mini'
import { contract } from './contract.ts'
import { Instant, Sha256, Uuid } from './basics.ts'

const ofReport = { v: z.literal(1), mission: Uuid, report: Uuid, number: z.number().check(z.int(), z.gte(1)), receivedAt: Instant }

/** What headquarters says that it has: a report's statement, what its author said of it later, or one original of it, each by its SHA-256, and since when. */
export const ReceiptContent = z.discriminatedUnion('type', [
  z.strictObject({ ...ofReport, type: z.literal('report'), statement: Sha256 }),
  z.strictObject({ ...ofReport, type: z.literal('photo'), photo: Sha256 }),
  z.strictObject({ ...ofReport, type: z.literal('amendment'), statement: Sha256 }),
])
export type ReceiptContent = z.infer<typeof ReceiptContent>

/** A receipt as it is held: its content as JSON, and the mission's signature (Ed25519) over exactly those bytes, each in base64url, with a dot between. */
export const ReceiptCode = z.string().check(z.maxLength(2000, 'too_long'), z.regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/, 'format'))
export type ReceiptCode = z.infer<typeof ReceiptCode>

const pattern = /[A-Za-z0-9_-]{100,1900}\.[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])/g

/** Every receipt that a text holds, as a code that was scanned, an address or a file has it, whole or in figures. */
export const receiptsIn = (text: string): ReceiptCode[] => [...new Set([...(text.match(pattern) ?? []), ...(text.match(/\d+/g) ?? []).flatMap((one) => (one.length === figureCount ? (receiptOf(one) ?? []) : []))])]

/** What a receipt says, whoever made it; null where it is none. */
export function contentOf(code: ReceiptCode): ReceiptContent | null {
  try {
    return ReceiptContent.safeParse(JSON.parse(contentText(code))).data ?? null
  } catch {
    return null
  }
}

// In figures a square has two thirds of the rows that it has in letters, and a cheap camera reads it off a small screen. All is one number: of what a receipt says the bytes (kind 1, mission 16, report 16,
// number 4, milliseconds 6, hash 32), then its signature (64). As the first byte is 1, 2 or 3, the number has as many figures always.
const kinds = { report: '01', photo: '02', amendment: '03' } as const
const figureCount = 333

const hexOf = (number: number, bytes: number): string => number.toString(16).padStart(2 * bytes, '0')
const hexOfBase64 = (text: string): string => [...atob(text.replace(/-/g, '+').replace(/_/g, '/'))].map((letter) => hexOf(letter.charCodeAt(0), 1)).join('')
const base64Of = (text: string): string => btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

/** A receipt as figures, to be drawn; null where figures would not say the very same bytes. */
export function figuresOf(code: ReceiptCode): string | null {
  const content = contentOf(code)
  if (!content) return null
  const { type, mission, report, number, receivedAt } = content
  const ids = `${mission}${report}`.replace(/-/g, '')
  const said = `${kinds[type]}${ids}${hexOf(number, 4)}${hexOf(Date.parse(receivedAt), 6)}${content.type === 'photo' ? content.photo : content.statement}`
  const figures = BigInt(`0x${said}${hexOfBase64(code.slice(-86))}`).toString()
  return receiptOf(figures) === code ? figures : null
}

/** The receipt that was drawn in figures: in the words and the order in which the mission signs it. Whether it is one, whoever looks into it finds out. */
function receiptOf(figures: string): ReceiptCode | null {
  let rest = BigInt(figures).toString(16).padStart(278, '0')
  const take = (bytes: number): string => {
    const taken = rest.slice(0, 2 * bytes)
    rest = rest.slice(2 * bytes)
    return taken
  }
  const takeId = (): string => take(16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  const kind = take(1)
  const [mission, report, number, milliseconds] = [takeId(), takeId(), Number.parseInt(take(4), 16), Number.parseInt(take(6), 16)]
  // Beyond what a date can be.
  if (milliseconds > 8.64e15) return null
  const received = { mission, report, number, receivedAt: new Date(milliseconds).toISOString() }
  const content = kind === kinds.photo ? { v: 1, type: 'photo', ...received, photo: take(32) } : { v: 1, type: kind === kinds.report ? 'report' : 'amendment', ...received, statement: take(32) }
  return `${base64Of(JSON.stringify(content))}.${base64Of((rest.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join(''))}`
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
