import { describe, expect, it } from 'vitest'
import { newId, uuid7 } from '../../client/kit/ids.ts'
import { pictureKind } from '../../client/observer/outbox/kind.ts'
import { reopen } from '../../client/observer/outbox/mend.ts'
import { fileDraft, observedAtOf, positionOf, untakenTimeOf } from '../../client/observer/outbox/statement.ts'
import type { Amended, Filed, FiledPhoto } from '../../client/observer/outbox/records.ts'
import { withLadder } from '../../client/observer/outbox/elsewhere.ts'
import { freshLine, next } from '../../client/observer/outbox/next.ts'
import { brokenToPass, isDelivered } from '../../client/observer/outbox/standing.ts'
import { heldOriginals } from '../../client/observer/outbox/originals.ts'
import { ladderSteps, seenAfter, stepsOf, unsent } from '../../client/observer/outbox/steps.ts'
import { Uuid } from '../../shared/basics.ts'
import { Statement, maxWords } from '../../shared/reports.ts'
import { author, draft, filed, me, mission, now, receipt, reportId, sha, withPhotos } from './outbox-samples.ts'

const saving = { me, now, zone: 'America/El_Salvador', language: 'es' }
const fix = { latitude: 13.7, longitude: -89.2, accuracyMetres: 12.345, at: now - 8400 }

