import { type ReadonlySignal, signal } from '@preact/signals'
import { io } from 'socket.io-client'
import { Changed, type LiveThing, Presence, changesCall, livePath, presenceMilliseconds } from '../../shared/live.ts'
import { Problem } from '../../shared/problem.ts'
import { call } from './call.ts'
import { present } from './clock.ts'
import { type Covers, compare } from './covers.ts'
import { SetBack, follow } from './follow.ts'
import { hearAnswers, heardWithin } from './hearing.ts'

/**
 * connecting: nothing known yet; live: complete up to `completeUpTo` and told of what comes; catching_up: something may be missing, it is being fetched;
 * checking: what the screen holds is not what headquarters holds, it is loaded anew; polling: sockets are blocked here, the journal is asked every 5 s; ended: the session is over.
 */
export type LiveState = 'connecting' | 'live' | 'catching_up' | 'checking' | 'polling' | 'ended'

export type Live = {
  state: ReadonlySignal<LiveState>
  /** What the screen shows equals what the journal held at this moment. Null until the first word from the server. */
  completeUpTo: ReadonlySignal<string | null>
  /** Since when nothing is heard, by our clock; null while we are told. */
  lostSince: ReadonlySignal<Date | null>
  /** How many reports there are; null until told, and for press. */
  reports: ReadonlySignal<number | null>
  /** The coordinators who have the room open. */
  here: ReadonlySignal<readonly { id: string; name: string }[]>
  /** Those who had it open within half a day, and when they were last heard of. */
  earlier: ReadonlySignal<readonly { id: string; name: string; at: string }[]>
  close: () => void
}

type Options = {
  since: number
  onThings: (things: readonly LiveThing[], number: number) => void
  /** The set that this screen shows, to be compared with what headquarters holds; without it, it is not compared. */
  covers?: Covers
}

const pollMilliseconds = 5000
/** While asked every five seconds, so many times between two comparisons. */
const pollsBetweenLooks = 3
/** So often what was loaded anew is compared at once; after that with the next sign of presence. */
const loadsInARow = 3
/** So many looks in a row without a socket, and the journal is asked instead. */
const looksBeforePolling = 2
/** A first socket that is not there so soon may be blocked: the journal is asked beside it. */
const firstSocketMilliseconds = 2000
/** Later than this, a sign of presence or the answer to an asking is asked for; and for as long that is waited for, before the line is said to be silent. */
const lateMilliseconds = { socket: presenceMilliseconds + 1000, polling: pollMilliseconds + 2000 }
const answerMilliseconds = 5000
/** So many times it is waited once more while the line is busy. */
const mostBusy = 2
const socketPatienceMilliseconds = 10_000
const longestWaitMilliseconds = 10_000

