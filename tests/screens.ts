import type { Locator, Page } from 'playwright-core'
import type { Stage } from './support/screen-stage.ts'
import type { Kept } from './support/screen-phone.ts'
import type { Words } from './support/screen-words.ts'
import { askedForProof, breaksOnIt, bringSealed, button, cutShort, fillRelease, heading, holdsFiles, homeFromDraft, inQuarantine, inRealMission, list, lostAll, noAnswer, notTaken, nowhere, openSaid, openSignIns, openTroubled, readList, refusePosition, strangeSignIn, untilLive, withNotes, withPasskeys } from './support/screen-acts.ts'
import type { Visit } from './support/screen-acts.ts'

/** Whose screen it is: someone of the sample, of the mission that has no report yet (`empty…`), of the house where nothing was begun (`fresh…`). Who is leaving has a session to be ended. A newcomer's phone holds nothing yet, an observer's what it filed. */
export type Who = 'nobody' | 'newcomer' | 'observer' | 'coordinator' | 'lead' | 'press' | 'leavingDesk' | 'leavingPress' | 'emptyDesk' | 'emptyLead' | 'emptyPress' | 'freshLead' | 'freshNobody' | 'toldDesk' | 'toldPress'

/** A screen in a state: what a router of ours shows there, whose it is, where, what to do to come to the state, and by what it is known. */
export type Screen = {
  name: string
  /** The component that the router draws. */
  shows: string
  who: Who
  size: 'phone' | 'desktop'
  at: string | ((stage: Stage, kept: Kept) => string)
  known: (page: Page, words: Words) => Locator
  before?: (visit: Visit) => Promise<unknown>
  act?: (visit: Visit) => Promise<unknown>
  agent?: 'iphone'
  /** Of the main ones: seen in both languages and in both looks of each, at every size. */
  isMain?: true
  /** What is done there changes the browser itself, not only its page. */
  isAlone?: true
}

/** What computes the map's marks never comes. */
const noClusters = ({ page }: Visit) => page.route('**/clusters.worker*', () => undefined)

