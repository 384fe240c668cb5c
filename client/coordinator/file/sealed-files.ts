import { signal } from '@preact/signals'
import { Amendment } from '../../../shared/amendments.ts'
import type { AmendmentType } from '../../../shared/amendments.ts'
import { photoId } from '../../../shared/photos.ts'
import { Problem, problems } from '../../../shared/problem.ts'
import { getReportCall, listReportsCall } from '../../../shared/reports.ts'
import { carryAmendmentCall, carryReportCall } from '../../../shared/sealed.ts'
import { call } from '../../kit/call.ts'
import { present } from '../../kit/clock.ts'
import { tell } from '../../kit/problems.ts'
import { carriedIn } from './carried.ts'
import type { Carried, NotOpened } from './carried.ts'

/** What became of one report, or of what was said of it later: how many of its pictures are here, whether anything of it was not before, and what was wrong with pictures that are not; or why it was not taken. */
export type Taken = { id: string; report: string; later: AmendmentType | null } & ({ number: number; isNew: boolean; photos: number; missing: readonly string[] } | { trouble: string })

/** A file that was dropped or chosen, and how far it is; `mayPass` where something of it did not arrive for a reason that may be gone at the next try. */
export type SealedFile = { key: number; name: string; file: File; state: 'waits' | 'opens' | 'done'; trouble: NotOpened | 'unreadable' | { told: string } | null; mayPass: boolean; taken: readonly Taken[] }

/** In the order in which they came, as long as the place that shows them is open. */
export const sealedFiles = signal<readonly SealedFile[]>([])

const waiting: number[] = []
let last = 0
let isBusy = false

/** Takes them one after the other, also what comes while one is being opened. */
export function takeFiles(files: readonly File[]): void {
  for (const file of files) {
    last += 1
    waiting.push(last)
    sealedFiles.value = [...sealedFiles.peek(), { key: last, name: file.name, file, state: 'waits', trouble: null, mayPass: false, taken: [] }]
  }
  void takeWaiting()
}

/** Takes once more what did not arrive of a file; what did stays as it was told. */
export function takeAgain(key: number): void {
  const file = sealedFiles.peek().find((one) => one.key === key)
  if (file?.state !== 'done') return
  waiting.push(key)
  show(key, { state: 'waits', trouble: null, mayPass: false, taken: file.taken.filter(isWhole) })
  void takeWaiting()
}

/** What became of files is read once; what is still being taken, or can be tried again, is shown to whoever comes back. */
export function forgetDone(): void {
  sealedFiles.value = sealedFiles.peek().filter(({ state, mayPass }) => state !== 'done' || mayPass)
}

function show(key: number, change: Partial<SealedFile>): void {
  sealedFiles.value = sealedFiles.peek().map((one) => (one.key === key ? { ...one, ...change } : one))
}

async function takeWaiting(): Promise<void> {
  if (isBusy) return
  isBusy = true
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const key = next
    const file = sealedFiles.peek().find((one) => one.key === key)
    if (file) await takeOne(file)
  }
  isBusy = false
}

async function takeOne({ key, file, taken: before }: SealedFile): Promise<void> {
  show(key, { state: 'opens' })
  try {
    const carried = await carriedIn(file)
    if (typeof carried === 'string') return show(key, { state: 'done', trouble: carried })
    const arrived = new Map(before.map((one) => [one.id, one]))
    const left = carried.filter(({ id }) => !arrived.has(id))
    const here = await alreadyHere(left)
    let mayPass = false
    for (const one of left) {
      const brought = await bring(one, here, (thrown) => { mayPass ||= mayPassOf(thrown) })
      arrived.set(one.id, brought)
      show(key, { taken: carried.flatMap(({ id }) => arrived.get(id) ?? []) })
    }
    show(key, { state: 'done', mayPass })
  } catch (thrown) {
    // A folder, or a stick that was pulled out.
    const isUnreadable = thrown instanceof DOMException && ['NotReadableError', 'NotFoundError'].includes(thrown.name)
    show(key, { state: 'done', ...(isUnreadable ? { trouble: 'unreadable' } : { trouble: { told: tell(thrown) }, mayPass: mayPassOf(thrown) }) })
  }
}

const isWhole = (one: Taken): boolean => 'number' in one && one.missing.length === 0

/** Headquarters was away or is busy; another file would not be taken either, and a refusal is none of it. */
const mayPassOf = (thrown: unknown): boolean => !(thrown instanceof Problem) || ['wait', 'pause'].includes(problems[thrown.code].outbox)

/** What headquarters has: reports and what was said of them, and the originals of their pictures. */
type Here = { said: ReadonlySet<string>; photos: ReadonlySet<string> }
const askedAtOnce = 100

async function alreadyHere(carried: readonly Carried[]): Promise<Here> {
  const ids = [...new Set(carried.map(({ id, report }) => report ?? id))]
  const [said, photos] = [new Set<string>(), new Set<string>()]
  for (let at = 0; at < ids.length; at += askedAtOnce) {
    for (const { id } of (await call(listReportsCall, { ids: ids.slice(at, at + askedAtOnce), limit: askedAtOnce })).reports) {
      const page = await call(getReportCall, { id })
      for (const one of [id, ...page.versions.map((version) => version.id)]) said.add(one)
      for (const photo of page.photos) if (photo.receivedAt !== null) photos.add(photo.id)
    }
  }
  return { said, photos }
}

/** Words first, then each picture that is not here by itself: one that is not taken keeps nothing else from arriving. */
async function bring({ photos, report, ...said }: Carried, here: Here, failed: (thrown: unknown) => void): Promise<Taken> {
  const sent = () => ({ ...said, sentAt: present().toISOString() })
  const send = (parts: readonly File[]) => (report === undefined ? call(carryReportCall, sent(), { photos: parts }) : call(carryAmendmentCall, { report, ...sent() }, { photos: parts }))
  const what = { id: said.id, report: report ?? said.id, later: report === undefined ? null : typeOf(said.statement) }
  try {
    const { number } = await send([])
    const missing: string[] = []
    const lacking = photos.filter(({ name }) => !here.photos.has(photoId(what.report, name)))
    for (const photo of lacking) {
      await send([photo]).catch((thrown: unknown) => {
        failed(thrown)
        missing.push(tell(thrown))
      })
    }
    return { ...what, number, isNew: !here.said.has(said.id) || lacking.length > missing.length, photos: photos.length - missing.length, missing }
  } catch (thrown) {
    failed(thrown)
    return { ...what, trouble: tell(thrown) }
  }
}

/** What kind of thing was said; what nobody can read is said to be an addition, and headquarters says what is wrong with it. */
function typeOf(statement: string): AmendmentType {
  try {
    return Amendment.parse(JSON.parse(statement)).type
  } catch {
    return 'addition'
  }
}
