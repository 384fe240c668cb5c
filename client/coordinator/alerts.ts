import { signal } from '@preact/signals'
import * as z from 'zod/mini'
import { type ReportLine, reportNumber } from '../../shared/reports.ts'
import { titleOf } from '../../shared/pack.ts'
import { keepAs, keptAs } from '../kit/keep.ts'
import { signedIn } from '../kit/me.ts'
import { toast } from '../kit/look/Toasts.tsx'
import { language } from '../kit/words/language.ts'
import { openReport } from './room/selection.ts'
import { roomWords } from './words/room.ts'

const Wanted = z.object({ title: z.boolean(), sound: z.boolean(), notice: z.boolean() })
export type Alert = keyof z.infer<typeof Wanted>

const name = () => `alerts.${signedIn().person.id}`
/** What this person wants to be told by, on this browser: of new critical reports the tab's title says how many, and the rest is asked for. */
export const wanted = signal<z.infer<typeof Wanted>>({ title: true, sound: false, notice: false })

/** Critical reports that came while nobody looked at this tab. */
export const unlooked = signal(0)
const isLookedAt = () => !document.hidden && document.hasFocus()

/** Begins with what this person chose before; once, for as long as the app is open. */
export function followAlerts(): () => void {
  wanted.value = keptAs(Wanted, name()) ?? wanted.peek()
  const look = () => void (isLookedAt() && (unlooked.value = 0))
  document.addEventListener('visibilitychange', look)
  addEventListener('focus', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    removeEventListener('focus', look)
  }
}

/** Turns one of them on or off. A sound is heard at once and a notice shown, so that one knows it; notices need the browser's leave. */
export async function want(what: Alert): Promise<void> {
  const isOn = !wanted.peek()[what]
  if (isOn && what === 'notice') {
    if ('Notification' in window) await Notification.requestPermission()
    if (!show(roomWords().alerts.on)) return
  }
  if (isOn && what === 'sound') ring()
  turn(what, isOn)
}

function turn(what: Alert, isOn: boolean): void {
  wanted.value = { ...wanted.peek(), [what]: isOn }
  keepAs(name(), wanted.peek())
}

/** What was there when the room was opened, as the highest number of a report and the journal's: it is no news. */
let opened: { reports: number; journal: number } | null = null
export function knownUpTo(reports: number, journal: number): void {
  opened ??= { reports, journal }
}
export const isBegun = (): boolean => opened !== null

/** New reports that were heard of, and critical ones that were told: whichever way a report comes, and however often, it is told once. */
const heard = new Set<string>()
const told = new Set<string>()
/** Whether a report, as it is since a number of the journal, can be no news. */
export const hasHeard = (id: string, since: number): boolean => opened === null || since <= opened.journal || told.has(id)

/** Takes what is told of reports: each that is new and critical is told once, whatever the filter; so is one that its author has corrected to be so (`raised`). */
export function hearOf(lines: readonly ReportLine[], raised: ReadonlySet<string>): void {
  const fresh = new Set(lines.filter(({ id, number }) => number > (opened?.reports ?? 0) && !heard.has(id)).map(({ id }) => id))
  for (const id of fresh) heard.add(id)
  const critical = lines.filter((line) => line.severity === 'critical' && !told.has(line.id) && (fresh.has(line.id) || raised.has(line.id)))
  if (critical.length === 0) return
  for (const { id } of critical) told.add(id)
  if (!isLookedAt()) unlooked.value += critical.length
  if (wanted.peek().sound) ring()
  if (wanted.peek().notice) critical.forEach(notify)
}

/** Says which report and what it is about: no place, no name, no words, since it stands on a screen that others may see. */
function notify(line: ReportLine): void {
  const notice = show(roomWords().alerts.critical(reportNumber(line.number)), { body: titleOf(signedIn().mission.pack, line.category, language.peek()), tag: line.id })
  if (!notice) return
  notice.onclick = () => {
    window.focus()
    openReport(line.id)
    notice.close()
  }
}

/** Shows a notice, or says why there can be none and turns them off: some browsers, as those of phones, have the name and not the thing, and a leave can be taken back. */
function show(title: string, options: NotificationOptions = {}): Notification | null {
  const { refused, impossible } = roomWords().alerts
  const fail = (why: string) => {
    toast(why)
    turn('notice', false)
    return null
  }
  if (!('Notification' in window)) return fail(impossible)
  if (Notification.permission !== 'granted') return fail(refused)
  try {
    return new Notification(title, { ...options, silent: true })
  } catch {
    return fail(impossible)
  }
}

/** Two short tones, made here: nothing is loaded for it. */
function ring(): void {
  try {
    const audio = new AudioContext()
    for (const [at, hertz] of [[0, 784], [0.18, 1047]] as const) {
      const tone = audio.createOscillator()
      const loudness = audio.createGain()
      tone.frequency.value = hertz
      loudness.gain.setValueAtTime(0.0001, audio.currentTime + at)
      loudness.gain.exponentialRampToValueAtTime(0.2, audio.currentTime + at + 0.02)
      loudness.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + at + 0.16)
      tone.connect(loudness).connect(audio.destination)
      tone.start(audio.currentTime + at)
      tone.stop(audio.currentTime + at + 0.17)
    }
    setTimeout(() => void audio.close(), 1000)
  } catch {
    // A browser without sound, or one that waits for a first press.
  }
}