const phone: Screen[] = [
  { name: 'phone-join', shows: 'Join', who: 'nobody', size: 'phone', at: '/observer/', known: (page, { late }) => heading(page, late.join.title) },
  { name: 'phone-join-not-a-link', shows: 'Join', who: 'nobody', size: 'phone', at: '/observer/', known: (page, { late }) => page.getByText(late.join.notALink), act: async ({ page, words }) => {
    await page.getByLabel(words.late.join.link).fill('https://example.org/')
    await button(page, words.late.join.look).click()
  } },
  { name: 'phone-join-welcome', shows: 'Join', who: 'nobody', size: 'phone', at: '/observer/', known: (page, { late }) => page.getByText(late.join.yours), act: async ({ page, words, stage }) => {
    await page.getByLabel(words.late.join.link).fill(`${stage.sample.address}${stage.places.observerLink}`)
    await button(page, words.late.join.look).click()
  } },
  { name: 'phone-join-other-role', shows: 'Join', who: 'nobody', size: 'phone', at: '/observer/', known: (page, { late }) => page.getByText(late.join.notObserver.coordinator), act: async ({ page, words, stage }) => {
    await page.getByLabel(words.late.join.link).fill(`${stage.sample.address}${stage.places.deskLink}`)
    await button(page, words.late.join.look).click()
  } },
  { name: 'phone-join-iphone', shows: 'Join', who: 'nobody', size: 'phone', agent: 'iphone', at: '/observer/', known: (page, { late }) => page.getByText(late.join.homeFirst) },
  { name: 'phone-unfit', isAlone: true, shows: 'Unfit', who: 'nobody', size: 'phone', at: '/observer/', known: (page, { late }) => heading(page, late.unfit.title), before: ({ page }) => page.addInitScript(() => Object.defineProperty(globalThis, 'isSecureContext', { value: false })) },
  { name: 'phone-empty', shows: 'Home', who: 'newcomer', size: 'phone', at: '/observer/', known: (page, { phone: words }) => page.getByText(words.home.emptyTitle) },
  { name: 'phone-refused', isAlone: true, shows: 'Capture', who: 'newcomer', size: 'phone', at: '/observer/', known: (page, { phone: words }) => button(page, words.place.refusedShort), before: refusePosition, act: async ({ page, words }) => {
    const chooser = page.waitForEvent('filechooser')
    await button(page, words.phone.home.camera).click()
    await chooser
    await page.locator('input[data-way=phone_camera]').dispatchEvent('cancel')
  } },
  { name: 'phone-refused-home', isAlone: true, shows: 'Home', who: 'newcomer', size: 'phone', at: '/observer/', known: (page, { phone: words }) => page.getByText(words.place.refused), before: refusePosition, act: ({ page, words }) => button(page, words.phone.home.findMe).click() },
  { name: 'phone-elsewhere', isAlone: true, shows: 'PlaceScreen', who: 'newcomer', size: 'phone', at: '/observer/?at=place', known: (page) => page.getByRole('alert'), act: async ({ page, words }) => {
    await page.getByText(words.phone.place.positionIs.good).waitFor()
    await page.getByRole('searchbox').fill('e')
    await page.locator('[data-station]').last().click()
  } },
  { name: 'phone-taken-over', shows: 'TakenOver', who: 'newcomer', size: 'phone', at: '/observer/', known: (page, { phone: words }) => page.getByText(words.update.takenOver), act: async ({ page, words }) => {
    await button(page, words.phone.home.camera).waitFor()
    await page.evaluate(() => void indexedDB.open('veedor', 999))
  } },
  { name: 'phone-home', isMain: true, shows: 'Home', who: 'observer', size: 'phone', at: '/observer/', known: (page) => page.locator('[data-delivery=delivered]') },
  { name: 'phone-drop', shows: 'Home', who: 'observer', size: 'phone', at: '/observer/', known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.phone.home.dropDraft).click() },
  { name: 'phone-where', shows: 'PlaceScreen', who: 'observer', size: 'phone', at: '/observer/?at=place', known: (page) => page.locator('[data-station]').nth(3) },
  { name: 'phone-report', shows: 'ReportScreen', who: 'observer', size: 'phone', at: (_, { decided }) => `/observer/?report=${decided}`, known: (page) => page.locator('[data-step=decided][data-reached=true]') },
  { name: 'phone-report-picture', shows: 'ReportScreen', who: 'observer', size: 'phone', at: (_, { decided }) => `/observer/?report=${decided}`, known: (page, { late }) => page.getByText(late.report.smallCopy), act: ({ page, words }) => button(page, words.phone.capture.enlarge(1)).click() },
  { name: 'phone-report-gone', shows: 'ReportScreen', who: 'observer', size: 'phone', at: `/observer/?report=${nowhere}`, known: (page, { late }) => page.getByText(late.report.gone) },
  { name: 'phone-sent', shows: 'ReportScreen', who: 'observer', size: 'phone', at: (_, { decided }) => `/observer/?report=${decided}&at=sends`, known: (page) => page.locator('[data-field="photos.sha256"]').nth(1) },
  { name: 'phone-receipt', shows: 'ReportScreen', who: 'observer', size: 'phone', at: (_, { decided }) => `/observer/?report=${decided}&at=receipt`, known: (page) => page.locator('[data-receipt] path') },
  { name: 'phone-withdraw', shows: 'ReportScreen', who: 'observer', size: 'phone', at: (_, { seen }) => `/observer/?report=${seen}`, known: (page, { late }) => page.getByText(late.amend.turns.withdrawal.lacks), act: async ({ page, words }) => {
    await button(page, words.late.amend.wrong).click()
    await button(page, words.late.amend.turns.withdrawal.action).click()
  } },
  { name: 'phone-amended', shows: 'ReportScreen', who: 'observer', size: 'phone', at: (_, { seen }) => `/observer/?report=${seen}`, known: (page) => page.locator('[data-version=addition][data-received=true]').first(), act: async ({ page, words }) => {
    await button(page, words.late.amend.add).click()
    await page.getByLabel(words.phone.capture.wordsLabel).fill('JRV 6121')
    await button(page, words.late.amend.saveAdded).click()
    await page.getByText(words.late.amend.versions).click()
  } },
  { name: 'phone-menu', shows: 'Menu', who: 'observer', size: 'phone', at: '/observer/?at=menu', known: (page, { late }) => heading(page, late.menu.title) },
  { name: 'phone-leave', shows: 'Menu', who: 'observer', size: 'phone', at: '/observer/?at=menu', known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.late.menu.leave).click() },
  { name: 'phone-offline', shows: 'Home', who: 'observer', size: 'phone', at: '/observer/', known: (page) => page.locator('[data-delivery=offline]'), act: ({ cut }) => cut() },
  // From here on a draft is open: the phone opens again where its owner was.
  { name: 'phone-capture', isMain: true, shows: 'Capture', who: 'observer', size: 'phone', at: (_, { draft }) => `/observer/?draft=${draft}`, known: (page, { phone: words }) => button(page, words.capture.save) },
  { name: 'phone-capture-lacks', shows: 'Capture', who: 'observer', size: 'phone', at: (_, { draft }) => `/observer/?draft=${draft}`, known: (page, { phone: words }) => page.getByText(words.capture.chooseCategory), act: ({ page, words }) => button(page, words.phone.capture.save).click() },
  { name: 'phone-place', shows: 'PlaceScreen', who: 'observer', size: 'phone', at: (_, { draft }) => `/observer/?draft=${draft}&at=place`, known: (page, { phone: words }) => page.getByText(words.place.otherHint) },
  { name: 'phone-place-none', shows: 'PlaceScreen', who: 'observer', size: 'phone', at: (_, { draft }) => `/observer/?draft=${draft}&at=place`, known: (page, { phone: words }) => page.getByText(words.place.notFound('zzzz')), act: ({ page, words }) => page.getByLabel(words.phone.place.search).fill('zzzz') },
  { name: 'phone-categories', shows: 'Categories', who: 'observer', size: 'phone', at: (_, { draft }) => `/observer/?draft=${draft}&at=categories`, known: (page) => page.locator('[data-category]').nth(9) },
  { name: 'phone-picture', shows: 'Picture', who: 'observer', size: 'phone', at: (_, { draft, picture }) => `/observer/?draft=${draft}&at=picture&picture=${picture}`, known: (page) => page.locator('main img') },
  { name: 'phone-sends-nothing', shows: 'Sends', who: 'observer', size: 'phone', at: (_, { draft }) => `/observer/?draft=${draft}&at=sends`, known: (page, { signing }) => page.getByText(signing.sends.chooseFirst) },
  { name: 'phone-sends', shows: 'Sends', who: 'observer', size: 'phone', at: (_, { draft }) => `/observer/?draft=${draft}`, known: (page) => page.locator('[data-field="photos.sha256"]').first(), act: async ({ page, words }) => {
    await page.locator('[data-category] input').first().check()
    await button(page, words.phone.capture.sends).click()
  } },
  // Each leaves a draft open: the next begins on it.
  { name: 'phone-correct', shows: 'Amend', who: 'observer', size: 'phone', at: '/observer/', known: (page, { late }) => page.getByText(late.amend.correctWhat), act: async ({ page, words }) => {
    await homeFromDraft(page, words)
    await page.locator('[data-report]').first().click()
    await button(page, words.late.amend.correct).click()
  } },
  { name: 'phone-add', shows: 'Amend', who: 'observer', size: 'phone', at: '/observer/', known: (page, { late }) => page.getByText(late.amend.nothing), act: async ({ page, words }) => {
    await homeFromDraft(page, words)
    await page.locator('[data-report]').first().click()
    await button(page, words.late.amend.add).click()
    await button(page, words.late.amend.saveAdded).click()
  } },
  { name: 'phone-withdrawn', shows: 'ReportScreen', who: 'observer', size: 'phone', at: '/observer/', known: (page) => page.locator('[data-amended=withdrawal]'), act: async ({ page, words, kept: { seen } }) => {
    await homeFromDraft(page, words)
    await page.locator(`[data-report="${seen}"]`).click()
    await button(page, words.late.amend.wrong).click()
    await page.getByLabel(words.late.amend.turns.withdrawal.why).fill('JRV 6121')
    await button(page, words.late.amend.turns.withdrawal.action).click()
  } },
]

