import type { PhoneCount, Plug } from '../../../shared/plug.ts'

/** What the screen's map has of a report: how many of its pictures are whole; undefined where it has not the report. */
export type OnMap = (id: string) => number | undefined

export type Sum = { reports: number; photos: number }
/** `onTheWay`: what the phone holds and headquarters has not confirmed; `later`: of it what was said of a report after it was filed, which none of the three counts shows. `lost`: what was confirmed before the database was asked, and is not in its answer. */
export type Counts = { phone: Sum; database: Sum; map: Sum; onTheWay: Sum & { later: number }; lost: number; doubled: number; agree: boolean }

/** What the database answered, and what the phone had said when it was asked: the phone tells at once, so that what it has said since then the answer may not know. */
export type Asked = Plug & { saidBefore: PhoneCount['reports'] }

/** The three counts of one phone's reports, beside each other. Pure. */
export function countsOf(phone: PhoneCount['reports'], { reports, doubled, saidBefore }: Pick<Asked, 'reports' | 'doubled' | 'saidBefore'>, onMap: OnMap): Counts {
  const kept = new Map(reports.map(({ id, photos }) => [id, photos]))
  const shown = [...new Set([...phone, ...reports].map(({ id }) => id))].flatMap((id) => onMap(id) ?? [])
  const sums = {
    phone: { reports: phone.length, photos: total(phone.map(({ photos }) => photos)) },
    database: { reports: reports.length, photos: total(reports.map(({ photos }) => photos)) },
    map: { reports: shown.length, photos: total(shown) },
  }
  const lost = saidBefore.filter(({ id, confirmed }) => confirmed && !kept.has(id)).length + total(saidBefore.map(({ id, photosConfirmed }) => Math.max(0, photosConfirmed - (kept.get(id) ?? 0))))
  const later = total(phone.map(({ laterWaiting }) => laterWaiting))
  return {
    ...sums, lost, doubled,
    onTheWay: { reports: phone.filter(({ confirmed }) => !confirmed).length, photos: total(phone.map(({ photos, photosConfirmed }) => photos - photosConfirmed)), later },
    agree: isSame(sums.phone, sums.database) && isSame(sums.database, sums.map) && later === 0,
  }
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)
const isSame = (one: Sum, other: Sum): boolean => one.reports === other.reports && one.photos === other.photos
