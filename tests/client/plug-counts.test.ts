import { expect, it } from 'vitest'
import { countsOf } from '../../client/coordinator/plug/counts.ts'

// What the sample's plug says of one phone, where something did get lost or doubled: a panel that always said 0 would show nothing.

const [one, other] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002']
const on = (id: string, confirmed: boolean, photosConfirmed = 0, photos = 2) => ({ id, photos, confirmed, photosConfirmed })
const nothing = () => undefined

it('[R264] what headquarters confirmed and does not have is lost: a report, and each of its pictures', () => {
  expect(countsOf([on(one, true, 2), on(other, true, 1)], { reports: [{ id: other, photos: 1 }], doubled: 0 }, nothing)).toMatchObject({ lost: 3, doubled: 0, agree: false })
  expect(countsOf([on(one, true, 2)], { reports: [{ id: one, photos: 1 }], doubled: 0 }, nothing)).toMatchObject({ lost: 1 })
})

it('[R264] what was not confirmed is on the way, and is not lost', () => {
  expect(countsOf([on(one, false), on(other, true, 1)], { reports: [{ id: other, photos: 1 }], doubled: 0 }, nothing)).toMatchObject({ lost: 0, onTheWay: { reports: 1, photos: 3 } })
})

it('[R264] what headquarters has twice is doubled, and the three do not agree', () => {
  expect(countsOf([on(one, true, 2)], { reports: [{ id: one, photos: 2 }, { id: other, photos: 2 }], doubled: 1 }, () => 2)).toMatchObject({ lost: 0, doubled: 1, agree: false, phone: { reports: 1, photos: 2 }, database: { reports: 2, photos: 4 }, map: { reports: 2, photos: 4 } })
})