const room: Screen[] = [
  { name: 'room-empty', shows: 'Room', who: 'emptyDesk', size: 'desktop', at: '/room/', known: (page, { room: words }) => page.getByText(words.notOpenTitle) },
  { name: 'room', isMain: true, shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: list },
  { name: 'room-lead', shows: 'Room', who: 'lead', size: 'desktop', at: '/room/', known: list },
  { name: 'room-filtered', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/?severity=critical&status=verified', known: list },
  { name: 'room-filters', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page, { room: words }) => page.getByRole('dialog', { name: words.filters }), act: ({ page, words }) => button(page, words.room.filter, false).click() },
  { name: 'room-nothing', isMain: true, shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/?words=zzzzzz', known: (page, { room: words }) => page.getByText(words.noMatchTitle) },
  { name: 'room-card', shows: 'Room', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/?report=${places.verified}`, known: (page) => page.locator('[data-card] h2, [data-card] h3, [data-card] b').first() },
  { name: 'room-group', isMain: true, shows: 'Room', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/?spot=${places.spot}`, known: (page) => page.locator('[data-spot] [data-report]').first() },
  { name: 'room-no-place', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/?spot=none', known: (page) => page.locator('[data-spot] [data-report]').nth(1) },
  { name: 'room-settings', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.getByRole('menu'), act: ({ page, words }) => button(page, words.desk.settings).click() },
  { name: 'room-leave', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page, { desk }) => page.getByRole('dialog', { name: desk.leaveTitle }), act: async ({ page, words }) => {
    await button(page, words.desk.settings).click()
    await page.getByRole('menuitem', { name: words.common.buttons.leave }).click()
  } },
  { name: 'room-wrong-times', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/?from=2027-02-28T18:00:00.000Z&until=2027-02-28T12:00:00.000Z', known: (page, { room: words }) => page.getByRole('dialog', { name: words.filters }).getByText(words.reversed), act: ({ page, words }) => button(page, words.room.filter, false).click() },
  { name: 'room-here', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page, { room: words }) => page.getByText(words.hereNow), act: ({ page }) => page.locator('[data-here] button').click() },
  { name: 'room-keys', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.getByRole('dialog'), act: ({ page }) => page.keyboard.press('?') },
  { name: 'room-lost', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.locator('[data-tone=stale]'), act: ({ page, cut }) => untilLive(page).then(cut) },
  { name: 'room-ended', shows: 'Room', who: 'leavingDesk', size: 'desktop', at: '/room/', known: (page, { room: words }) => page.getByText(words.endedTitle), act: ({ page, endSession }) => untilLive(page).then(endSession) },
  { name: 'room-phone', shows: 'Room', who: 'coordinator', size: 'phone', at: '/room/', known: list },
  { name: 'room-phone-map', shows: 'Room', who: 'coordinator', size: 'phone', at: '/room/?view=map', known: (page) => page.locator('[data-mark]').first() },
  { name: 'room-phone-card', shows: 'Room', who: 'coordinator', size: 'phone', at: ({ places }) => `/room/?report=${places.verified}`, known: (page) => page.locator('[data-card] h2, [data-card] h3, [data-card] b').first() },
  { name: 'room-nowhere', shows: 'PlainNote', who: 'coordinator', size: 'desktop', at: '/room/elsewhere', known: (page, { room: words }) => page.getByText(words.notThere) },
  { name: 'people-not-yours', shows: 'PlainNote', who: 'coordinator', size: 'desktop', at: '/room/people', known: (page, { room: words }) => page.getByText(words.notYours) },
  { name: 'people', shows: 'People', who: 'lead', size: 'desktop', at: '/room/people', known: (page) => page.locator('tbody tr').nth(5) },
  { name: 'people-phone', shows: 'People', who: 'lead', size: 'phone', at: '/room/people', known: (page) => page.locator('tbody tr').nth(5) },
  { name: 'people-invited', shows: 'People', who: 'emptyLead', size: 'desktop', at: '/setup?step=people', known: (page) => page.locator('svg[role=img]').first(), act: async ({ page, words }) => {
    await page.getByLabel(words.people.name, { exact: true }).fill('Ana María de los Ángeles Hernández')
    await button(page, words.people.makeLink).click()
  } },
  { name: 'people-remove', shows: 'People', who: 'lead', size: 'desktop', at: '/room/people', known: (page) => page.getByRole('dialog'), act: async ({ page, words }) => {
    await button(page, words.people.menu('Bruno Ejemplo')).click()
    await page.getByRole('menuitem', { name: words.people.remove }).click()
  } },
  { name: 'people-import', shows: 'People', who: 'emptyLead', size: 'desktop', at: '/setup?step=people', known: (page, { delegation }) => page.getByText(delegation.headingIs), act: ({ page, words }) => button(page, words.delegation.importList).click() },
  { name: 'people-import-phone', shows: 'People', who: 'lead', size: 'phone', at: '/room/people', known: (page, { delegation }) => button(page, delegation.invite(30)), act: readList },
  { name: 'people-preview', isMain: true, shows: 'People', who: 'lead', size: 'desktop', at: '/room/people', known: (page, { delegation }) => button(page, delegation.invite(30)), act: readList },
  { name: 'people-cards', shows: 'People', who: 'emptyLead', size: 'desktop', at: '/setup?step=people', known: (page) => page.locator('[data-cards] [data-card]').nth(3), act: async (visit) => {
    await readList(visit)
    await visit.page.locator('tbody tr').first().waitFor()
    await visit.page.locator('section > footer button').click()
  } },
  { name: 'audit', isMain: true, shows: 'Audit', who: 'lead', size: 'desktop', at: '/room/audit', known: (page) => page.locator('[data-fact]').nth(5) },
  { name: 'audit-filtered', shows: 'Audit', who: 'lead', size: 'phone', at: '/room/audit?group=verdict', known: (page) => page.locator('[data-fact="verdict.given"]').first() },
  { name: 'audit-nothing', shows: 'Audit', who: 'lead', size: 'desktop', at: '/room/audit?thing=zzzz', known: (page, { audit }) => page.getByText(audit.nothing) },
  { name: 'audit-export', shows: 'Audit', who: 'lead', size: 'desktop', at: '/room/audit', known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.audit.export).click() },
  { name: 'audit-head', shows: 'Head', who: 'lead', size: 'desktop', at: '/room/audit/head', known: (page) => page.locator('[data-anchor]') },
  { name: 'audit-head-phone', shows: 'Head', who: 'lead', size: 'phone', at: '/room/audit/head', known: (page) => page.locator('[data-anchor]') },
  { name: 'embargo', shows: 'Embargo', who: 'lead', size: 'desktop', at: '/room/embargo', known: (page, { audit }) => button(page, audit.statement) },
  { name: 'embargo-statement', shows: 'Embargo', who: 'lead', size: 'phone', at: '/room/embargo', known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.audit.statement).click() },
  { name: 'room-checking', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.locator('[data-state=checking]'), before: ({ page }) => page.route('**/api/live/held/reports*', (route) => route.fulfill({ json: { number: 1e9, at: '2027-02-28T20:14:33.000Z', isAhead: false, held: { count: 0, digest: '0000000000000000' } } })) },
  { name: 'room-away', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.locator('[data-away]'), act: async ({ page, words }) => {
    await untilLive(page)
    await button(page, words.room.awayKey, false).click()
  } },
  { name: 'room-away-phone', shows: 'Room', who: 'coordinator', size: 'phone', at: '/room/', known: (page) => page.locator('[data-away]'), act: async ({ page, words }) => {
    await untilLive(page)
    await button(page, words.room.awayKey, false).click()
  } },
  { name: 'room-away-nothing', shows: 'Room', who: 'emptyDesk', size: 'desktop', at: '/room/', known: (page) => page.locator('[data-away]'), act: async ({ page, words }) => {
    await untilLive(page)
    await button(page, words.room.awayKey, false).click()
  } },
  { name: 'room-past', shows: 'Room', who: 'coordinator', size: 'desktop', at: () => `/room/?asOf=${new Date().toISOString()}`, known: (page) => page.locator('[data-past]') },
  { name: 'room-past-phone', shows: 'Room', who: 'coordinator', size: 'phone', at: () => `/room/?asOf=${new Date().toISOString()}`, known: (page) => page.locator('[data-past]') },
  { name: 'room-past-map-phone', shows: 'Room', who: 'coordinator', size: 'phone', at: () => `/room/?view=map&asOf=${new Date().toISOString()}`, known: (page) => page.locator('[data-past-note]') },
  { name: 'report-from-past-phone', shows: 'ReportPage', who: 'coordinator', size: 'phone', at: ({ places }) => `/room/reports/${places.others}?asOf=${new Date().toISOString()}`, known: (page) => page.locator('[data-from-past]') },
  { name: 'room-past-before', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/?asOf=2020-02-28T20:00:00.000Z', known: (page) => page.locator('[data-past]') },
  { name: 'room-no-streets', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page, { room: words }) => page.getByText(words.noStreets), before: ({ page }) => page.route('**/api/ground', (route) => route.fulfill({ json: { areas: null, streets: { kind: 'raster', from: 0, until: 5, bounds: null }, attribution: '© OpenStreetMap' } })) },
  { name: 'room-in-view', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/?within=map&marks=pictures', known: list },
  { name: 'room-in-view-phone', shows: 'Room', who: 'coordinator', size: 'phone', at: '/room/?within=map', known: list },
  { name: 'room-cut', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.locator('[data-cut]'), before: cutShort },
  { name: 'room-cut-phone', shows: 'Room', who: 'coordinator', size: 'phone', at: '/room/', known: (page) => page.locator('[data-newest]'), before: cutShort },
  { name: 'room-cut-map-phone', shows: 'Room', who: 'coordinator', size: 'phone', at: '/room/?view=map', known: (page) => page.locator('[data-cut]'), before: cutShort },
  { name: 'room-map-drawing', shows: 'Room', who: 'coordinator', size: 'desktop', at: () => `/room/?asOf=${new Date().toISOString()}`, known: (page, { room: words }) => page.getByText(words.drawing), before: noClusters },
  { name: 'room-map-drawing-phone', shows: 'Room', who: 'coordinator', size: 'phone', at: '/room/?view=map', known: (page, { room: words }) => page.getByText(words.drawing), before: noClusters },
]

