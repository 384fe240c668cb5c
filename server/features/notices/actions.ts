import { AmendmentType } from '../../../shared/amendments.ts'
import { Texts, done } from '../../../shared/basics.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import type { LiveThing } from '../../../shared/live.ts'
import { NoticeKind, saysOtherwise } from '../../../shared/notices.ts'
import type { confirmNoticeCall, noticesCall } from '../../../shared/notices.ts'
import { Problem } from '../../../shared/problem.ts'
import type { Role } from '../../../shared/roles.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Changes, Look, Subject, Work } from '../../platform/journal/work.ts'
import { byUrgency, isForPress, standing, voidedBy } from './rules.ts'
import * as store from './store.ts'
import type { NoticeCopyRow, NoticeRow } from './tables.ts'

/** What a fact has to carry so that somebody is told: its changes, and the notices as things of their own. */
export type Telling = { put: { notices: NoticeRow[]; noticeCopies: NoticeCopyRow[] }; set: NonNullable<Changes['set']>; touches: Subject[] }
type Maker = Pick<Work, 'tx' | 'now' | 'newPublicId'> & { actor: { id: string } }
type Said = Pick<NoticeRow, 'report' | 'release'> & Partial<Pick<NoticeRow, 'reason' | 'wrong' | 'rightWords' | 'amended' | 'restored'>>

function tell(kind: NoticeKind, said: Said, to: readonly string[], { actor, now, newPublicId }: Maker): Telling {
  if (to.length === 0) return { put: { notices: [], noticeCopies: [] }, set: {}, touches: [] }
  const notice: NoticeRow = { id: newPublicId(), kind, reason: null, wrong: null, rightWords: null, amended: null, restored: 0, madeBy: actor.id, madeAt: now, ...said }
  return { put: { notices: [notice], noticeCopies: to.map((person) => ({ notice: notice.id, person, confirmedAt: null })) }, set: {}, touches: [{ type: 'notice', id: notice.id }] }
}

const together = (tellings: readonly Telling[]): Telling => ({
  put: { notices: tellings.flatMap((one) => one.put.notices), noticeCopies: tellings.flatMap((one) => one.put.noticeCopies) },
  set: Object.assign({}, ...tellings.map((one) => one.set)) as Telling['set'],
  touches: tellings.flatMap((one) => one.touches),
})

/** To everybody who has files of a release: a correction or a kill. */
export async function tellTakers(kind: 'correction' | 'kill', release: { id: string; report: string }, words: { reason?: string; wrong?: string; rightWords?: string }, work: Maker): Promise<Telling> {
  return tell(kind, { report: release.report, release: release.id, ...words }, await store.takersOf(work.tx, release.id), work)
}

/**
 * A report is opened again: who judged it and who released from it is told why, and each of its pictures that stands is held back: press sees that it has to wait, and who has it
 * is told. Nothing is retracted by that: whether the picture was right is what the new round says. `amended`: it was its author who said something else, withdrew it, or took that back.
 */
export async function tellReopening(report: string, reason: string, work: Maker, amended: AmendmentType | null = null): Promise<Telling> {
  const { tx, actor, now } = work
  const releases = await store.standingOf(tx, report)
  const desk = await store.presentAmong(tx, [...new Set([...(await store.judgesOf(tx, report)), ...releases.map(({ releasedBy }) => releasedBy)])].filter((id) => id !== actor.id))
  const waits = await Promise.all(releases.map(async ({ id }) => tell('withhold', { report, release: id }, await store.takersOf(tx, id), work)))
  const all = together([tell('reopened', { report, release: null, reason, ...(amended === 'restoration' ? { restored: 1 } : { amended }) }, desk, work), ...waits])
  return { ...all, set: { releases: releases.filter((one) => one.withheldAt === null).map(({ id }) => ({ id, withheldAt: now })) }, touches: [...all.touches, ...releases.map(({ id }): Subject => ({ type: 'release', id }))] }
}

/**
 * A report that was opened again is decided: its pictures may be used again, or those who released them are told that they still stand. A picture that says something else than the report that is
 * verified now, as another place, stays held back too: what was found true is not what it says, and its place and time are fixed.
 */