describe('a statement', () => {
  it('is what the contract says, made of the draft and the moment of saving', () => {
    const photo = { sha256: sha('a'), sizeBytes: 3_612_004, how: 'gallery' as const, position: null, capturedAt: '2027-03-01T02:10:00.000Z' }
    const { statement } = fileDraft(draft({ fix, words: ' Veinte de ciento noventa ', photos: [photo] }), saving)
    expect(JSON.parse(statement)).toEqual({
      v: 1, mission, type: 'report', id: reportId(1), author, category: 'counting.unfolded_ballots', severity: 'critical', station: 'CV-01', table: '6121', atStation: true,
      position: { latitude: 13.7, longitude: -89.2, accuracyMetres: 12.3, ageSeconds: 8 },
      times: { observedAt: '2027-03-01T02:10:00.000Z', finishedAt: '2027-03-01T02:14:33.120Z', zone: 'America/El_Salvador' },
      words: 'Veinte de ciento noventa', language: 'es', photos: [photo],
    })
    expect(Object.keys(JSON.parse(statement) as object)).toEqual(Object.keys(Statement.shape))
  })

  it('takes severity from the category and time from now when nobody said', () => {
    expect(fileDraft(draft({ category: 'voting.queue' }), saving).stated).toMatchObject({ severity: 'low', times: { observedAt: '2027-03-01T02:14:33.120Z' } })
    expect(fileDraft(draft({ category: 'voting.queue', severity: 'high', observedAt: '2027-03-01T01:00:00.000Z' }), saving).stated).toMatchObject({ severity: 'high', times: { observedAt: '2027-03-01T01:00:00.000Z' } })
  })

  it.each([
    ['a minute old', [60_000], now - 60_000, null],
    ['a day old', [24 * 3_600_000], now - 24 * 3_600_000, null],
    ['more than a day old', [24 * 3_600_000 + 1], now, now - 24 * 3_600_000 - 1],
    ['years old', [3 * 365 * 24 * 3_600_000], now, now - 3 * 365 * 24 * 3_600_000],
    ['not taken yet', [-1], now, now + 1],
    ['old, beside one of today', [40 * 24 * 3_600_000, 60_000], now - 60_000, now - 40 * 24 * 3_600_000],
    ['of no time', [null], now, null],
    ['none', [], now, null],
  ])('takes its time from a picture of the last day alone, and tells of another: one %s', (_, ages, seen, untaken) => {
    const photos = ages.map((age) => ({ sha256: sha('a'), sizeBytes: 1, how: 'gallery' as const, position: null, capturedAt: age === null ? null : new Date(now - age).toISOString() }))
    expect(observedAtOf(draft({ photos }), now)).toBe(new Date(seen).toISOString())
    expect(untakenTimeOf(draft({ photos }), now)).toBe(untaken === null ? null : new Date(untaken).toISOString())
    // What its author says stands, and needs no remark.
    const own = draft({ photos, observedAt: '2024-03-01T15:30:00.000Z' })
    expect([observedAtOf(own, now), untakenTimeOf(own, now)]).toEqual([own.observedAt, null])
  })

  it('names no table where it names no station, and the mission’s zone where the phone has none', () => {
    const other = fileDraft(draft({ place: { station: null, table: '6121', by: 'person' }, atStation: false }), { ...saving, zone: 'Etc/Unknown' })
    expect(other.stated).toMatchObject({ station: null, table: null, atStation: false, position: null, times: { zone: 'America/El_Salvador' } })
  })

  it('is refused without a category', () => {
    expect(() => fileDraft(draft({ category: null }), saving)).toThrow()
  })

  it('comes back to be mended as it was, with what was found wrong', () => {
    const whole = draft({ fix: { ...fix, accuracyMetres: 12.3, at: now - 8000 }, words: 'a', severity: 'high', observedAt: '2027-03-01T01:00:00.000Z', photos: [{ sha256: sha('a'), sizeBytes: 1, how: 'phone_camera', position: null, capturedAt: null }] })
    const fields = [{ path: 'words', reason: 'too_long' as const }]
    const back = reopen({ ...fileDraft(whole, saving), hold: { code: 'invalid_input', fields, reference: null, limit: null } })
    expect(back).toEqual({ ...whole, startedAt: '2027-03-01T02:14:33.120Z', place: { ...whole.place, by: 'person' }, faults: fields, refused: true })
    expect(fileDraft(back, saving).statement).toBe(fileDraft(whole, saving).statement)
  })

  describe('[R467] opened to be mended, it has in it what was said of it since', () => {
    const picture = (letter: string) => ({ sha256: sha(letter), sizeBytes: 1, how: 'gallery' as const, position: null, capturedAt: null })
    const said = (last: number, type: Amended['stated']['type'], words: string, letters = ''): Amended => {
      const stated = { v: 1 as const, mission, type, id: reportId(last), reportId: reportId(1), author, times: { finishedAt: receipt.receivedAt, zone: 'America/El_Salvador' }, words, language: 'en', photos: [...letters].map(picture) }
      return { id: stated.id, statement: JSON.stringify(stated), stated, receipt: null, hold: null }
    }
    const refused = (amendments: Amended[], letters = '', words = 'First.'): Filed => {
      const made = fileDraft(draft({ words, photos: [...letters].map(picture) }), saving)
      const brought = amendments.flatMap(({ id, stated }) => stated.photos.map((photo): FiledPhoto => ({ sha256: photo.sha256, sizeBytes: 1, preview: 'waiting', upload: null, receivedAt: null, restarts: 0, hold: null, by: id })))
      return { ...made, photos: [...made.photos, ...brought], amendments }
    }

    it('corrections in place of its words, additions below them, with their pictures; a withdrawal stays said of it', () => {
      const withdrawal = said(4, 'withdrawal', 'Another day.')
      const back = reopen(refused([said(2, 'addition', 'Second.', 'b'), said(3, 'correction', 'First!\n\nSecond.'), withdrawal, said(5, 'addition', '', 'ca')], 'a'))
      expect([back.words, back.photos.map(({ sha256 }) => sha256), back.later]).toEqual(['First!\n\nSecond.', ['a', 'b', 'c'].map(sha), { amendments: [withdrawal], photos: [] }])
      const saved = fileDraft(back, saving)
      expect([saved.stated.words, saved.photos.map(({ sha256, by }) => [sha256, by]), saved.amendments]).toEqual(['First!\n\nSecond.', ['a', 'b', 'c'].map((letter) => [sha(letter), undefined]), [withdrawal]])
    })

    it('what no longer fits stays said of it, and all that was said after that', () => {
      const [long, after] = [said(2, 'addition', 'x'.repeat(maxWords), 'b'), said(3, 'addition', 'After.', 'c')]
      const back = reopen(refused([long, after], 'a'))
      expect([back.words, back.photos.length, back.later?.amendments]).toEqual(['First.', 1, [long, after]])
      expect(unsent([], [back])).toEqual({ reports: 1, photos: 3, any: true })
      const saved = fileDraft(back, saving)
      expect([saved.stated.photos.length, saved.photos.map(({ sha256, by }) => [sha256, by]), saved.amendments]).toEqual([1, [[sha('a'), undefined], [sha('b'), long.id], [sha('c'), after.id]], [long, after]])
    })
  })
})

