import { describe, expect, it } from 'vitest'
import { type Outcome, after, atOnce, patience, release } from '../../client/observer/outbox/outcome.ts'
import { type Line, type Step, freshLine, next } from '../../client/observer/outbox/next.ts'
import type { Amended } from '../../client/observer/outbox/records.ts'
import { isTroubled } from '../../client/observer/outbox/steps.ts'
import { type ProblemCode, type ProblemReply, problems } from '../../shared/problem.ts'
import { author, filed, mission, now, receipt, reportId, sha, withPhotos } from './outbox-samples.ts'

const text: Step = { kind: 'text', report: reportId(1) }
const original: Step = { kind: 'original', report: reportId(1), sha256: sha('a') }
const preview: Step = { kind: 'preview', report: reportId(1), sha256: sha('a') }
const one = filed(1, 'ab')
const refused = (problem: ProblemCode, details: Omit<ProblemReply, 'problem'> = {}): Outcome => ({ kind: 'problem', problem: { problem, ...details } })
const holdOf = (code: ProblemCode) => ({ code, fields: [], reference: null, limit: null })
const come = (step: Step, outcome: Outcome, given = one, line: Line = freshLine) => after(step, given, line, outcome, now, 1)

describe('what becomes of a report after a step', () => {
  it('keeps the receipt', () => {
    expect(come(text, { kind: 'filed', ...receipt }).filed).toEqual({ ...one, receipt })
  })

  it('remembers preview, upload and receipt of that picture alone', () => {
    const photos = (outcome: Outcome, step = original) => come(step, outcome).filed.photos
    expect(photos({ kind: 'preview', state: 'sent' }, preview)).toEqual([{ ...one.photos[0], preview: 'sent' }, one.photos[1]])
    expect(photos({ kind: 'moved', upload: 'u', offset: 7 })).toEqual([{ ...one.photos[0], upload: { id: 'u', offset: 7 } }, one.photos[1]])
    expect(photos({ kind: 'photo_received', receivedAt: receipt.receivedAt, signed: receipt.signed })).toEqual([{ ...one.photos[0], receivedAt: receipt.receivedAt, signed: receipt.signed }, one.photos[1]])
    expect(photos({ kind: 'unreadable_here' })[0]?.hold?.code).toBe('unreadable_here')
  })

  it('changes nothing without an answer, and waits longer each time up to fifteen seconds', () => {
    const waits: number[] = []
    let line = freshLine
    for (let time = 0; time < 7; time += 1) {
      const result = come(text, { kind: 'no_answer' }, one, line)
      expect(result.filed).toBe(one)
      expect(result.stopped).toBeNull()
      line = result.line
      waits.push(line.quietUntil - now)
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
    expect(come(text, { kind: 'filed', ...receipt }, one, line).line).toEqual(freshLine)
  })

  it('spreads the next attempts between half and all of the time', () => {
    expect([patience(3, 0), patience(3, 0.5), patience(3, 1)]).toEqual([2000, 3000, 4000])
  })

  it.each(Object.entries(problems).map(([code, row]) => [code as ProblemCode, row.outbox] as const))('does with %s what the table says: %s', (code, answer) => {
    const result = come(text, refused(code))
    expect(result.filed.receipt).toBeNull()
    expect(result.filed.hold?.code ?? null).toBe(answer === 'show_author' || answer === 'set_aside' ? code : null)
    expect(result.stopped).toBe(answer === 'pause' ? 'signed_out' : answer === 'offer_update' ? 'update' : null)
    expect(result.line.quietUntil > now).toBe(answer === 'wait')
    expect(result.line.pictures.quietUntil).toBe(0)
  })

  it('[R255] [lesson 7] sets aside what this phone itself breaks on three times, so that it holds nothing else up', () => {
    const again = come(text, { kind: 'failed_here' })
    expect([again.filed.broken, again.filed.hold]).toEqual([1, null])
    expect(again.line.quietUntil).toBeGreaterThan(now)
    const third = come(text, { kind: 'failed_here' }, { ...one, broken: 2 })
    expect(third.filed.hold?.code).toBe('failed_here')
    expect(third.line.quietUntil).toBe(0)
    const picture = come(original, { kind: 'failed_here' }, { ...one, broken: 2 }).filed
    expect([picture.hold, picture.photos.map((photo) => photo.hold?.code)]).toEqual([null, ['failed_here', undefined]])
    expect(come(preview, { kind: 'failed_here' }, { ...one, broken: 2 }).filed.photos[0]?.preview).toBe('none')
    expect(release(third.filed).hold).toBeNull()
  })

  it('keeps what its author has to know', () => {
    const fields = [{ path: 'words', reason: 'too_long' as const }]
    expect(come(text, refused('invalid_input', { fields })).filed.hold).toEqual({ code: 'invalid_input', fields, reference: null, limit: null })
    expect(come(original, refused('too_large', { limit: 50_000_000 })).filed.photos[0]?.hold).toEqual({ code: 'too_large', fields: [], reference: null, limit: 50_000_000 })
  })

  it('waits as long as it is told', () => {
    expect(come(text, refused('slow_down', { retryAfterSeconds: 42 })).line).toEqual({ ...freshLine, quietUntil: now + 42_000, told: true })
  })

  it('[R145] lets pictures wait when there is no room for them, longer each time up to a minute, and no word', () => {
    const waits: number[] = []
    let line = freshLine
    for (let time = 0; time < 8; time += 1) {
      // Words that arrive in between do not say that there is room.
      const step = time % 2 === 0 ? original : preview
      line = come(text, { kind: 'filed', ...receipt }, one, come(step, refused('full'), one, line).line).line
      expect([line.quietUntil, line.told]).toEqual([0, false])
      waits.push(line.pictures.quietUntil - now)
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    expect(come(text, { kind: 'no_answer' }, one, line).line.pictures).toEqual(line.pictures)
    expect(come(original, { kind: 'moved', upload: 'u', offset: 7 }, one, line).line).toEqual(freshLine)
  })

  it('[R145] lets everything wait when there is no room for words', () => {
    const { line } = come(text, refused('full'))
    expect(line).toMatchObject({ quietUntil: now + 1000, failures: 1, told: true })
    expect(come(text, refused('full'), one, line).line.quietUntil).toBe(now + 2000)
  })

  it('waits twice on what is broken and steps past it the third time', () => {
    const first = come(text, refused('broken'))
    const second = come(text, refused('broken'), first.filed)
    const third = come(text, refused('broken'), second.filed)
    expect([first.line.quietUntil - now, second.line.quietUntil - now, third.line.quietUntil]).toEqual([1000, 2000, 0])
    expect([first.filed.broken, second.filed.broken, third.filed.broken]).toEqual([1, 2, 3])
    expect(third.filed.notBefore).toBe(now + 16_000)
    expect(come(text, { kind: 'filed', ...receipt }, third.filed).filed).toMatchObject({ broken: 0, notBefore: 0 })
  })

  it('[R289] remembers what headquarters broke on last and under which reference, and tries it at once where its author asks, still behind all others', () => {
    const third = come(original, refused('broken', { reference: 'abc' }), { ...one, broken: 2 }).filed
    expect([third.brokeOn, isTroubled(third), atOnce(third)]).toEqual([{ reference: 'abc', sha256: sha('a') }, true, { ...third, notBefore: 0, due: third.notBefore }])
    expect(come({ kind: 'amendment', report: one.id, amendment: reportId(9) }, refused('broken'), third).filed.brokeOn).toEqual({ reference: null, amendment: reportId(9) })
    expect(isTroubled(come(text, refused('broken')).filed)).toBe(false)
    expect(isTroubled(withPhotos({ ...third, receipt }, { receivedAt: receipt.receivedAt }))).toBe(false)
  })

  it('[R432] a try by hand, however often, puts the next one by itself off no further', () => {
    const third = come(text, refused('broken'), { ...one, broken: 2 }).filed
    let tried = third
    for (let tap = 0; tap < 6; tap += 1) tried = come(text, refused('broken'), atOnce(atOnce(tried))).filed
    expect([tried.broken, tried.notBefore, isTroubled(tried)]).toEqual([3, third.notBefore, true])
    // The one by itself that fails is waited for longer, as before.
    const later = after(text, tried, freshLine, refused('broken'), third.notBefore, 1).filed
    expect([later.broken, later.notBefore - third.notBefore]).toEqual([4, 32_000])
  })

  it('[R289] does not take an upload that is still where it was for the end of what broke', () => {
    const at = (offset: number) => come(original, { kind: 'moved', upload: 'u', offset }, withPhotos({ ...one, broken: 3 }, { upload: { id: 'u', offset: 7 } })).filed.broken
    expect([at(7), at(8)]).toEqual([3, 0])
  })

  it('sends an original from its beginning when its bytes did not arrive whole, and asks its author after five times', () => {
    let given = withPhotos(one, { preview: 'sent', upload: { id: 'u', offset: 1000 } })
    for (const reason of ['hash_differs', 'missing_part', 'hash_differs', 'missing_part', 'hash_differs'] as const) {
      given = come(original, refused('invalid_input', { fields: [{ path: 'sha256', reason }] }), given).filed
      expect(given.photos[0]).toMatchObject({ upload: null, receivedAt: null, hold: null })
      expect(given.photos[1]).toMatchObject({ upload: { id: 'u', offset: 1000 } })
    }
    expect(come(original, refused('invalid_input', { fields: [{ path: 'sha256', reason: 'hash_differs' }] }), given).filed.photos[0]?.hold?.code).toBe('invalid_input')
  })

  it('lets a refused preview hold nothing up', () => {
    expect(come(preview, refused('wrong_type')).filed.photos[0]).toMatchObject({ preview: 'none', hold: null })
  })

  it('[R459] sends again what was said of a report before where headquarters lacks it, and holds nothing for that; what has nothing before it waits for its author', () => {
    const said = (last: number, change: Partial<Amended>) => ({ id: reportId(last), statement: '', stated: {} as never, receipt: null, hold: null, ...change })
    const [other, refusedOne, sent, fresh] = [said(70, { receipt, elsewhere: 'phone' }), said(71, { hold: holdOf('conflict') }), said(72, { receipt }), said(73, {})]
    const step = (last: number): Step => ({ kind: 'amendment', report: reportId(1), amendment: reportId(last) })
    const given = filed(1, '', { receipt, amendments: [other, sent, refusedOne, fresh] })
    const again = come(step(73), refused('not_found'), given)
    expect(again).toEqual({ filed: { ...given, amendments: [other, { ...sent, receipt: null }, refusedOne, fresh] }, line: freshLine, stopped: null })
    expect(next([again.filed], { author, mission, stopped: null, holdsOriginals: false }, again.line, now)).toEqual({ kind: 'send', step: step(72) })
    // Also where a look found that at the same time.
    expect(come(step(73), refused('not_found'), again.filed).filed).toEqual(again.filed)
    const first = come(step(72), refused('not_found'), again.filed).filed
    expect(first.amendments?.map(({ hold }) => hold?.code)).toEqual([undefined, 'not_found', 'conflict', undefined])
  })

  it('tries again all of it when its author says so', () => {
    const held = come(original, refused('not_found'), come(text, refused('conflict')).filed).filed
    expect(release({ ...held, broken: 4, notBefore: now + 1 })).toEqual(one)
  })
})
