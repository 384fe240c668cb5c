import { computed, effect } from '@preact/signals'
import { type Me, meCall } from '../../shared/mission.ts'
import { Problem } from '../../shared/problem.ts'
import { type Ladder, myReportsCall, myStatementsCall } from '../../shared/reports.ts'
import { registerCall } from '../../shared/stations.ts'
import { call } from '../kit/call.ts'
import { me } from '../kit/me.ts'
import { setServerTime } from '../kit/clock.ts'
import { askForBackground } from './outbox/background-sync.ts'
import { untilAsked } from './outbox/flow.ts'
import { isDelivered, isThere } from './outbox/standing.ts'
import { chooseOriginals, followNetwork, holdsOriginals, lookAtChoice } from './outbox/originals.ts'
import { recallKey, registerKey } from './outbox/phone-key.ts'
import { filedElsewhere, withAmendments, withLadder } from './outbox/elsewhere.ts'
import { sendLostAgain } from './outbox/lost.ts'
import { changeFiled, keep, listElsewhere } from './outbox/queue.ts'
import type { Filed } from './outbox/records.ts'
import { keepReserve } from './outbox/reserve.ts'
import { type LineState, createSender } from './outbox/sender.ts'
import { watchSpace } from './outbox/space.ts'
import { joinedBefore } from './nav.ts'
import { answers, mine, owner, rate, register, send, sending, setSignedOut, showMe, signedOut, toSend, tooOld, waitsAsTold, myDrafts } from './state.ts'

const missionMilliseconds = 10 * 60_000
/** How long after its arrival a report is watched closely for a coordinator's look. */
const watchedMilliseconds = 30 * 60_000

/**
 * Whether headquarters said whose session this is since the app began, or since one ended, and knows this phone's key: somebody may have joined on another page of ours. Until
 * then nothing is sent, for what one person's session sends of another's is refused, and what an unknown key signed is set aside.
 */
let isSure = false
/** How often somebody has joined since the app began: what headquarters says of a session that was before is nothing to the one of now. */
let joined = 0

const sender = createSender({
  gate: async () => {
    await lookAtChoice()
    return { mission: owner.value.mission, author: isSure ? owner.value.author : null, stopped: signedOut.value ? 'signed_out' : tooOld.value ? 'update' : null, holdsOriginals: holdsOriginals.value }
  },
  isOurs: async (author) => {
    isSure = false
    await ask()
    return isSure && owner.value.author === author
  },
  onStopped: (why) => void stop(why),
  onUnknown: () => void round(),
  onLine: (line) => {
    show(line)
    otherTabs.postMessage(line)
  },
})

/** One tab of this phone sends at a time; how it goes all of them say. */
const otherTabs = new BroadcastChannel('veedor-line')
otherTabs.addEventListener('message', ({ data }: MessageEvent<LineState>) => show(data))

function show(line: LineState): void {
  sending.value = line.sending
  waitsAsTold.value = line.waits
  if (line.rate !== null) rate.value = line.rate
  if (line.answers !== null) answers.value = line.answers
}

/** Keeps talking to headquarters from now on, while the app is visible: what to send, how far each report is, what the mission says. */
export async function beginTalking(): Promise<void> {
  await followNetwork(() => sender.renew())
  if (owner.value.author) await recallKey(owner.value.author)
  watchSpace(() => mine.value)
  keepReserve(() => mine.value)
  addEventListener('online', () => {
    sender.renew()
    void round()
  })
  addEventListener('offline', () => {
    answers.value = false
    void round()
  })
  const waits = computed(() => mine.value.some((filed) => !isDelivered(filed)))
  document.addEventListener('visibilitychange', () => {
    void lookAgain()
    // What the browser was asked before it did while this page was in sight, where there is nothing to do for it.
    if (waits.value) void askForBackground()
  })
  addEventListener('pageshow', () => void lookAgain())
  effect(() => {
    if (toSend.value > 0) sender.wake(true)
  })
  effect(() => {
    if (!holdsOriginals.value) sender.wake()
  })
  // As long as something waits, the browser is asked to send it should this page go away.
  effect(() => {
    if (waits.value) void askForBackground()
    else void chooseOriginals('wifi', 'now')
  })
  void round()
}

let timer: ReturnType<typeof setTimeout> | undefined
let talking = false
/** Something changed while it talked: what was heard may be older than that. */
let again = false
let missionAt = 0

/** Where a session has ended, somebody may have joined meanwhile. */
function lookAgain(): Promise<void> {
  if (signedOut.value) isSure = false
  if (document.visibilityState === 'visible') sender.retry()
  return round()
}

/** What there is to hear and to say now: afterwards it comes by itself, again and again. */
export async function round(): Promise<void> {
  if (talking) {
    again = true
    return
  }
  clearTimeout(timer)
  talking = true
  again = false
  try {
    if (isSure) sender.wake(true)
    if (isSure ? document.visibilityState === 'visible' && !signedOut.value && owner.value.author : (owner.value.author ?? joinedBefore())) await ask()
  } finally {
    talking = false
    clearTimeout(timer)
    timer = setTimeout(() => void round(), again ? 0 : untilAsked(isAwaited() || !navigator.onLine, toSend.value > 0 ? rate.value : null))
  }
}

