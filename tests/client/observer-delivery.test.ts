import { describe, expect, it } from 'vitest'
import { deliveryOf } from '../../client/observer/outbox/delivery.ts'
import { restOf } from '../../client/observer/outbox/rest.ts'
import { tokenIn } from '../../client/observer/token.ts'
import { draft, filed, receipt, withPhotos } from './outbox-samples.ts'

const well = { signedOut: false, tooOld: false, online: true, answers: true, waits: false, sending: false }
const hold = { code: 'conflict' as const, fields: [], reference: null, limit: null }
const delivered = withPhotos(filed(1, 'ab', { receipt }), { receivedAt: receipt.receivedAt })
const waiting = filed(2, 'cde')

describe('the state of delivery in one sentence', () => {
  it.each([
    ['nothing yet', [], well, { kind: 'ready', reports: 0, photos: 0 }],
    ['all of it there', [delivered], well, { kind: 'delivered', reports: 0, photos: 0 }],
    ['something waits', [delivered, waiting], { ...well, answers: null }, { kind: 'saved', reports: 1, photos: 3 }],
    ['something goes', [waiting], { ...well, sending: true }, { kind: 'sending', reports: 1, photos: 3 }],
    ['the text is there, pictures are not', [filed(3, 'ab', { receipt })], well, { kind: 'saved', reports: 0, photos: 2 }],
    ['one is there but for a picture, another waits', [withPhotos(filed(3, 'a', { receipt }), {}), waiting], { ...well, sending: true }, { kind: 'sending', reports: 1, photos: 4 }],
    ['no network', [waiting], { ...well, answers: false, online: false }, { kind: 'offline', reports: 1, photos: 3 }],
    ['no network, nothing to send', [delivered], { ...well, answers: false, online: false }, { kind: 'offline', reports: 0, photos: 0 }],
    ['a network without headquarters', [waiting], { ...well, answers: false }, { kind: 'silent', reports: 1, photos: 3 }],
    ['a server that is near, with no network beyond', [waiting], { ...well, online: false, sending: true }, { kind: 'sending', reports: 1, photos: 3 }],
    ['headquarters asks to wait', [waiting], { ...well, waits: true }, { kind: 'waits', reports: 1, photos: 3 }],
    ['one needs its author', [{ ...filed(4, 'a'), hold }, waiting], well, { kind: 'attention', reports: 1, photos: 0 }],
    ['a picture needs its author', [withPhotos(filed(4, 'a', { receipt }), { hold })], well, { kind: 'attention', reports: 1, photos: 0 }],
    ['headquarters breaks on one', [{ ...filed(4, 'a'), broken: 3 }, waiting], { ...well, sending: true }, { kind: 'trouble', reports: 1, photos: 0 }],
    ['headquarters broke on one and has it', [{ ...delivered, broken: 3 }], well, { kind: 'delivered', reports: 0, photos: 0 }],
    ['the session has ended', [waiting], { ...well, signedOut: true, answers: false }, { kind: 'ended', reports: 1, photos: 3 }],
    ['this version is too old', [waiting], { ...well, tooOld: true }, { kind: 'too_old', reports: 1, photos: 3 }],
  ] as const)('%s', (_, mine, line, expected) => {
    expect(deliveryOf([...mine], [], line)).toEqual(expected)
  })
})

describe('[R319] how all else goes while one needs its author or headquarters breaks on it', () => {
  const [held, broken] = [{ ...filed(4, 'a'), hold }, { ...filed(5, 'b'), broken: 3 }]
  const partly = filed(4, 'ab', { receipt })
  it.each([
    ['is told', [held, waiting], { ...well, sending: true }, { kind: 'sending', reports: 1, photos: 3 }],
    ['is told where headquarters asks to wait', [broken, waiting], { ...well, waits: true }, { kind: 'waits', reports: 1, photos: 3 }],
    ['counts the pictures beside the one that needs its author', [{ ...partly, photos: partly.photos.map((photo, at) => (at === 0 ? { ...photo, hold } : photo)) }], well, { kind: 'saved', reports: 0, photos: 1 }],
    ['is not told where nothing else is to go', [held, broken, delivered], well, null],
    ['is not told while nothing stands before it', [waiting], well, null],
    ['is not told where no network is', [held, waiting], { ...well, answers: false }, null],
  ])('%s', (_, mine, line, expected) => {
    expect(restOf([...mine], [], line)).toEqual(expected)
  })
})

describe('a report that is being mended', () => {
  const open = draft({ photos: waiting.stated.photos, refused: true })
  it.each([
    ['needs its author, whatever else is there', [delivered], [open], well, { kind: 'attention', reports: 1, photos: 0 }],
    ['is counted with others that do', [{ ...filed(4, 'a'), hold }], [open], well, { kind: 'attention', reports: 2, photos: 0 }],
    ['is counted as kept here without a network', [delivered], [open], { ...well, answers: false, online: false }, { kind: 'offline', reports: 1, photos: 3 }],
    ['is none once it was saved or deleted', [delivered], [], well, { kind: 'delivered', reports: 0, photos: 0 }],
  ] as const)('%s', (_, mine, refused, line, expected) => {
    expect(deliveryOf([...mine], [...refused], line)).toEqual(expected)
  })
})

describe('a token', () => {
  const token = 'AbC_123-xyzAbC_123-xyz'
  it.each([[`https://veedor.example.org/join#${token}`], [`  http://localhost:8080/join#${token}\n`], [`#${token}`], [token]])('is found in %j', (text) => {
    expect(tokenIn(text)).toBe(token)
  })
  it.each([[''], ['https://veedor.example.org/join'], ['hola'], ['short'], [`${token} otra cosa`], ['a'.repeat(201)]])('is not found in %j', (text) => {
    expect(tokenIn(text)).toBeNull()
  })
})