describe('a position', () => {
  it('says how old it was, never less than nothing', () => {
    expect(positionOf(fix, now)).toEqual({ latitude: 13.7, longitude: -89.2, accuracyMetres: 12.3, ageSeconds: 8 })
    expect(positionOf({ ...fix, at: now + 5000 }, now)?.ageSeconds).toBe(0)
    expect(positionOf(null, now)).toBeNull()
    expect(positionOf({ ...fix, at: now - 3_600_000 }, now)?.ageSeconds).toBe(3600)
    expect(positionOf({ ...fix, at: now - 3_602_000 }, now)).toBeNull()
  })
})

describe('an id', () => {
  it('is a UUID of version 7 that begins with its time', () => {
    expect(uuid7(0x0192_7000_1234, new Uint8Array(10).fill(255))).toBe('01927000-1234-7fff-bfff-ffffffffffff')
    expect(uuid7(1, new Uint8Array(10))).toBe('00000000-0001-7000-8000-000000000000')
    const ids = Array.from({ length: 1000 }, newId)
    expect(ids.every((id) => Uuid.safeParse(id).success)).toBe(true)
    expect(new Set(ids).size).toBe(1000)
  })
})

describe('the ladder', () => {
  const reached = (one: ReturnType<typeof filed>) => ladderSteps.filter((step) => stepsOf(one)[step] !== null)
  const ladder = { id: reportId(1), number: 4812, receivedAt: receipt.receivedAt, photos: [], allPhotosAt: null, seenAt: '2027-03-01T02:15:38.000Z', decidedAt: null, takenAt: null, usedAt: null, status: 'in_review' as const, amendments: [] }

  it('goes up by receipts and by what headquarters says', () => {
    expect(reached(filed(1, 'ab'))).toEqual(['here'])
    expect(reached(filed(1, 'ab', { receipt }))).toEqual(['here', 'received'])
    expect(reached(filed(1, '', { receipt }))).toEqual(['here', 'received', 'all_photos'])
    expect(reached(withPhotos(filed(1, 'ab', { receipt }), { receivedAt: receipt.receivedAt }))).toEqual(['here', 'received', 'all_photos'])
    const late = filed(1, 'ab', { receipt, ladder: { ...ladder, allPhotosAt: receipt.receivedAt } })
    const last = '2027-03-01T02:20:00.000Z'
    expect(stepsOf({ ...late, photos: late.photos.map((photo, at) => ({ ...photo, receivedAt: at === 0 ? receipt.receivedAt : last })) }).all_photos, 'headquarters said so before the last came').toBe(last)
    expect(reached(filed(1, 'ab', { receipt, ladder }))).toEqual(['here', 'received', 'seen'])
    expect(reached(filed(1, '', { receipt, ladder: { ...ladder, decidedAt: ladder.seenAt } }))).toEqual([...ladderSteps])
  })

  it('counts from arrival to a look by headquarters’ own clock', () => {
    expect(seenAfter(filed(1, '', { receipt, ladder }))).toBe(38_000)
    expect(seenAfter(filed(1, '', { receipt }))).toBeNull()
  })

  it('counts what is not delivered', () => {
    const half = filed(1, 'ab', { receipt })
    const [first, second] = half.photos
    expect(unsent([{ ...half, photos: [{ ...first!, receivedAt: receipt.receivedAt }, second!] }, filed(2, 'cde'), filed(3, '', { receipt })])).toEqual({ reports: 1, photos: 4, any: true })
    expect(unsent([withPhotos(half, { receivedAt: receipt.receivedAt })])).toEqual({ reports: 0, photos: 0, any: false })
    expect(unsent([half])).toEqual({ reports: 0, photos: 2, any: true })
  })

  it('[R405] waits for no picture that was left out, and says so of it until it came another way', () => {
    const out = withPhotos(filed(1, 'a', { receipt }), { preview: 'sent', isLeftOut: true })
    expect([unsent([out]).any, isDelivered(out), heldOriginals([out]), reached(out)]).toEqual([false, true, 0, ['here', 'received']])
    expect(next([out], { author, mission, stopped: null, holdsOriginals: false }, freshLine, now)).toEqual({ kind: 'rest' })
    // In a file that was sealed before, by a coordinator's hand.
    const came = withLadder(out, { ...ladder, photos: [{ sha256: sha('a'), previewAt: receipt.receivedAt, receivedAt: receipt.receivedAt }] })
    expect(reached(came)).toEqual(['here', 'received', 'all_photos', 'seen'])
    expect(came.photos[0]?.preview).toBe('sent')
  })

  it('[R345] sends no small copy of a picture whose original is at headquarters, and asks for its receipt all the same', () => {
    const [first, second] = [sha('a'), sha('b')]
    const came = withLadder(filed(1, 'ab', { receipt }), { ...ladder, photos: [{ sha256: first, previewAt: null, receivedAt: receipt.receivedAt }, { sha256: second, previewAt: null, receivedAt: null }] })
    expect(came.photos.map(({ preview, receivedAt }) => [preview, receivedAt])).toEqual([['none', null], ['waiting', null]])
  })

  it('[R448] asks for the receipt at once of one that headquarters broke on, when it hears that it came another way; once, and what comes later leaves the wait as it is', () => {
    const gate = { author, mission, stopped: null, holdsOriginals: false }
    const troubled = filed(1, '', { broken: brokenToPass, notBefore: now + 500_000 })
    expect(next([troubled], gate, freshLine, now).kind).toBe('wait')
    const came = withLadder(troubled, { ...ladder, id: troubled.id })
    expect(next([came], gate, freshLine, now)).toEqual({ kind: 'send', step: { kind: 'text', report: troubled.id } })
    const again = { ...came, notBefore: now + 500_000 }
    expect(next([withLadder(again, { ...ladder, seenAt: null })], gate, freshLine, now).kind).toBe('wait')
  })
})

describe('the kind of a picture', () => {
  const bytes = (text: string) => Uint8Array.from(text.padEnd(16, ' '), (letter) => letter.charCodeAt(0))
  it.each([
    ['\u00ff\u00d8\u00ff\u00e0', 'image/jpeg'],
    ['\u0089PNG\r\n\u001a\n', 'image/png'],
    ['RIFF\u0000\u0000\u0000\u0000WEBPVP8 ', 'image/webp'],
    ['\u0000\u0000\u0000\u0018ftypheic', 'image/heic'],
    ['\u0000\u0000\u0000\u0018ftypmif1', 'image/heic'],
    ['\u0000\u0000\u0000\u0018ftypavif', null],
    ['GIF89a', null],
    ['<svg', null],
    ['%PDF-1.7', null],
    ['', null],
  ])('is told by its first bytes: %j', (head, kind) => {
    expect(pictureKind(bytes(head))).toBe(kind)
  })
})