async function ask(): Promise<void> {
  const wasSure = isSure
  await heard(async () => {
    // What is signed for while it is asked may be missing in the answer.
    const held = mine.value
    const { person, reports, serverTime } = await call(myReportsCall, {}, { timeoutSeconds: 20 })
    setServerTime(serverTime)
    if (person !== owner.value.author) await learnMission()
    else if (signedOut.value) await setSignedOut(false)
    if (!isSure) await registerKey(person)
    isSure = true
    const isLost = await sendLostAgain(held.filter(({ author }) => author === person), reports, person)
    if (!wasSure || isLost) send()
    await climb(reports)
    if (Date.now() - missionAt > missionMilliseconds) await learnMission()
  })
}

/** Runs a call and remembers whether headquarters answered; what it threw is told by the state, not here. */
async function heard(act: () => Promise<void>): Promise<void> {
  const before = joined
  try {
    await act()
    answers.value = true
  } catch (thrown) {
    answers.value = thrown instanceof Problem
    // A session of the desk or of the press is none of this phone's.
    if (thrown instanceof Problem && (thrown.code === 'not_signed_in' || thrown.code === 'not_allowed') && before === joined) await stop('signed_out')
    if (thrown instanceof Problem && thrown.code === 'update_needed') await stop('update')
  }
}

async function stop(why: 'signed_out' | 'update'): Promise<void> {
  if (why === 'update') tooOld.value = true
  else {
    isSure = true
    await setSignedOut(true)
  }
}

const mostAsked = 50

async function climb(ladders: readonly Ladder[]): Promise<void> {
  await learnElsewhere(ladders)
  await learnAmendments(ladders)
  for (const ladder of ladders) {
    const known = mine.value.find((one) => one.id === ladder.id)
    if (known && JSON.stringify(known.ladder) !== JSON.stringify(ladder)) await changeFiled(ladder.id, (present) => withLadder(present, ladder))
    if (known?.hold?.code === 'conflict') await (await import('./adopt.ts')).adopt(known, ladder)
  }
}

/** Reports of this phone's owner that another phone filed, or a coordinator: they are listed here too, the newest first. */
async function learnElsewhere(ladders: readonly Ladder[]): Promise<void> {
  const here = new Set([...mine.value, ...myDrafts.value].map(({ id }) => id))
  const missing = new Map(ladders.filter(({ id }) => !here.has(id)).slice(0, mostAsked).map((ladder) => [ladder.id, ladder]))
  const known = me.value
  if (missing.size === 0 || !known) return
  const { reports } = await call(myStatementsCall, { ids: [...missing.keys()] })
  await listElsewhere(reports.flatMap(({ id, statement }) => {
    const ladder = missing.get(id)
    return (ladder && filedElsewhere(statement, ladder, known)) ?? []
  }))
}

/** What this phone's owner said of a report on another phone. */
async function learnAmendments(ladders: readonly Ladder[]): Promise<void> {
  const lacking = ladders.filter(({ id, amendments }) => mine.value.some((one) => one.id === id && isThere(one) && amendments.some((amendment) => !one.amendments?.some((known) => known.id === amendment)))).slice(0, mostAsked)
  if (lacking.length === 0) return
  const { reports } = await call(myStatementsCall, { ids: lacking.map(({ id }) => id) })
  for (const { id, amendments } of reports) await changeFiled(id, (present) => withAmendments(present, amendments, lacking.find((one) => one.id === id)?.number ?? 0))
}

/** Asks who this phone belongs to and what the mission says, and keeps both with the register. @throws Problem, NoAnswer */
export async function learnMission(): Promise<Me> {
  const found = await call(meCall, {}, { timeoutSeconds: 20 })
  // A phone belongs to an observer; anyone else's session has its own pages.
  if (found.person.role !== 'observer') return found
  await takeMe(found)
  await learnRegister()
  missionAt = Date.now()
  // Where it does not come, the next round asks: nothing of it is needed now.
  void import('./outbox/seal.ts').then(({ learnSealKey }) => learnSealKey(found.mission.id)).catch(() => undefined)
  return found
}

/** Takes a person who has just joined, or whose session holds. */
export async function takeMe(found: Me): Promise<void> {
  setServerTime(found.serverTime)
  // Nothing is sent until headquarters knows this person's key.
  isSure = false
  joined += 1
  await keep('me', found)
  await setSignedOut(false)
  await showMe(found)
  // Where headquarters cannot be told the key now, the next round does, and only then anything is sent.
  isSure = await registerKey(found.person.id).then(() => true, () => false)
}

async function learnRegister(): Promise<void> {
  const { register: found } = await call(registerCall, register.value ? { have: register.value.version } : {})
  if (!found) return
  await keep('register', found)
  register.value = found
}

function isAwaited(): boolean {
  return mine.value.some((filed) => !isDelivered(filed) || isWatched(filed))
}

const isWatched = ({ ladder, receipt }: Filed): boolean => receipt !== null && !ladder?.seenAt && Date.now() - Date.parse(receipt.receivedAt) < watchedMilliseconds
