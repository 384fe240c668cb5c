import { describe, expect, it } from 'vitest'
import type { Ladder } from '../../shared/reports.ts'
import { withLadder } from '../../client/observer/outbox/elsewhere.ts'
import { isLost, toSendAgain } from '../../client/observer/outbox/lost.ts'
import { freshLine, next } from '../../client/observer/outbox/next.ts'
import { isDelivered, isNotToSend } from '../../client/observer/outbox/standing.ts'
import { needsAuthor } from '../../client/observer/outbox/steps.ts'
import type { Filed, Hold } from '../../client/observer/outbox/records.ts'
import { author, filed, mission, receipt, sha, withPhotos } from './outbox-samples.ts'

const at = '2027-03-01T02:16:00.000Z'
const none = { previewAt: null, receivedAt: null }
const ladder = (change: Partial<Ladder> = {}): Ladder => ({ id: filed(1).id, number: receipt.number, receivedAt: receipt.receivedAt, photos: [], allPhotosAt: null, seenAt: null, decidedAt: null, status: 'received', takenAt: null, usedAt: null, amendments: [], ...change })
const all = withPhotos(filed(1, 'ab', { receipt }), { receivedAt: at, preview: 'sent', signed: receipt.signed })
const hasAll = ladder({ photos: [{ sha256: sha('a'), previewAt: at, receivedAt: at }, { sha256: sha('b'), previewAt: at, receivedAt: at }] })
const gate = { author, mission, stopped: null, holdsOriginals: false }
const step = (one: Filed) => {
  const what = next([one], gate, freshLine, Date.parse(at))
  return what.kind === 'send' ? what.step.kind : what.kind
}

describe('a report that this phone holds a receipt for', () => {
  it('is lost where headquarters has no such report, another receipt, a picture less, or less of what was said later', () => {
    expect(isLost(all, undefined)).toBe(true)
    expect(isLost(all, hasAll)).toBe(false)
    expect(isLost(all, { ...hasAll, number: 9 })).toBe(true)
    expect(isLost(all, { ...hasAll, photos: hasAll.photos.map((photo) => ({ ...photo, ...none })) })).toBe(true)
    const said = { ...all, amendments: [{ id: 'x', statement: '', stated: {} as never, receipt, hold: null }] }
    expect(isLost(said, hasAll)).toBe(true)
    expect(isLost(said, { ...hasAll, amendments: ['x'] })).toBe(false)
  })

  it('is not where it never had a receipt, or a picture is only on its way', () => {
    expect(isLost(filed(1), undefined)).toBe(false)
    expect(isLost(filed(1, 'a', { receipt }), ladder({ photos: [{ sha256: sha('a'), ...none }] }))).toBe(false)
  })

  it('goes again from its beginning, with its words first, every copy that is left, and the originals that are still here', () => {
    const again = toSendAgain(all, undefined, new Set([sha('b')]))
    expect([again.receipt, again.lostReceipt, again.statement]).toEqual([null, receipt, all.statement])
    expect(again.photos.map(({ preview, receivedAt, signed, hold }) => [preview, receivedAt, signed, hold?.code])).toEqual([['waiting', null, undefined, 'let_go'], ['waiting', null, undefined, undefined]])
    expect(step(again)).toBe('text')
    const there = { ...again, receipt: { ...receipt, number: 2 } }
    expect(step(there)).toBe('preview')
    const copied = withPhotos(there, { preview: 'sent' })
    expect(next([copied], gate, freshLine, Date.parse(at))).toMatchObject({ step: { kind: 'original', sha256: sha('b') } })
    expect(isDelivered(copied)).toBe(false)
  })

  it('loses nothing by it where headquarters still has the rest', () => {
    const lacksOne = { ...hasAll, photos: hasAll.photos.map((photo) => (photo.sha256 === sha('a') ? { ...photo, ...none } : photo)) }
    const again = toSendAgain(all, lacksOne, new Set())
    expect([again.receipt, again.lostReceipt]).toEqual([receipt, undefined])
    expect(again.photos.map(({ receivedAt, hold }) => [receivedAt, hold?.code])).toEqual([[null, 'let_go'], [at, undefined]])
    // A newer backup, and it is there after all.
    expect(withLadder(again, hasAll).photos.map(({ receivedAt, hold }) => [receivedAt, hold])).toEqual([[at, null], [at, null]])
  })

  it('is another phone’s to send where that filed it: listed as not received until it is there again', () => {
    const other: Filed = { ...all, elsewhere: true, ladder: hasAll }
    const again = toSendAgain(other, undefined, new Set())
    expect([again.receipt, again.ladder, step(again)]).toEqual([null, null, 'rest'])
    expect(withLadder(again, { ...hasAll, number: 7 }).receipt).toEqual({ number: 7, receivedAt: receipt.receivedAt })
  })
})

describe('a report that was withdrawn', () => {
  it('[R479] asks for no picture that a restore lost, once its small copy has gone; what was withdrawn and is not any more asks again', () => {
    const withdrawn = toSendAgain({ ...all, amendments: [{ id: 'w', statement: '', stated: { type: 'withdrawal' } as never, receipt, hold: null }] }, ladder({ amendments: ['w'] }), new Set())
    expect([needsAuthor(withdrawn), step(withdrawn)]).toEqual([false, 'preview'])
    const copied = withPhotos(withdrawn, { preview: 'sent' })
    expect([isDelivered(copied), copied.photos.map((photo) => isNotToSend(copied, photo))]).toEqual([true, [true, true]])
    const restored = { ...copied, amendments: [...(copied.amendments ?? []), { id: 'r', statement: '', stated: { type: 'restoration' } as never, receipt, hold: null }] }
    expect([needsAuthor(restored), isDelivered(restored)]).toEqual([true, false])
    expect(withLadder(copied, { ...hasAll, amendments: ['w'] }).photos.map(({ receivedAt, hold }) => [receivedAt, hold])).toEqual([[at, null], [at, null]])
  })
})

describe('what was refused', () => {
  const hold = (code: Hold['code']): Hold => ({ code, fields: [], reference: null, limit: null })
  const said = (id: string) => ({ id, statement: '', stated: { type: 'correction' } as never, receipt: null, hold: hold('invalid_input') })

  it('[R477] is held no longer once headquarters lists it: words, picture and correction; what it does not list stays held, and other words under the same id do', () => {
    const refused = { ...withPhotos(filed(1, 'ab', { hold: hold('not_allowed') }), { hold: hold('too_large'), preview: 'sent' }), amendments: [said('x'), said('y')] }
    const came = withLadder(refused, ladder({ photos: [{ sha256: sha('a'), previewAt: at, receivedAt: at }, { sha256: sha('b'), ...none }], amendments: ['x'] }))
    expect([came.hold, came.photos.map((photo) => photo.hold?.code), came.amendments?.map((one) => one.hold?.code)]).toEqual([null, [undefined, 'too_large'], [undefined, 'invalid_input']])
    // Its receipt is asked for, and none is made up here.
    expect([came.receipt, step(came)]).toEqual([null, 'text'])
    expect(withLadder({ ...refused, hold: hold('conflict') }, ladder()).hold?.code).toBe('conflict')
  })
})