const filing: Screen[] = [
  { name: 'file-for', shows: 'FileFor', who: 'coordinator', size: 'desktop', at: '/room/file', known: (page, { common }) => page.getByText(common.fields.required).first(), act: ({ page, words }) => button(page, words.fileFor.file).click() },
  { name: 'file-for-phone', shows: 'FileFor', who: 'coordinator', size: 'phone', at: '/room/file', known: (page, { fileFor }) => button(page, fileFor.file) },
  { name: 'setup-close', shows: 'CheckingStep', who: 'lead', size: 'desktop', at: '/setup?step=checking', known: (page, { setUp }) => page.getByRole('dialog', { name: setUp.closeAsk }), act: ({ page, words }) => button(page, words.setUp.closeDo).click() },
  { name: 'people-role', shows: 'People', who: 'lead', size: 'desktop', at: '/room/people', known: (page, { people }) => page.getByText(people.roleEnds), act: async ({ page, words }) => {
    await button(page, words.people.menu('Bruno Ejemplo')).click()
    await page.getByRole('menuitem', { name: words.people.changeRole }).click()
  } },
  { name: 'people-end', shows: 'People', who: 'lead', size: 'phone', at: '/room/people', known: (page, { people }) => page.getByText(people.endWhat), act: async ({ page, words }) => {
    await button(page, words.people.menu('Bruno Ejemplo')).click()
    await page.getByRole('menuitem', { name: words.people.endAccess }).click()
  } },
  { name: 'phone-sign-ins', shows: 'SignIns', who: 'newcomer', size: 'phone', at: '/observer/?at=sign-ins', known: (page) => page.locator('[data-sign-in]').first() },
  { name: 'phone-sign-ins-silent', shows: 'SignIns', who: 'newcomer', size: 'phone', at: '/observer/?at=sign-ins', before: ({ page }) => page.route('**/api/my/sign-ins', (route) => route.abort()), known: (page, { common }) => page.getByRole('alert').getByRole('button', { name: common.buttons.again }) },
  { name: 'phone-little-room', isAlone: true, shows: 'Home', who: 'newcomer', size: 'phone', at: '/observer/', known: (page) => page.locator('[data-advice=room]'), before: ({ page }) => page.addInitScript(() => {
    navigator.storage.estimate = () => Promise.resolve({ quota: 50_000_000, usage: 20_000_000 })
  }) },
  { name: 'phone-transfer', shows: 'Transfer', who: 'newcomer', size: 'phone', at: '/observer/?at=transfer', known: (page, { late }) => page.getByRole('img', { name: late.transfer.code }) },
  { name: 'report-filed-for', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.filedFor}`, known: (page, { report }) => page.getByText(report.unsigned.messenger) },
  { name: 'file-sealed', shows: 'FileFor', who: 'coordinator', size: 'desktop', at: '/room/file', known: (page, { fileFor }) => page.getByText(fileFor.fromPhone.notTaken), act: bringSealed },
  { name: 'file-not-sealed', shows: 'FileFor', who: 'coordinator', size: 'phone', at: '/room/file', known: (page, { fileFor }) => page.getByText(fileFor.fromPhone.notOpened.not_one), act: ({ page, words }) => page.getByLabel(words.fileFor.fromPhone.title).last().setInputFiles({ name: 'x.veedor', mimeType: 'application/octet-stream', buffer: Buffer.from('x') }) },
  { name: 'plug', shows: 'Plug', who: 'coordinator', size: 'desktop', at: '/room/plug', known: (page, { plug }) => page.getByText(plug.ownAddress) },
  { name: 'phone-transfer-done', isAlone: true, shows: 'Transfer', who: 'newcomer', size: 'phone', at: '/observer/?at=transfer', known: (page, { late }) => page.getByText(late.transfer.done), act: async ({ page, words }) => {
    await page.getByRole('img', { name: words.late.transfer.code }).waitFor()
    await page.route('**/api/my/reports', (route) => route.fulfill({ status: 401, contentType: 'application/json', body: JSON.stringify({ problem: 'not_signed_in' }) }))
    await page.evaluate(() => dispatchEvent(new Event('online')))
  } },
  { name: 'plug-none', shows: 'Plug', who: 'emptyDesk', size: 'phone', at: '/room/plug', known: (page, { plug }) => page.getByText(plug.noneTitle) },
]

const pages: Screen[] = [
  { name: 'report-waiting', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.waiting}`, known: (page, { report }) => button(page, report.claimToJudge, false) },
  { name: 'report-mine', isMain: true, shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.mine}`, before: ({ stage }) => stage.claim(), known: (page, { report }) => button(page, report.give, false), act: async ({ page, words }) => {
    await button(page, words.desk.outcomes.not_confirmed, false).click()
    await button(page, words.report.give, false).click()
  } },
  { name: 'report-taken', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.others}`, before: ({ stage }) => stage.claim(), known: (page, { report }) => page.getByText(report.whyNot.taken('Victoria Example')) },
  { name: 'report-same-organisation', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.sameOrganisation}`, known: (page, { report }) => page.getByText(report.whyNot.organisation) },
  { name: 'report-second', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.second}`, known: (page, { report }) => heading(page, report.history) },
  { name: 'report-bare', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.bare}`, known: (page, { report }) => page.getByText(report.noPicturesWhat) },
  { name: 'report-awaited', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.awaited}`, known: (page, { report }) => heading(page, report.history) },
  { name: 'report', isMain: true, shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.verified}`, known: (page, { report }) => heading(page, report.verdicts) },
  { name: 'report-released', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.released}`, known: (page, { report }) => heading(page, report.releases) },
  { name: 'report-retract', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.released}`, known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.report.retract).click() },
  { name: 'report-retracted', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.retracted}`, known: (page, { report }) => heading(page, report.releases) },
  { name: 'report-duplicate', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.duplicate}`, known: (page, { report }) => heading(page, report.history) },
  { name: 'report-change', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.waiting}`, known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.report.change).click() },
  { name: 'report-phone', isMain: true, shows: 'ReportPage', who: 'coordinator', size: 'phone', at: ({ places }) => `/room/reports/${places.mine}`, before: ({ stage }) => stage.claim(), known: (page, { report }) => heading(page, report.history) },
  { name: 'report-nowhere', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: `/room/reports/${nowhere}`, known: (page, { report }) => page.getByText(report.notFound) },
  { name: 'release', isMain: true, shows: 'ReleaseStudio', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.verified}/release/${places.picture}`, known: (page) => page.locator('[data-cover]').first(), act: ({ page, words }) => button(page, words.release.addBox, false).click() },
  { name: 'release-lacks', shows: 'ReleaseStudio', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.verified}/release/${places.picture}`, known: (page, { release }) => page.getByText(release.answer).first(), act: ({ page, words }) => button(page, words.release.release, false).click() },
  { name: 'release-phone', shows: 'ReleaseStudio', who: 'coordinator', size: 'phone', at: ({ places }) => `/room/reports/${places.verified}/release/${places.picture}`, known: (page, { release }) => heading(page, release.beforeItLeaves) },
  { name: 'release-asked', shows: 'ReleaseStudio', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.verified}/release/${places.picture}`, known: (page) => page.getByRole('dialog'), act: fillRelease },
  { name: 'release-done', shows: 'ReleaseStudio', who: 'coordinator', size: 'desktop', at: ({ places: { ready } }) => `/room/reports/${ready.report}/release/${ready.picture}`, known: (page, { release }) => heading(page, release.releasedTitle), act: async (visit) => {
    await fillRelease(visit)
    await visit.page.getByRole('dialog').getByRole('button', { name: visit.words.release.release, exact: true }).click()
  } },
  { name: 'release-embargo', shows: 'ReleaseStudio', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.verified}/release/${places.picture}`, known: (page, { release }) => page.getByLabel(release.embargo.until), act: ({ page, words }) => page.getByLabel(words.release.embargo.label).selectOption('until') },
  { name: 'release-not-yet', shows: 'ReleaseStudio', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.waiting}/release/${places.undecidedPicture}`, known: (page, { release }) => page.getByText(release.notYet) },
  { name: 'report-found', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.found}`, known: (page, { report }) => page.getByText(report.previewUnlike) },
  { name: 'report-found-phone', shows: 'ReportPage', who: 'coordinator', size: 'phone', at: ({ places }) => `/room/reports/${places.found}`, known: (page, { report }) => page.getByText(report.previewUnlike) },
  { name: 'report-undecodable', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.undecodable}`, known: (page, { report }) => button(page, report.giveCopy) },
  { name: 'report-give-copy', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.undecodable}`, known: (page) => page.getByRole('alert'), act: async ({ page, words }) => {
    await button(page, words.report.giveCopy).click()
    await button(page, words.report.giveCopyDo).click()
  } },
  { name: 'releases', isMain: true, shows: 'ReleaseList', who: 'coordinator', size: 'desktop', at: '/room/releases', known: (page) => page.locator('[data-release]').nth(2) },
  { name: 'releases-phone', shows: 'ReleaseList', who: 'coordinator', size: 'phone', at: '/room/releases?standing=retracted', known: (page) => page.locator('[data-standing=retracted]').first() },
  { name: 'releases-nothing', shows: 'ReleaseList', who: 'coordinator', size: 'phone', at: '/room/releases?caption=zzzz', known: (page, { audit }) => page.getByText(audit.releases.nothing) },
  { name: 'releases-none', shows: 'ReleaseList', who: 'emptyDesk', size: 'desktop', at: '/room/releases', known: (page, { audit }) => page.getByText(audit.releases.none) },
  { name: 'audit-filter-open', shows: 'Audit', who: 'lead', size: 'phone', at: '/room/audit?group=verdict', known: (page, { audit }) => page.getByLabel(audit.thing), act: ({ page, words }) => button(page, words.room.filter).click() },
  { name: 'tokens', shows: 'Tokens', who: 'lead', size: 'desktop', at: '/room/tokens', known: (page, { signIn }) => heading(page, signIn.newToken) },
  { name: 'tokens-made', shows: 'Tokens', who: 'lead', size: 'phone', at: '/room/tokens', known: (page, { signIn }) => page.getByRole('region', { name: signIn.tokenMade }), act: async ({ page, words: { signIn } }) => {
    await page.getByLabel(signIn.tokenName).fill('Hotline form')
    await page.getByLabel(signIn.owner, { exact: true }).selectOption({ index: 1 })
    await button(page, signIn.makeToken).click()
  } },
  { name: 'report-reopen', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.released}`, known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.report.reopening.button).click() },
  { name: 'report-reopened', shows: 'ReportPage', who: 'toldDesk', size: 'desktop', at: ({ told }) => `/room/reports/${told.reopened}`, known: (page, { report }) => page.getByText(report.withheldWhat) },
  { name: 'report-corrected', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ told }) => `/room/reports/${told.corrected}`, known: (page, { report }) => page.getByText(report.relied.notConfirmed).first() },
  { name: 'report-correct', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ told }) => `/room/reports/${told.corrected}`, known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.report.correct).click() },
  { name: 'report-held', shows: 'ReportPage', who: 'coordinator', size: 'phone', at: ({ told }) => `/room/reports/${told.held}`, known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.report.letOut.button).click() },
  { name: 'room-told', shows: 'Room', who: 'toldDesk', size: 'desktop', at: '/room/', known: (page) => page.locator('[data-notice=reopened]') },
  { name: 'people-sign-ins', shows: 'People', who: 'lead', size: 'desktop', at: '/room/people', known: (page) => page.getByRole('dialog').locator('[data-sign-in]').first(), act: async ({ page, words: { people } }) => {
    await page.getByRole('button', { name: people.menu('Zoila Ejemplo') }).click()
    await page.getByRole('menuitem', { name: people.signIns }).click()
  } },
  { name: 'proof', shows: 'People', who: 'lead', size: 'desktop', at: '/room/people', known: (page, { signIn }) => page.getByRole('dialog', { name: signIn.proveTitle }).getByLabel(signIn.code), before: askedForProof, act: async ({ page, words: { people } }) => {
    await page.getByRole('button', { name: people.menu('Victoria Example') }).click()
    await page.getByRole('menuitem', { name: new RegExp(`^${people.newLink}`) }).click()
  } },
  { name: 'people-passkeys', shows: 'People', who: 'lead', size: 'phone', at: '/room/people', known: (page) => page.getByRole('dialog').locator('[data-passkey]').first(), before: withPasskeys, act: openSignIns },
  { name: 'people-end-ways', shows: 'People', who: 'lead', size: 'desktop', at: '/room/people', known: (page, { signIn }) => page.getByText(signIn.endTold), before: withPasskeys, act: async (visit) => {
    await openSignIns(visit)
    await button(visit.page, visit.words.signIn.endAll).click()
  } },
  { name: 'room-way-ended', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page, { signIn }) => page.getByText(signIn.ledEndedWhat), before: withPasskeys },
  { name: 'room-no-way', shows: 'Room', who: 'coordinator', size: 'phone', at: '/room/', known: (page, { signIn }) => page.getByText(signIn.reminder), before: inRealMission },
  { name: 'report-quarantined', shows: 'ReportPage', who: 'coordinator', size: 'phone', at: ({ places }) => `/room/reports/${places.waiting}`, known: (page, { report }) => page.getByText(report.quarantine.kept), before: inQuarantine },
  { name: 'report-quarantine', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.waiting}`, known: (page) => page.getByRole('dialog').getByRole('textbox'), act: ({ page, words }) => button(page, words.report.quarantine.button).click() },
  { name: 'report-set-aside', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.getByRole('dialog'), act: async ({ page, words, stage }) => {
    await page.goto(`${stage.sample.address}/room/reports/${await stage.setAside()}`)
    await button(page, words.report.setAside.button).click()
  } },
  // Last of the desk's: from here on its places tell of it until somebody has had it open.
  { name: 'room-alarm', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.locator('[data-alarm]').first(), act: ({ page, stage }) => untilLive(page).then(stage.setAside) },
  { name: 'report-pictures-phone', shows: 'ReportPage', who: 'coordinator', size: 'phone', at: ({ places }) => `/room/reports/${places.many}`, known: (page, { report }) => heading(page, report.history) },
  { name: 'report-notes', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.waiting}`, before: withNotes(true), known: (page) => page.locator('[data-notes="3"]'), act: ({ page, words }) => page.getByLabel(words.report.notes.label).scrollIntoViewIfNeeded() },
  { name: 'report-notes-wait', shows: 'ReportPage', who: 'coordinator', size: 'phone', at: ({ places }) => `/room/reports/${places.waiting}`, before: withNotes(false), known: (page, { report }) => page.getByText(report.notes.waits), act: ({ page, words }) => page.getByText(words.report.notes.waits).scrollIntoViewIfNeeded() },
  { name: 'report-note-strike', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: ({ places }) => `/room/reports/${places.waiting}`, before: withNotes(true), known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.report.notes.strike).click() },
]

const press: Screen[] = [
  { name: 'press-empty', shows: 'Wall', who: 'emptyPress', size: 'desktop', at: '/press/', known: (page, { press: words }) => page.getByText(words.empty) },
  { name: 'press', isMain: true, shows: 'Wall', who: 'press', size: 'desktop', at: '/press/', known: (page) => page.locator('[data-picture]').nth(3) },
  { name: 'press-phone', isMain: true, shows: 'Wall', who: 'press', size: 'phone', at: '/press/', known: (page) => page.locator('[data-picture]').nth(3) },
  { name: 'press-nothing', shows: 'Wall', who: 'press', size: 'desktop', at: '/press/?words=zzzzzz', known: (page, { press: words }) => page.getByText(words.nothingFound) },
  { name: 'press-picture', isMain: true, shows: 'Detail', who: 'press', size: 'desktop', at: ({ places }) => `/press/${places.release}`, known: (page) => page.getByRole('complementary').getByRole('img').first() },
  { name: 'press-picture-phone', isMain: true, shows: 'Detail', who: 'press', size: 'phone', at: ({ places }) => `/press/${places.release}`, known: (page) => page.getByRole('complementary').getByRole('img').first() },
  { name: 'press-nowhere', shows: 'Detail', who: 'press', size: 'desktop', at: `/press/${nowhere}`, known: (page, { press: words }) => page.getByText(words.notHere) },
  { name: 'press-of-desk', shows: 'Wall', who: 'coordinator', size: 'desktop', at: '/press/', known: (page, { press: words }) => page.getByText(words.toRoom) },
  { name: 'press-not-yours', shows: 'NotYours', who: 'newcomer', size: 'phone', at: '/press/', known: (page, { press: words }) => heading(page, words.notYours) },
  { name: 'press-lost', shows: 'Notices', who: 'press', size: 'phone', at: '/press/', known: (page, { press: words }) => page.getByText(words.lostWhat), act: ({ page, cut }) => untilLive(page).then(cut) },
  { name: 'press-ended', shows: 'Ended', who: 'leavingPress', size: 'desktop', at: '/press/', known: (page, { press: words }) => page.getByText(words.endedTitle), act: ({ page, endSession }) => untilLive(page).then(endSession) },
  { name: 'press-withdrawn', shows: 'Notices', who: 'press', size: 'desktop', at: '/press/', known: (page, { press: words }) => page.getByRole('alert').getByText(words.withdrawnTitle).first(), act: ({ page, stage }) => untilLive(page).then(stage.retractOne) },
  { name: 'press-told', isMain: true, shows: 'Notices', who: 'toldPress', size: 'desktop', at: '/press/', known: (page) => page.locator('[data-notice=withhold]') },
  { name: 'press-told-phone', shows: 'Notices', who: 'toldPress', size: 'phone', at: '/press/', known: (page) => page.locator('[data-notice=correction]') },
  { name: 'press-wait', shows: 'Detail', who: 'press', size: 'desktop', at: ({ told }) => `/press/${told.waits}`, known: (page, { press: words }) => page.getByText(words.waitTitle).first() },
  { name: 'press-used', shows: 'Detail', who: 'press', size: 'phone', at: ({ places }) => `/press/${places.release}`, known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.press.mine.use).click() },
  { name: 'press-new-sign-in', shows: 'Wall', who: 'press', size: 'desktop', at: '/press/', known: (page, { signIn }) => page.getByText(signIn.newSignInWhat), before: ({ page }) => page.route('**/api/my/sign-ins', (route) => route.fulfill({ json: { signIns: [strangeSignIn] } })) },
  { name: 'press-new-sign-ins', shows: 'Notices', who: 'press', size: 'phone', at: '/press/', known: (page, { signIn }) => page.getByText(signIn.newSignInWhat), before: ({ page }) => page.route('**/api/my/sign-ins', (route) => route.fulfill({ json: { signIns: Array.from({ length: 5 }, (_, at) => ({ ...strangeSignIn, id: nowhere.replace(/.$/, String(at)) })) } })) },
]

const entry: Screen[] = [
  { name: 'join-observer', shows: 'Join', who: 'nobody', size: 'phone', at: ({ places }) => places.observerLink, known: (page, { join }) => button(page, join.join) },
  { name: 'join-desk', shows: 'Join', who: 'nobody', size: 'desktop', at: ({ places }) => places.deskLink, known: (page, { join }) => button(page, join.join) },
  { name: 'join-iphone', shows: 'Join', who: 'nobody', size: 'phone', agent: 'iphone', at: ({ places }) => places.observerLink, known: (page, { join }) => page.getByText(join.homeFirst) },
  { name: 'join-taken', shows: 'Join', who: 'observer', size: 'phone', at: ({ places }) => places.deskLink, known: (page, { join }) => page.getByText(join.signedIn('').slice(-24)) },
  // The second link in the same tab.
  { name: 'join-ended', shows: 'Join', who: 'nobody', size: 'phone', at: `/join#${'x'.repeat(43)}`, known: (page, { join }) => heading(page, join.endedTitle) },
  { name: 'join-cut', shows: 'Join', who: 'coordinator', size: 'desktop', at: '/join', known: (page, { join }) => page.getByText(join.alreadyIn('Ulises Ejemplo')) },
  { name: 'door', shows: 'Door', who: 'nobody', size: 'desktop', at: '/', known: (page, { start }) => heading(page, start.notSignedIn) },
  { name: 'door-silent', shows: 'Door', who: 'nobody', size: 'phone', at: '/', before: noAnswer, known: (page, { start }) => heading(page, start.noAnswerTitle) },
  { name: 'room-not-signed-in', shows: 'Room', who: 'nobody', size: 'desktop', at: '/room/', known: (page, { start }) => heading(page, start.notSignedIn) },
  { name: 'setup-ended', shows: 'LinkEnded', who: 'freshNobody', size: 'desktop', at: `/setup#${'x'.repeat(43)}`, known: (page, { setUp }) => heading(page, setUp.linkEndedTitle) },
  { name: 'setup-doors', isMain: true, shows: 'Doors', who: 'freshLead', size: 'desktop', at: '/setup', known: (page, { setUp }) => heading(page, setUp.doorsTitle) },
  { name: 'setup-mission', shows: 'MissionStep', who: 'freshLead', size: 'desktop', at: '/setup?step=mission', known: (page, { common }) => page.getByText(common.fields.required).first(), act: ({ page, words }) => button(page, words.setUp.next).click() },
  { name: 'setup-checking', shows: 'CheckingStep', who: 'emptyLead', size: 'desktop', at: '/setup?step=checking', known: (page, { setUp }) => heading(page, setUp.checkingTitle) },
  { name: 'setup-register-empty', shows: 'RegisterStep', who: 'emptyLead', size: 'desktop', at: '/setup?step=register', known: (page, { setUp }) => heading(page, setUp.registerTitle) },
  { name: 'setup-register', isMain: true, shows: 'RegisterStep', who: 'emptyLead', size: 'desktop', at: '/setup?step=register', known: (page) => page.locator('tbody tr').nth(3), act: ({ page, stage }) => page.locator('input[type=file]').setInputFiles({ name: 'centros-2027.csv', mimeType: 'text/csv', buffer: Buffer.from(stage.wrongRegister) }) },
  { name: 'setup-people', shows: 'PeopleStep', who: 'emptyLead', size: 'desktop', at: '/setup?step=people', known: (page, { setUp }) => page.getByText(setUp.peopleWhat) },
  { name: 'setup-open', shows: 'OpenStep', who: 'emptyLead', size: 'desktop', at: '/setup?step=open', known: (page, { setUp }) => button(page, setUp.open) },
  { name: 'setup-phone', shows: 'RegisterStep', who: 'emptyLead', size: 'phone', at: '/setup?step=register', known: (page, { setUp }) => heading(page, setUp.registerTitle) },
  { name: 'join-code', shows: 'Join', who: 'nobody', size: 'phone', at: '/join', known: (page, { join }) => page.getByText(join.notACode), act: async ({ page, words }) => {
    await page.getByLabel(words.join.code).fill('7K3M-9PW')
    await button(page, words.join.goOnWithCode).click()
  } },
  { name: 'nowhere', shows: 'Nowhere', who: 'nobody', size: 'desktop', at: '/nowhere', known: (page, { start }) => heading(page, start.nowhere) },
  { name: 'check', shows: 'Check', who: 'nobody', size: 'phone', at: '/check', known: (page, { check }) => page.getByText(check.noReceipt), act: ({ page, words }) => button(page, words.check.check).click() },
  { name: 'check-ours', shows: 'Check', who: 'nobody', size: 'desktop', at: ({ places }) => `/check#${places.receipt}`, known: (page) => page.locator('[data-ours=report]') },
  { name: 'check-not-ours', shows: 'Check', who: 'nobody', size: 'phone', at: ({ places }) => `/check#${places.receipt.slice(0, -40)}${'A'.repeat(40)}`, known: (page, { check }) => page.getByText(check.notOurs) },
  { name: 'signin', isMain: true, shows: 'SignIn', who: 'nobody', size: 'phone', at: '/signin', known: (page, { signIn }) => heading(page, signIn.signIn) },
  { name: 'signin-words', shows: 'SignIn', who: 'nobody', size: 'desktop', at: '/signin', known: (page, { signIn }) => page.getByText(signIn.noMatch), act: async ({ page, words: { signIn } }) => {
    await button(page, signIn.byPassphrase).click()
    await page.getByLabel(signIn.name).fill('nobody')
    await page.getByLabel(signIn.passphrase).fill('not the right one')
    await page.getByLabel(signIn.code).fill('000000')
    await button(page, signIn.signIn).click()
  } },
  { name: 'signin-mine', isMain: true, shows: 'Mine', who: 'leavingDesk', size: 'desktop', at: '/signin/mine', known: (page) => page.locator('[data-sign-in]').first() },
  { name: 'signin-first', shows: 'Mine', who: 'leavingPress', size: 'phone', at: '/signin/mine?first', known: (page, { signIn }) => button(page, signIn.makePasskey) },
  { name: 'signin-app', shows: 'Mine', who: 'leavingDesk', size: 'phone', at: '/signin/mine', known: (page, { signIn }) => page.getByText(signIn.appWhat), act: ({ page, words }) => button(page, words.signIn.setPassphrase).click() },
  { name: 'signin-end', shows: 'Mine', who: 'leavingDesk', size: 'desktop', at: '/signin/mine', known: (page) => page.getByRole('dialog'), act: ({ page, words }) => button(page, words.signIn.end).click() },
  { name: 'api', shows: 'Api', who: 'nobody', size: 'desktop', at: '/api', known: (page) => page.locator('[data-call]').first() },
  { name: 'api-call', shows: 'Api', who: 'nobody', size: 'phone', at: '/api', known: (page) => page.locator('[data-call="changeReport"] pre').first(), act: async ({ page }) => {
    await page.locator('[data-call="changeReport"] summary').click()
    await page.locator('[data-call="changeReport"]').scrollIntoViewIfNeeded()
  } },
  { name: 'api-silent', shows: 'Api', who: 'nobody', size: 'desktop', at: '/api', before: ({ page }) => page.route('**/api/openapi.json*', (route) => route.abort()), known: (page, { api }) => page.getByText(api.failed) },
]

