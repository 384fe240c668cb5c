import { titleOf } from '../../../shared/pack.ts'
import { Severity } from '../../../shared/basics.ts'
import type { DeskPhoto } from '../../../shared/photos.ts'
import type { HistoryLine, ReportPage } from '../../../shared/reports.ts'
import { reportNumber } from '../../../shared/reports.ts'
import { ReportStatus, blindFacts, claimMinutes } from '../../../shared/verification.ts'
import { signedIn } from '../../kit/me.ts'
import { nameOfLanguage, number } from '../../kit/numbers.ts'
import { duration, moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { reportWords } from '../words/report.ts'
import { type AgreementLine, accuracyOf } from './agreement.ts'

/** A category's sentence in the reader's language. */
export const categoryTitle = (code: string): string => titleOf(signedIn().mission.pack, code, language.value)

/** A pack text in the reader's language, else in the mission's first. */
export const inOurs = (texts: Record<string, string>): string => texts[language.value] ?? texts[signedIn().mission.languages[0] ?? ''] ?? Object.values(texts)[0] ?? ''

/** A language's name within a sentence; English writes it large. */
export const nameIn = (tag: string): string => (language.value === 'en' ? nameOfLanguage(tag) : nameOfLanguage(tag).toLocaleLowerCase(language.value))

/** How a picture came: by its phone as that says, else by the way of its report, of whose pictures no phone tells anything. */
export const cameHow = ({ how }: Pick<DeskPhoto, 'how'>, channel: ReportPage['channel']): string => (channel === 'web' ? reportWords().how[how] : reportWords().cameBy[channel])

/** An agreement line in words. */
export function tellLine(line: AgreementLine): string {
  const words = reportWords()
  switch (line.what) {
    case 'place': return [words.distance(words.metres(line.distanceMetres), words.metres(Math.round(line.accuracyMetres)), words.accuracy[accuracyOf(line.accuracyMetres)]), line.ageSeconds > 60 && words.positionAge(duration(line.ageSeconds * 1000))].filter(Boolean).join(', ')
    case 'elsewhere': return words.elsewhere
    case 'unsaid': return words.unsaid
    case 'noPosition': return line.channel === 'web' ? words.noPosition : words.noPositionGiven
    case 'exact': return words.exact
    case 'observed': return line.afterSeconds > 0 ? words.observedAfter(duration(line.afterSeconds * 1000)) : words.observedLongBefore(duration(-line.afterSeconds * 1000))
    case 'clock': return tellSkew(line.skewSeconds)
    case 'pictureTime': return line.mark === 'agrees' ? words.pictureTime(duration(Math.max(60, line.farthestSeconds) * 1000), line.pictures) : words.pictureTimeFar(duration(line.farthestSeconds * 1000))
    case 'source': return line.channel !== 'web' ? words.notByPhone[line.channel](line.pictures) : line.gallery === 0 ? words.fromCamera(line.pictures) : words.fromGallery(line.gallery, line.pictures)
    case 'originals': return line.unreadable > 0 ? words.originalsUnreadable(line.unreadable) : line.here === line.pictures ? (line.channel === 'web' ? words.originalsHere : words.originalsGiven)(line.pictures) : words.originalsAwaited(line.here, line.pictures)
    case 'signature': return line.signed === 'unsigned' ? words.unsigned[line.channel] : words.signatures[line.signed]
  }
}

function tellSkew(seconds: number): string {
  const words = reportWords()
  if (Math.abs(seconds) < 2) return words.clockSame
  const time = duration(Math.abs(seconds) * 1000)
  return seconds > 0 ? words.clockAhead(time) : words.clockBehind(time)
}

/** A verdict of an open round has no giver in anybody's history; one's own is known by its moment, since one's own verdicts are here. */
const isOwnBlind = ({ kind, by, at }: HistoryLine, verdicts: ReportPage['verdicts'], own: string): boolean =>
  by.kind === 'person' && by.id === null && blindFacts.includes(kind) && verdicts.some((verdict) => verdict.by === own && verdict.givenAt === at)

/** What an author's phone alone says: by another hand it was only brought, in a sealed file. */
const saidByPhone: readonly string[] = ['report.filed', 'report.corrected', 'report.added_to', 'report.withdrawn', 'report.restored', 'report.amendment_set_aside']

/** A history line as a sentence; how many there were when the same came again and again. */
export function tellFact(fact: HistoryLine, how: number, { line: { author: { id: author, name: authorName } }, verdicts, channel }: Pick<ReportPage, 'line' | 'verdicts' | 'channel'>): string {
  const words = reportWords()
  const { kind, by } = fact
  const who = isOwnBlind(fact, verdicts, signedIn().person.id) ? words.historyYou : by.name ?? words.doer[by.kind]
  if (kind === 'report.filed' && channel !== 'web') return channel === 'api' ? words.historyByProgram(authorName) : words.historyFiledFor(who, authorName)
  const done = words.historyDone[kind]
  if (done && saidByPhone.includes(kind) && by.kind === 'person' && by.id !== author && !fact.changes.some(({ field }) => field === 'toldBy')) return words.historyBrought(who, done(authorName))
  const told = done ? done(who) : words.historyOf[kind] ?? words.historyOther
  const counted = how > 1 ? words.historyMany(told, how) : told
  // The author sends the pictures, the server looks into them and a claim's time ends by itself: saying so each time says nothing.
  const isPlain = by.kind === 'server' || kind === 'report.claim_expired' || (by.id === author && kind.startsWith('photo.'))
  return done || isPlain ? counted : `${counted}. ${who}`
}

/** What a fact says besides what it changes: there is nothing before it. */
const onlySaid: readonly string[] = ['toldBy', 'keptWords', 'retractedReason', 'reason', 'wrong', 'right', 'size', 'place']

/** A changed field with its value before and after; `stationName`: a station by its code. */
export function tellChange({ field, from, to }: HistoryLine['changes'][number], page: ReportPage, stationName: (code: string) => string): { field: string; told: string } {
  const words = reportWords()
  const value = (text: string | null): string => (text === null ? words.none : tellValue(field, text, page, stationName))
  return { field: words.fields[field] ?? field, told: onlySaid.includes(field) ? value(to) : words.fromTo(value(from), value(to)) }
}

function tellValue(field: string, text: string, page: ReportPage, stationName: (code: string) => string): string {
  if (field === 'category') return categoryTitle(text)
  if (field === 'severity') return Severity.safeParse(text).success ? common().severities[Severity.parse(text)] : text
  if (field === 'status') return ReportStatus.safeParse(text).success ? common().statuses[ReportStatus.parse(text)] : text
  if (field === 'station') return stationName(text)
  if (field === 'observedAt') return moment(text)
  if (field === 'atStation') return reportWords().isThere[text === 'true' ? 'yes' : 'no']
  if (field === 'toldBy') return reportWords().toldBy[text === 'phone' ? 'phone' : 'messenger']
  if (field === 'size') return text === 'web' ? reportWords().relied.sizes.web : reportWords().relied.sizes.full
  if (field === 'duplicateOf') return page.duplicateOf?.id === text ? reportNumber(page.duplicateOf.number) : text
  return text
}

/** Facts of one kind by the same hand that follow one another and say the same, told once with their count. */
export function folded(history: readonly HistoryLine[]): { line: HistoryLine; how: number }[] {
  const out: { line: HistoryLine; how: number }[] = []
  for (const line of history) {
    const last = out.at(-1)
    if (last && last.line.kind === line.kind && /^photo\.|^release\.downloaded$/.test(line.kind) && last.line.by.id === line.by.id && last.line.by.kind === line.by.kind && JSON.stringify(last.line.changes) === JSON.stringify(line.changes)) last.how += 1
    else out.push({ line, how: 1 })
  }
  return out
}

/** Minutes and seconds that are left of a claim: `9:12`. Never more than a claim has, also where this clock is behind the server's. */
export function left(until: string, now: Date): string {
  const seconds = Math.min(claimMinutes * 60, Math.max(0, Math.ceil((Date.parse(until) - now.getTime()) / 1000)))
  return `${number(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`
}
