import { expect, it } from 'vitest'
import { countsOf } from '../../client/coordinator/plug/counts.ts'

// What the sample's plug says of one phone, where something did get lost or doubled: a panel that always said 0 would show nothing.

const [one, other] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002']
const on = (id: string, confirmed: boolean, photosConfirmed = 0, photos = 2, laterWaiting = 0) => ({ id, photos, confirmed, photosConfirmed, laterWaiting })
const nothing = () => undefined
/** What the phone says now, where the database was asked after it. */
const counted = (phone: Parameters<typeof countsOf>[0], database: Pick<Parameters<typeof countsOf>[1], 'reports' | 'doubled'>, onMap: Parameters<typeof countsOf>[2]) => countsOf(phone, { ...database, saidBefore: phone }, onMap)

it('[R264] what headquarters confirmed and does not have is lost: a report, and each of its pictures', () => {
  expect(counted([on(one, true, 2), on(other, true, 1)], { reports: [{ id: other, photos: 1 }], doubled: 0 }, nothing)).toMatchObject({ lost: 3, doubled: 0, agree: false })
  expect(counted([on(one, true, 2)], { reports: [{ id: one, photos: 1 }], doubled: 0 }, nothing)).toMatchObject({ lost: 1 })
})

it('[R264] what was not confirmed is on the way, and is not lost', () => {
  expect(counted([on(one, false), on(other, true, 1)], { reports: [{ id: other, photos: 1 }], doubled: 0 }, nothing)).toMatchObject({ lost: 0, onTheWay: { reports: 1, photos: 3 } })
})

it('[R264] what headquarters has twice is doubled, and the three do not agree', () => {
  expect(counted([on(one, true, 2)], { reports: [{ id: one, photos: 2 }, { id: other, photos: 2 }], doubled: 1 }, () => 2)).toMatchObject({ lost: 0, doubled: 1, agree: false, phone: { reports: 1, photos: 2 }, database: { reports: 2, photos: 4 }, map: { reports: 2, photos: 4 } })
})

it('[R428] what was confirmed after the database was asked is not lost by that answer, and what was confirmed before is, whatever the phone says since', () => {
  const database = { reports: [{ id: one, photos: 1 }], doubled: 0 }
  const [before, now] = [[on(one, true, 1)], [on(one, true, 2), on(other, true, 1)]]
  expect(countsOf(now, { ...database, saidBefore: before }, nothing)).toMatchObject({ lost: 0, onTheWay: { reports: 0, photos: 1, later: 0 }, agree: false })
  expect(countsOf(now, { ...database, saidBefore: now }, nothing)).toMatchObject({ lost: 3 })
  expect(countsOf([], { ...database, saidBefore: now }, nothing)).toMatchObject({ lost: 3 })
})

it('[R463] what the phone has not sent of what was said later is on the way, and the three do not agree before it is there', () => {
  const database = { reports: [{ id: one, photos: 2 }], doubled: 0 }
  expect(counted([on(one, true, 2, 2, 1)], database, () => 2)).toMatchObject({ lost: 0, onTheWay: { reports: 0, photos: 0, later: 1 }, agree: false })
  expect(counted([on(one, true, 2)], database, () => 2)).toMatchObject({ onTheWay: { later: 0 }, agree: true })
})