export async function tellDecision(report: string, outcome: string, work: Maker): Promise<Telling> {
  const { tx } = work
  const releases = (await store.standingOf(tx, report)).filter((one) => one.withheldAt !== null)
  const stay: typeof releases = []
  for (const one of releases) if (outcome !== 'verified' || (await store.saysOtherwise(tx, report, one.id))) stay.push(one)
  const lifted = releases.filter((one) => !stay.includes(one))
  const all = together([
    tell('decided_otherwise', { report, release: null, reason: outcome === 'verified' ? saysOtherwise : null }, await store.presentAmong(tx, [...new Set(stay.map(({ releasedBy }) => releasedBy))]), work),
    ...(await Promise.all(lifted.map(async ({ id }) => tell('lifted', { report, release: id }, await store.takersOf(tx, id), work)))),
  ])
  return { ...all, set: { releases: lifted.map(({ id }) => ({ id, withheldAt: null })) }, touches: [...all.touches, ...lifted.map(({ id }): Subject => ({ type: 'release', id }))] }
}

/** To every other coordinator: somebody took the journal out of the house. */
export async function tellExport(reason: 'csv' | 'csv_part' | 'jsonl', work: Maker): Promise<Telling> {
  return tell('exported', { report: null, release: null, reason }, (await store.deskPeople(work.tx)).filter((id) => id !== work.actor.id), work)
}

/** Press reads of no report, of no colleague of the desk, and of no picture that is still held. */
const mayRead = (role: Role, notice: { kind: string; held: number | null }): boolean => role !== 'press' || (isForPress(notice.kind) && notice.held === 0)

export async function listNotices(_: unknown, { tx, actor }: Look): Promise<ReplyOf<typeof noticesCall>> {
  const isPress = actor.role === 'press'
  const open = byUrgency(standing(await store.openFor(tx, actor.id)).filter((one) => mayRead(actor.role, one)))
  return {
    notices: open.map(({ id, kind, madeAt, reason, wrong, rightWords, release, captions, alternatives, retractedAt, report, number, by, amended, restored }) => ({
      id, kind: NoticeKind.parse(kind), at: madeAt, reason, wrong, right: rightWords,
      picture: release !== null && captions !== null && alternatives !== null ? { id: release, captions: Texts.parse(JSON.parse(captions)), alternatives: Texts.parse(JSON.parse(alternatives)), stands: retractedAt === null } : null,
      amended: restored === 1 ? 'restoration' : amended === null ? null : AmendmentType.parse(amended),
      report: isPress || report === null || number === null ? null : { id: report, number }, by: isPress ? null : by,
    })),
  }
}

/** One's own copy, and with it those that it made void; also one that asks nothing any more since its page was drawn. Asked again, it is as it was. */
export async function confirmNotice({ id }: InputOf<typeof confirmNoticeCall>, { tx, actor, now, record }: Work): Promise<typeof done> {
  const copy = await store.findCopy(tx, id, actor.id)
  if (!copy || (actor.role === 'press' && !isForPress(copy.kind))) throw new Problem('not_found')
  if (copy.confirmedAt !== null) return done
  const open = await store.openFor(tx, actor.id)
  const notice = open.find((one) => one.id === id)
  const confirmed = notice ? [notice, ...voidedBy(notice, open)] : [{ id }]
  await record('notice.confirmed', { type: 'notice', id }, { set: { noticeCopies: confirmed.map((one) => ({ notice: one.id, person: actor.id, confirmedAt: now })) } }, copy.report === null ? {} : { touches: [{ type: 'report', id: copy.report }] })
  return done
}

/** For the live hub: that there is something to ask for. */
export async function noticeThings(tx: Tx, role: Role, ids: readonly string[]): Promise<LiveThing[]> {
  return (await store.noticesWith(tx, ids)).filter((one) => mayRead(role, one)).map(({ id }) => ({ kind: 'notices', id }))
}

/** What was told of these releases: with each who has confirmed it and who has not. */
export async function noticesOn(tx: Tx, releases: readonly string[]) {
  const rows = await store.copiesOf(tx, releases)
  return [...new Map(rows.map((row) => [row.id, row])).values()].map(({ id, kind, madeAt, release }) => ({
    id, kind, at: madeAt, release,
    copies: rows.filter((row) => row.id === id).flatMap(({ name, organisation, confirmedAt }) => (name === null ? [] : [{ name, organisation, confirmedAt }])),
  }))
}
