import { batch, computed, effect, signal, untracked } from '@preact/signals'
import { type Held, type LiveThing, heldReportsCall } from '../../shared/live.ts'
import { roomCountsCall } from '../../shared/counts.ts'
import { isCountedOnMap, mapWindowCall } from '../../shared/map.ts'
import { meCall } from '../../shared/mission.ts'
import { type LeadNotice, type Organisation, listOrganisationsCall, listPeopleCall } from '../../shared/people.ts'
import { type ReportFilter, asOfCall, listReportsCall, reportPointsCall } from '../../shared/reports.ts'
import { fewOnMap, wholeMap } from '../../shared/whole-map.ts'
import { call } from '../kit/call.ts'
import { keep, kept } from '../kit/keep.ts'
import type { Covers } from '../kit/covers.ts'
import { tellFault } from '../kit/faults.ts'
import { type Live, openLive } from '../kit/live.ts'
import { signedIn, takeMe } from '../kit/me.ts'
import { loadNotices, takeNoticeThings } from '../kit/notices.ts'
import { hearOf, knownUpTo } from './alerts.ts'
import { askAside, takeAside } from './aside.ts'
import { atOnce } from './at-once.ts'
import { early } from './early.ts'
import type { ReplyOf } from '../../shared/contract.ts'
import { unreadOf } from './room/address.ts'
import { filterOf, isEmpty, keyOf, momentOf } from './room/filter/filter.ts'
import { bringPast } from './past-lines.ts'
import { router } from './router.ts'
import { type Told, allPoints, compareFewer, comparedFilter, isPast, newestNumber, order, pastMoment, rows, shownFilter, shownTally, takeCells, takeChanges, takeFilter, takeLines, takePast, wanted } from './store.ts'
import { findUnheard, raisedOf } from './unheard.ts'

export type PastHead = Pick<ReplyOf<typeof asOfCall>, 'head' | 'total' | 'all'> & { moment: string }

const pageSize = 100
const mostInOnePage = 500

/** The filter that the address asks for. While a report is open it stays what it was in the room. */
export const askedFilter = signal<ReportFilter>(filterOf(router.query.peek()))
/** The moment in the past that the address asks for; null for the present. */
export const askedMoment = signal<string | null>(momentOf(router.query.peek()))
/** What of the address that opened the room was not understood, until somebody has seen that it is said. */
export const unread = signal<readonly string[]>([])
/** What the journal was then. */
export const pastHead = signal<PastHead | null>(null)
const askedKey = (): string => `${keyOf(askedFilter.value)} ${askedMoment.value ?? ''}`
/** Null: nothing was ever loaded. */
export const loadedKey = signal<string | null>(null)
export const isLoading = computed(() => loadedKey.value !== askedKey())
/** What the last attempt to load threw; null while it is well. */
export const trouble = signal<unknown>(null)
export const live = signal<Live | null>(null)
export const peopleVersion = signal(0)
/** Changes when something of the releases may be another: a take is told by its report. */
export const releasesVersion = signal(0)
export const organisations = signal<ReadonlyMap<string, string>>(new Map())

let asking: AbortController | null = null
/** How often the filter's reports were loaded. */
let loads = 0
let retrying: ReturnType<typeof setTimeout> | undefined
const retryAfterMs = 5000

/** Loads what the address asks for. A later question takes the place of one that is under way. */
export async function load(): Promise<void> {
  asking?.abort()
  clearTimeout(retrying)
  const mine = (asking = new AbortController())
  const filter = askedFilter.peek()
  const moment = askedMoment.peek()
  const key = untracked(askedKey)
  const isSame = loadedKey.peek() === key
  const limit = isSame ? Math.min(mostInOnePage, Math.max(pageSize, rows.peek().length)) : pageSize
  try {
    if (moment !== null) {
      const reply = await call(asOfCall, { asOf: moment, ...filter }, { signal: mine.signal })
      if (mine.signal.aborted) return
      batch(() => {
        if (!isSame) wanted.value = pageSize
        pastHead.value = { head: reply.head, total: reply.total, all: reply.all, moment }
        knownUpTo(reply.present, reply.number)
        takePast(moment, filter, reply)
        trouble.value = null
        loadedKey.value = key
        live.value ??= openLive({ since: reply.number, onThings: take, covers })
      })
      return
    }
    const { points, page, told } = await askPresent(filter, limit, mine.signal)
    if (mine.signal.aborted) return
    const unheard = await findUnheard(points, page, mine.signal)
    if (mine.signal.aborted) return
    if (!isSame) wanted.value = pageSize
    knownUpTo(page.all, page.number)
    takeFilter(filter, points, page, told)
    hearOf(unheard.lines, unheard.raised)
    loads += 1
    trouble.value = null
    loadedKey.value = key
    live.value ??= openLive({ since: Math.min(points.number, page.number), onThings: take, covers })
  } catch (thrown) {
    if (mine.signal.aborted) return
    trouble.value = thrown
    // Nobody has to press a button for a server that starts again; the button is for who will not wait.
    retrying = setTimeout(() => void load(), retryAfterMs)
  }
}

