import { describe, expect, it } from 'vitest'
import { type Gate, type Line, freshLine, next, saidBefore } from '../../client/observer/outbox/next.ts'
import { goingOf, isDelivered } from '../../client/observer/outbox/standing.ts'
import type { Amended } from '../../client/observer/outbox/records.ts'
import { author, filed, mission, now, receipt, reportId, sha, withPhotos } from './outbox-samples.ts'

const gate: Gate = { author, mission, stopped: null, holdsOriginals: false }
const hold = { code: 'conflict' as const, fields: [], reference: null, limit: null }
const ask = (outbox: Parameters<typeof next>[0], { who = gate, line = freshLine, at = now }: { who?: Gate; line?: Line; at?: number } = {}) => next(outbox, who, line, at)
const later = { id: reportId(77), statement: '{}', stated: { v: 1, mission, type: 'addition', id: reportId(77), reportId: reportId(1), author, times: { finishedAt: receipt.receivedAt, zone: 'America/El_Salvador' }, words: 'More', language: 'en', photos: [] }, receipt: null, hold: null } as const satisfies Amended
const send = (kind: 'text' | 'preview' | 'original', report: number, letter?: string) => ({ kind: 'send', step: { kind, report: reportId(report), ...(letter ? { sha256: sha(letter) } : {}) } })