/** Follows the journal from `since`, the number that the first call of the screen stated. Never gives up while the session lasts. Socket first; the journal is the truth. */
export function openLive({ since, onThings, covers }: Options): Live {
  const state = signal<LiveState>('connecting')
  const completeUpTo = signal<string | null>(null)
  const lostSince = signal<Date | null>(null)
  const reports = signal<number | null>(null)
  const here = signal<readonly { id: string; name: string }[]>([])
  const earlier = signal<readonly { id: string; name: string; at: string }[]>([])
  let asking = new AbortController()
  const following = follow({ since, onThings, ask: (after) => call(changesCall, { since: after }, { signal: asking.signal, onBytes: heard }) })
  let failures = 0
  let looksWithout = 0
  let fetching = false
  let again = false
  let closed = false
  let looking = false
  let differs = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let listening: ReturnType<typeof setTimeout> | undefined
  let wasConnected = false
  let heardAt: Date | null = null
  /** How often in a row the line was busy with something else when a word was due. */
  let busy = 0
  hearAnswers()

  const show = (next: LiveState) => {
    if (closed || state.peek() === next) return
    state.value = next
    lostSince.value = next === 'live' || next === 'polling' || next === 'checking' ? null : (lostSince.peek() ?? present())
  }
  const tellDesks = (told: Pick<Presence, 'here' | 'earlier'>) => {
    here.value = told.here
    earlier.value = told.earlier
  }
  const complete = (at: string) => {
    // Nothing is said to be complete while it is known to differ.
    if (differs) return show('checking')
    completeUpTo.value = at
    show(socket.connected ? 'live' : looksWithout >= looksBeforePolling ? 'polling' : 'catching_up')
  }

  const socket = io({ path: livePath, transports: ['websocket'], reconnection: false, autoConnect: false, timeout: socketPatienceMilliseconds, auth: (give) => give({ since: following.cursor() }) })

  /** Fetches what is missing; while it cannot, says so and tries again later. */
  async function fetchMissing(): Promise<void> {
    again = true
    if (fetching) return
    fetching = true
    try {
      while (again && !closed) {
        again = false
        asking = new AbortController()
        const reply = await following.catchUp()
        if (reply.reports !== null) reports.value = reply.reports
        tellDesks(reply)
        if (!again) complete(reply.at)
      }
    } catch (thrown) {
      // What is on the screen, and by which numbers, is of no use any more.
      if (thrown instanceof SetBack) location.reload()
      else if (thrown instanceof Problem && (thrown.code === 'not_signed_in' || thrown.code === 'not_allowed')) end()
      else show('catching_up')
    } finally {
      fetching = false
    }
    if (asking.signal.aborted) void fetchMissing()
  }

  /** Asks beside the attempts at a first socket. */
  function pollAlready(): void {
    if (wasConnected || looksWithout >= looksBeforePolling) return
    looksWithout = looksBeforePolling
    void fetchMissing()
  }

  /** A word of the journal came, or a part of one. */
  function heard(): void {
    heardAt = present()
    busy = 0
    listen()
  }

  /** Waits for the next word, and asks for it when it is late. A tab that slept asks, too. */
  function listen(): void {
    clearTimeout(listening)
    if (closed) return
    listening = setTimeout(() => {
      void fetchMissing()
      listening = setTimeout(silent, answerMilliseconds)
    }, socket.connected ? lateMilliseconds.socket : lateMilliseconds.polling)
  }

  /** Nothing came. A line that carries another answer meanwhile may be slow and gets more time; else the screen says since when, and tries anew what will not answer any more. */
  function silent(): void {
    if (heardWithin(answerMilliseconds) && busy++ < mostBusy) {
      listening = setTimeout(silent, answerMilliseconds)
      return
    }
    show('catching_up')
    lostSince.value = heardAt ?? lostSince.peek()
    // One that is being made has its own patience.
    if (socket.connected) socket.disconnect()
    if (fetching) asking.abort()
    else void fetchMissing()
    listen()
  }

  /** Compares what the screen holds with what headquarters does. Where they differ it says so, tells the operator, loads anew and compares again. */
  async function look(): Promise<void> {
    if (!covers || looking || closed) return
    looking = true
    try {
      for (let loads = 0; !closed; loads++) {
        const told = await compare(covers, following.cursor)
        if (closed || told === 'later') return
        // While many reports come it is so at many a look: it is complete up to when it says, and soon further.
        if (told === 'behind') return void fetchMissing()
        if (told === 'set_back') return location.reload()
        if ('agreesAt' in told) {
          differs = false
          return complete(told.agreesAt)
        }
        differs = true
        show('checking')
        if (loads === loadsInARow) return
        await covers.tellFault(told)
        await covers.again()
      }
    } catch {
      // Whoever cannot ask compares later; a line that is gone says so itself.
    } finally {
      looking = false
    }
  }

  function later(): void {
    clearTimeout(timer)
    if (closed) return
    const longest = Math.min(longestWaitMilliseconds, 500 * 2 ** failures)
    timer = setTimeout(() => socket.connect(), longest * (0.5 + Math.random() / 2))
  }

  socket.on('connect', () => {
    failures = 0
    looksWithout = 0
    wasConnected = true
    // What is complete stays so until it is told more.
    if (state.peek() !== 'polling') show('catching_up')
    listen()
  })
  // A refused handshake does not say why: the call does, and brings what was missed meanwhile.
  socket.on('connect_error', () => {
    failures += 1
    if (!wasConnected) pollAlready()
    else if (failures === 1) void fetchMissing()
    later()
  })
  socket.on('disconnect', () => {
    show('catching_up')
    later()
  })
  socket.on('changed', (sent: unknown) => {
    heard()
    const event = Changed.safeParse(sent)
    if (!event.success || following.receive(event.data) === 'gap') missing()
    // While it catches up after joining, only the presence that follows says that all pages are here.
    else if (state.peek() === 'live') completeUpTo.value = event.data.at
  })
  socket.on('presence', (sent: unknown) => {
    heard()
    const presence = Presence.safeParse(sent)
    if (!presence.success) return
    reports.value = presence.data.reports
    tellDesks(presence.data)
    if (presence.data.number > following.cursor()) return missing()
    complete(presence.data.at)
    void look()
  })

  function missing(): void {
    show('catching_up')
    void fetchMissing()
  }

  const polling = setInterval(() => {
    if (socket.connected) return
    looksWithout += 1
    if (looksWithout >= looksBeforePolling) void fetchMissing().then(() => (looksWithout % pollsBetweenLooks === 0 ? look() : undefined))
  }, pollMilliseconds)
  const first = setTimeout(pollAlready, firstSocketMilliseconds)
  const retryNow = () => {
    if (!document.hidden && !socket.connected) socket.connect()
  }
  addEventListener('online', retryNow)
  document.addEventListener('visibilitychange', retryNow)

  function close(): void {
    closed = true
    clearInterval(polling)
    for (const one of [timer, listening, first]) clearTimeout(one)
    removeEventListener('online', retryNow)
    document.removeEventListener('visibilitychange', retryNow)
    socket.close()
  }
  function end(): void {
    show('ended')
    close()
  }

  socket.connect()
  listen()
  return { state, completeUpTo, lostSince, reports, here, earlier, close }
}