const later: Screen[] = [
  { name: 'report-withdrawn', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.locator('[data-version=withdrawal]'), act: openSaid('withdrawn') },
  { name: 'report-withdrawn-phone', shows: 'ReportPage', who: 'coordinator', size: 'phone', at: '/room/', known: (page) => page.locator('[data-version=withdrawal]'), act: openSaid('withdrawn') },
  { name: 'report-amended', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: '/room/', known: (page) => page.locator('[data-told=phone]'), act: openSaid('amended') },
  { name: 'report-amended-phone', shows: 'ReportPage', who: 'coordinator', size: 'phone', at: '/room/', known: (page) => page.locator('[data-told=phone]'), act: openSaid('amended') },
  { name: 'report-told', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: '/room/', known: (page, { fileFor }) => button(page, fileFor.later.save.correction), act: openSaid('amended', ({ report }) => report.later.toldMore) },
  { name: 'report-told-phone', shows: 'ReportPage', who: 'coordinator', size: 'phone', at: '/room/', known: (page, { fileFor }) => button(page, fileFor.later.save.correction), act: openSaid('amended', ({ report }) => report.later.toldMore) },
  { name: 'report-told-right', shows: 'ReportPage', who: 'coordinator', size: 'desktop', at: '/room/', known: (page, { fileFor }) => button(page, fileFor.later.save.restoration), act: openSaid('withdrawn', ({ report }) => report.later.toldRight) },
  { name: 'phone-delete', shows: 'ReportScreen', who: 'newcomer', size: 'phone', at: '/observer/', before: ({ page }) => page.route('**/api/reports/*', (route) => route.fulfill({ status: 409, json: { problem: 'conflict' } })), known: (page, { late }) => page.getByText(late.report.sealFirst), act: notTaken(({ late }) => late.report.delete) },
  { name: 'phone-left-out', shows: 'ReportScreen', who: 'newcomer', size: 'phone', at: '/observer/', before: ({ page }) => page.route('**/api/photos/*/complete', (route) => route.fulfill({ status: 413, json: { problem: 'too_large', limit: 50_000_000 } }), { times: 1 }), known: (page, { late }) => page.getByText(late.report.photo.leftOut), act: async (visit) => {
    await notTaken(({ late }) => late.report.leaveOut)(visit)
    await visit.page.getByRole('dialog').getByRole('button', { name: visit.words.late.report.leaveOut, exact: true }).click()
  } },
  { name: 'phone-trouble', shows: 'ReportScreen', who: 'newcomer', size: 'phone', at: '/observer/', before: breaksOnIt, known: (page, { late }) => page.getByText(late.report.troubleTitle), act: openTroubled },
  { name: 'room-files-held', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/', known: (page, { room }) => page.getByText(room.dropHere), act: holdsFiles },
  { name: 'phone-lost', shows: 'ReportScreen', who: 'newcomer', size: 'phone', at: '/observer/', known: (page, { late }) => page.getByText(late.report.lostTitle), act: lostAll },
  { name: 'room-unread', shows: 'Room', who: 'coordinator', size: 'desktop', at: '/room/?pictures=some', known: (page, { room }) => page.getByText(room.unread('pictures=some')) },
  { name: 'room-unread-phone', shows: 'Room', who: 'coordinator', size: 'phone', at: '/room/?pictures=some', known: (page, { room }) => page.getByText(room.unread('pictures=some')) },
]

/** Every screen of ours in every state that a person can come to; the pictures of the docs are of these. */
export const screens: readonly Screen[] = [...phone, ...room, ...pages, ...press, ...entry, ...filing, ...later]