describe('what to send now', () => {
  it('sends what was said of a report later after the report and before any picture, and the pictures that it brings after it', () => {
    const said = { kind: 'send', step: { kind: 'amendment', report: reportId(1), amendment: later.id } }
    expect(ask([filed(1, '', { amendments: [later] })])).toEqual(send('text', 1))
    const one = filed(1, 'a', { receipt, amendments: [later] })
    expect(ask([one, filed(2, 'b', { receipt }, 'critical')])).toEqual(said)
    expect([isDelivered(one), isDelivered(filed(1, '', { receipt, amendments: [{ ...later, receipt }] }))]).toEqual([false, true])
    const held = { ...later, hold }
    expect(ask([withPhotos(filed(1, 'a', { receipt, amendments: [held] }), { by: later.id })])).toEqual({ kind: 'rest' })
    expect(ask([filed(1, 'a', { receipt, amendments: [held] })])).toEqual(send('preview', 1, 'a'))
    expect(ask([withPhotos(filed(1, 'a', { receipt, amendments: [{ ...later, receipt }] }), { by: later.id })])).toEqual(send('preview', 1, 'a'))
  })

  it('[R474] sends what was corrected or added after something that was refused only after that; a withdrawal, pictures and other reports wait for nothing', () => {
    const said = (last: number, type: Amended['stated']['type'], change: Partial<Amended> = {}): Amended => ({ ...later, id: reportId(last), stated: { ...later.stated, type, id: reportId(last) }, ...change })
    const step = (last: number) => ({ kind: 'send', step: { kind: 'amendment', report: reportId(1), amendment: reportId(last) } })
    const [taken, refused, corrected, added, withdrawn] = [said(70, 'addition', { receipt }), said(71, 'correction', { hold }), said(72, 'correction'), said(73, 'addition'), said(74, 'withdrawal')]
    const one = (...amendments: Amended[]) => filed(1, '', { receipt, amendments })
    expect(ask([one(taken, refused, corrected, added)])).toEqual({ kind: 'rest' })
    expect(ask([one(taken, refused, corrected, added), filed(2)])).toEqual(send('text', 2))
    expect(ask([withPhotos(filed(1, 'a', { receipt, amendments: [refused, corrected] }), { preview: 'sent' })])).toEqual(send('original', 1, 'a'))
    // Neither does a withdrawal name what has not arrived as what was said before it.
    const all = one(taken, refused, corrected, added, withdrawn)
    expect([ask([all]), saidBefore(all, withdrawn.id)?.id]).toEqual([step(74), taken.id])
    expect(goingOf(all)).toEqual([taken, withdrawn])
    expect(goingOf(one(refused, { ...corrected, receipt }))).toEqual([{ ...corrected, receipt }])
    // Once it is tried again, or taken back, the others follow it.
    expect(ask([one(taken, { ...refused, hold: null }, corrected)])).toEqual(step(71))
    expect(ask([one(taken, { ...refused, hold: null, receipt }, corrected)])).toEqual(step(72))
    expect(ask([one(taken, corrected, added)])).toEqual(step(72))
    // What was said after a withdrawal that was refused is said of the same words.
    expect(ask([one({ ...withdrawn, hold }, corrected)])).toEqual(step(72))
  })

  it('sends from here what was said here of a report that another phone filed, and nothing else of it', () => {
    const one = filed(1, 'a', { receipt, elsewhere: true })
    expect([ask([one]), isDelivered(one)]).toEqual([{ kind: 'rest' }, true])
    const [photo] = one.photos
    const added = { ...one, amendments: [{ ...later, receipt }], photos: [...one.photos, ...(photo ? [{ ...photo, sha256: sha('b'), by: later.id }] : [])] }
    expect([ask([added]), isDelivered(added)]).toEqual([send('preview', 1, 'b'), false])
  })

  it('rests when there is nothing', () => {
    expect(ask([])).toEqual({ kind: 'rest' })
  })

  it('sends every text before any picture', () => {
    expect(ask([filed(1, 'ab', { receipt }), filed(2, 'c')])).toEqual(send('text', 2))
  })

  it('sends the gravest text first, then the oldest', () => {
    const low = filed(1, '', {}, 'low')
    const critical = filed(3, '', {}, 'critical')
    const sooner = filed(2, '', {}, 'critical')
    expect(ask([low, critical, sooner])).toEqual(send('text', 2))
    expect(ask([low, critical])).toEqual(send('text', 3))
    expect(ask([low, filed(4, '', {}, 'medium'), filed(5, '', {}, 'high')])).toEqual(send('text', 5))
  })

  it('sends all previews before any original', () => {
    const one = withPhotos(filed(1, 'a', { receipt }), { preview: 'sent' })
    const two = filed(2, 'b', { receipt })
    expect(ask([one, two])).toEqual(send('preview', 2, 'b'))
    expect(ask([one, withPhotos(two, { preview: 'none' })])).toEqual(send('original', 1, 'a'))
  })

  it('goes on with an original that has begun, and puts a new text before its next piece', () => {
    const begun = withPhotos(filed(1, 'a', { receipt }), { preview: 'sent', upload: { id: '0'.repeat(32), offset: 500 } })
    expect(ask([begun])).toEqual(send('original', 1, 'a'))
    expect(ask([begun, filed(2, '', {}, 'low')])).toEqual(send('text', 2))
  })

  it('sends no picture before its text has its receipt', () => {
    expect(ask([withPhotos(filed(1, 'a', { hold }), { preview: 'sent' })])).toEqual({ kind: 'rest' })
  })

  it('is done with a report only when every original has its receipt', () => {
    const one = withPhotos(filed(1, 'ab', { receipt }), { preview: 'sent', receivedAt: receipt.receivedAt })
    expect(isDelivered(one)).toBe(true)
    expect(ask([one])).toEqual({ kind: 'rest' })
    expect(isDelivered(filed(2, '', { receipt }))).toBe(true)
    expect(isDelivered(filed(3))).toBe(false)
  })

  it.each([
    ['nobody is signed in', { ...gate, author: null }],
    ['the session has ended', { ...gate, stopped: 'signed_out' as const }],
    ['this version is too old', { ...gate, stopped: 'update' as const }],
    ['another person is signed in', { ...gate, author: reportId(99) }],
    ['it is of another mission', { ...gate, mission: reportId(98) }],
  ])('sends nothing when %s', (_, who) => {
    expect(ask([filed(1, 'a')], { who })).toEqual({ kind: 'rest' })
  })

  it('[R258] does not wait for a time that only a wrong clock could have told', () => {
    const day = 24 * 3_600_000
    expect(ask([filed(1, '', { broken: 3, notBefore: now + day })], { line: { ...freshLine, quietUntil: now + day } })).toEqual(send('text', 1))
  })

  it('[R252] holds originals back while their owner wants Wi-Fi and there is none; text and small copies go', () => {
    const held = { ...gate, holdsOriginals: true }
    const one = withPhotos(filed(1, 'a', { receipt }), { preview: 'sent' })
    expect(ask([one], { who: held })).toEqual({ kind: 'rest' })
    expect(ask([one, filed(2, 'b')], { who: held })).toEqual(send('text', 2))
    expect(ask([one, filed(2, 'b', { receipt })], { who: held })).toEqual(send('preview', 2, 'b'))
    expect(ask([one])).toEqual(send('original', 1, 'a'))
  })

  it('[R251] puts the original of a graver report before the rest of one that has begun', () => {
    const begun = withPhotos(filed(1, 'a', { receipt }, 'low'), { preview: 'sent', upload: { id: '0'.repeat(32), offset: 500 } })
    expect(ask([begun, withPhotos(filed(2, 'b', { receipt }, 'critical'), { preview: 'sent' })])).toEqual(send('original', 2, 'b'))
  })

  it('passes what waits for its author', () => {
    expect(ask([filed(1, '', { hold }, 'critical'), filed(2, '', {}, 'low')])).toEqual(send('text', 2))
    const one = withPhotos(filed(3, 'ab', { receipt }), { preview: 'sent' })
    const [first, second] = one.photos
    expect(ask([{ ...one, photos: [{ ...first!, hold }, second!] }])).toEqual(send('original', 3, 'b'))
  })

  it('waits while the line is silent', () => {
    expect(ask([filed(1)], { line: { ...freshLine, quietUntil: now + 4000, failures: 2 } })).toEqual({ kind: 'wait', until: now + 4000 })
    expect(ask([filed(1)], { line: { ...freshLine, quietUntil: now, failures: 2 } })).toEqual(send('text', 1))
  })

  it('[R145] sends words while headquarters has no room for pictures, and waits with these alone', () => {
    const line = { ...freshLine, pictures: { quietUntil: now + 60_000, failures: 3 } }
    const pictured = filed(1, 'a', { receipt }, 'critical')
    expect(ask([pictured, filed(2, 'b', {}, 'low')], { line })).toEqual(send('text', 2))
    expect(ask([pictured], { line })).toEqual({ kind: 'wait', until: now + 60_000 })
    expect(ask([pictured, filed(2, '', { broken: 3, notBefore: now + 9000 })], { line })).toEqual({ kind: 'wait', until: now + 9000 })
    expect(ask([pictured], { line, at: now + 60_000 })).toEqual(send('preview', 1, 'a'))
  })

  it('steps past a report on which headquarters broke three times, and comes back to it', () => {
    const broken = filed(1, '', { broken: 3, notBefore: now + 60_000 }, 'critical')
    expect(ask([broken, filed(2, '', {}, 'low')])).toEqual(send('text', 2))
    expect(ask([broken])).toEqual({ kind: 'wait', until: now + 60_000 })
    expect(ask([broken, filed(2, '', {}, 'low')], { at: now + 60_000 })).toEqual(send('text', 2))
    expect(ask([broken], { at: now + 60_000 })).toEqual(send('text', 1))
    expect(ask([filed(1, '', { broken: 2 }, 'critical'), filed(2, '', {}, 'low')])).toEqual(send('text', 1))
  })
})
