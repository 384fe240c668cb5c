import { registerKeyCall } from '../../shared/keys.ts'
import { fileReportCall } from '../../shared/reports.ts'
import type { Statement } from '../../shared/reports.ts'
import type { Caller, TestHouse } from './house.ts'
import { statementOf } from './reports.ts'
import { makePhoneKey } from '../../server/sample/phone-key.ts'
import type { PhoneKey } from '../../server/sample/phone-key.ts'

export { makePhoneKey }

/** A key that this person's phone has registered. */
export async function registeredKey(author: Caller): Promise<PhoneKey> {
  const key = makePhoneKey()
  const { problem } = await author.call(registerKeyCall, { publicKey: key.publicKey })
  if (problem) throw new Error(`Not registered: ${JSON.stringify(problem)}`)
  return key
}

/** Files a report with the signature that `sign` makes of its statement. */
export async function fileSigned(house: TestHouse, author: Caller, sign: (statement: string) => string, given: Partial<Statement> & { pictures?: Uint8Array[] } = {}) {
  const stated = await statementOf(house, author, given)
  const sent = { id: stated.id, statement: JSON.stringify(stated), signature: sign(JSON.stringify(stated)), sentAt: house.clock.now() }
  return { id: stated.id, sent, answer: await author.call(fileReportCall, sent) }
}