/** Asked for before the app was here: taken once. */
let asked: typeof early | null = early
const nothing = Promise.resolve(null)

/** Asks for the filter's reports. Where the screen shows none yet, what headquarters counted on the map comes first; where they are more than a screen is sent, that is asked for with them. */
async function askPresent(filter: ReportFilter, limit: number, signal: AbortSignal) {
  const came = asked !== null && isEmpty(filter) ? asked : { map: nothing, page: nothing, points: nothing }
  asked = null
  const { from: _from, until: _until, ...atAnyTime } = filter
  const whole = () => call(mapWindowCall, { ...wholeMap, ...filter }, { signal })
  const page = atOnce(listReportsCall, came.page, () => call(listReportsCall, { ...filter, limit }, { signal }))
  // It is waited for below.
  page.catch(() => undefined)
  if (loadedKey.peek() === null && isCountedOnMap(filter)) {
    const counted = await atOnce(mapWindowCall, came.map, whole).catch(() => null)
    if (counted !== null && counted.total > fewOnMap && !signal.aborted) {
      takeCells(counted)
      await firstDrawing()
    }
  }
  const points = await atOnce(reportPointsCall, came.points, () => call(reportPointsCall, atAnyTime, { signal }))
  return { points, page: await page, told: points.isMore ? await askTold(filter, signal) : null }
}

/** What headquarters counts of a filter of which there are more than a screen is sent. */
export async function askTold(filter: ReportFilter, signal?: AbortSignal): Promise<Told> {
  const [cells, counts] = await Promise.all([call(mapWindowCall, { ...wholeMap, ...filter }, signal ? { signal } : {}), call(roomCountsCall, filter, signal ? { signal } : {})])
  return { cells, counts }
}

/** Whether the map has drawn anything yet. */
export const hasDrawn = signal(false)
const longestDrawing = 500

/** Until the room's map stands: what is a hundred times as much to send would keep this screen and headquarters from it. */
async function firstDrawing(): Promise<void> {
  if (router.route.peek() !== '' || hasDrawn.peek()) return
  let stop = (): void => undefined
  await new Promise<void>((done) => {
    setTimeout(done, longestDrawing)
    stop = hasDrawn.subscribe((has) => has && done())
  })
  stop()
}

let searching: ReturnType<typeof setTimeout> | undefined
let isSearching = false
/** Searches again soon: only the server knows which reports have the words. */
function loadSoon(): void {
  clearTimeout(searching)
  isSearching = true
  searching = setTimeout(() => void load().finally(() => (isSearching = false)), 400)
}

/** The reports of the filter as the map has them, whichever lines of the list are here yet. */
const covers: Covers = {
  ask: (since) => (isLoading.peek() || isPast.peek() || isSearching || trouble.peek() !== null ? null : askHeld(since)),
  shown: shownTally,
  upTo: newestNumber,
  turn: () => `${loads} ${isSearching} ${comparedFilter().from ?? ''}`,
  again: load,
  tellFault: (fault) => tellFault('room', fault),
}

async function askHeld(since: number): Promise<Held> {
  const asked = comparedFilter()
  const reply = await call(heldReportsCall, { since, ...asked })
  if (!reply.isAhead && reply.held === null && asked.from === comparedFilter().from) compareFewer()
  return reply
}

function take(things: readonly LiveThing[], number: number): void {
  const reports = things.flatMap((thing) => (thing.kind === 'report' ? [thing.thing] : []))
  const raised = raisedOf(reports)
  if (takeChanges(reports, number).searchAgain) loadSoon()
  hearOf(reports, raised)
  takeAside(reports)
  if (things.some((thing) => thing.kind === 'people')) peopleVersion.value += 1
  if (things.some((thing) => thing.kind === 'release' || thing.kind === 'release_gone' || thing.kind === 'report')) releasesVersion.value += 1
  if (things.some((thing) => thing.kind === 'mission')) void askMe()
  if (reports.some((line) => !organisations.peek().has(line.author.organisation))) void askOrganisations()
  takeNotices(things.filter((thing) => thing.kind === 'notice'))
  takeNoticeThings(things)
}

/** What every lead is told, oldest first; empty for who is no lead. */
const notices = signal<readonly LeadNotice[]>([])
/** Up to which fact of the journal this person acknowledged here; kept for each person who uses this browser. */
const readUpTo = signal(0)
const readName = () => `leadLinksRead.${signedIn().person.id}`
/** Those that wait to be acknowledged, also when they came while this lead was away. What one did oneself is known. */
export const unreadNotices = computed(() => notices.value.filter(({ number, by }) => number > readUpTo.value && by?.id !== signedIn().person.id))

function takeNotices(given: readonly LeadNotice[]): void {
  if (given.length > 0) notices.value = [...notices.peek().filter((one) => given.every((other) => other.number !== one.number)), ...given].sort((one, other) => one.number - other.number)
}

async function askNotices(): Promise<void> {
  if (signedIn().person.role !== 'lead') return
  readUpTo.value = Number(kept(readName()) ?? 0) || 0
  try {
    takeNotices((await call(listPeopleCall, {})).notices)
  } catch {
    // Nobody waits for it: it comes once headquarters answers.
    if (live.peek()?.state.peek() !== 'ended') setTimeout(() => void askNotices(), retryAfterMs)
  }
}

/** Takes these as read, and with them what came before. */
export function acknowledge(read: readonly LeadNotice[]): void {
  readUpTo.value = Math.max(readUpTo.peek(), ...read.map(({ number }) => number))
  keep(readName(), String(readUpTo.peek()))
}

async function askMe(): Promise<void> {
  await call(meCall, {}).then(takeMe, () => undefined)
}

const byCode = (list: readonly Organisation[]) => new Map(list.map((one) => [one.code, one.name]))
let askingOrganisations = false
async function askOrganisations(): Promise<void> {
  if (askingOrganisations) return
  askingOrganisations = true
  await call(listOrganisationsCall, {}).then((reply) => (organisations.value = byCode(reply.organisations)), () => undefined)
  askingOrganisations = false
}

let fetchingMore = false
/** Brings the lines after those that are here, until as many as are wanted have come. */
async function fetchMore(): Promise<void> {
  if (fetchingMore) return
  fetchingMore = true
  const filter = shownFilter.peek()
  const last = allPoints().get(rows.peek().at(-1) ?? '')
  const moment = pastMoment.peek()
  try {
    const before = rows.peek().length
    if (moment !== null) {
      await bringPast(moment, order.peek().slice(before, before + pageSize))
      if (moment === pastMoment.peek() && rows.peek().length === before) throw new Error('the list does not go on')
    } else {
      const page = await call(listReportsCall, { ...filter, limit: pageSize, ...(last ? { after: `${last.observedAt}~${last.id}` } : {}) })
      if (keyOf(filter) === keyOf(shownFilter.peek())) {
        takeLines(page.reports, page.number)
        // A page that brings nothing means that our order is not the server's.
        if (rows.peek().length === before && needsMore()) {
          await load()
          throw new Error('the list does not go on')
        }
      }
    }
  } catch {
    // The list says that it waits; the next scroll, filter or event asks again.
    setTimeout(() => needsMore() && void fetchMore(), 5000)
    return
  } finally {
    fetchingMore = false
  }
  if (needsMore()) void fetchMore()
}
const needsMore = () => loadedKey.peek() !== null && rows.peek().length < Math.min(wanted.peek(), order.peek().length)

/** Starts the room's following of the journal; once, for as long as the app is open. */
export function followRoom(): void {
  effect(() => {
    const { value: query } = router.query
    const isRoom = router.route.value === ''
    untracked(() => {
      const next = filterOf(query)
      if (!isRoom) {
        unread.value = []
        return
      }
      const left = unreadOf(query)
      batch(() => {
        if (keyOf(next) !== keyOf(askedFilter.peek())) askedFilter.value = next
        askedMoment.value = momentOf(query)
        if (left === null) return
        unread.value = left.what
        // Nobody copies on what does nothing.
        router.ask(left.change)
      })
    })
  })
  effect(() => {
    void [askedFilter.value, askedMoment.value]
    untracked(() => void load())
  })
  effect(() => {
    void [rows.value, wanted.value, order.value]
    untracked(() => needsMore() && void fetchMore())
  })
  void askOrganisations()
  void askNotices()
  void askAside(() => live.peek()?.state.peek() !== 'ended')
  void loadNotices()
}
