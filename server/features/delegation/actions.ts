import { readFile } from 'node:fs/promises'
import type { InputOf } from '../../../shared/contract.ts'
import { maxDelegationLines } from '../../../shared/delegation.ts'
import type { DelegationColumn, DelegationPreview, importDelegationCall, wrongPeopleCall } from '../../../shared/delegation.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Files } from '../../platform/files/files.ts'
import { keepTable, readKept, readTable, wrongLinesOf } from '../../platform/files/table.ts'
import type { TableFile } from '../../platform/files/table.ts'
import type { Before, FileOut } from '../../platform/http/serve.ts'
import type { Actor, Look, Work } from '../../platform/journal/work.ts'
import { getMission } from '../mission/actions.ts'
import { inviteDelegation, listNames } from '../people/actions.ts'
import type { Invited } from '../people/actions.ts'
import * as rules from './rules.ts'

type DelegationFile = TableFile<DelegationColumn>

const read = (bytes: Buffer): DelegationFile => readTable(bytes, maxDelegationLines, rules.findColumns)
const judge = (file: DelegationFile, against: rules.Against): rules.Judged => rules.judgeDelegation(file.lines, file.heading.length, file.at, against)
const against = async ({ tx }: { tx: Tx }): Promise<rules.Against> => ({ languages: (await getMission(tx)).languages, known: await listNames(tx) })

const kept = 'delegation'
const shownWrong = 200
const shownRight = 20

/** Reads a list of people outside any transaction, keeps it for the import, and says what it holds. */
export async function prepareDelegation(_: unknown, before: Before<Actor>): Promise<DelegationPreview> {
  if (!before.file) throw refuse('file', 'required')
  const bytes = await readFile(before.file.path)
  const file = read(bytes)
  const present = await before.look(against)
  const { right, faults } = judge(file, present)
  const upload = await keepTable(kept, before.file.path, bytes, before.files)
  const wrong = new Set(faults.map((one) => one.line))
  const shown = new Set([...[...wrong].slice(0, shownWrong), ...right.slice(0, shownRight).map((one) => one.line)])
  const cells = file.lines.filter((one) => shown.has(one.line)).map((one) => ({ line: one.line, cells: rules.cellsInOrder(one, file.at) }))
  const organisations = rules.organisationsIn(right, present.known.map((one) => one.organisation))
  return {
    upload, fileName: before.file.name, sizeBytes: before.file.sizeBytes, lines: file.lines.length, right: right.length, wrong: wrong.size,
    organisations: organisations.all, newOrganisations: organisations.fresh,
    faults: faults.filter((one) => shown.has(one.line)), cells: [...cells.filter((one) => wrong.has(one.line)), ...cells.filter((one) => !wrong.has(one.line))], more: wrong.size > shownWrong,
  }
}

/** Nothing of a preview is written. */
export const previewDelegation = (_: unknown, __: Work, preview: DelegationPreview): Promise<DelegationPreview> => Promise.resolve(preview)

/** Reads a previewed list again, outside the transaction that imports it. @throws not_found when it was not kept that long */
export const prepareImport = async ({ upload }: InputOf<typeof importDelegationCall>, { files }: Pick<Before<Actor>, 'files'>): Promise<DelegationFile> => read(await readKept(kept, upload, files))

/** Invites everyone on the right lines, judged against who is here at this moment: two leads who import one list invite nobody twice. @throws conflict when it is now judged otherwise */
export async function importDelegation({ right, wrong }: InputOf<typeof importDelegationCall>, work: Work, file: DelegationFile): Promise<Invited[]> {
  const judged = judge(file, await against(work))
  if (judged.right.length !== right || new Set(judged.faults.map((one) => one.line)).size !== wrong) throw new Problem('conflict')
  return inviteDelegation(judged.right, work)
}

/** What the lines of a previewed list are judged against now. */
export const findWrongPeople = async ({ upload }: InputOf<typeof wrongPeopleCall>, look: Look): Promise<{ upload: string; against: rules.Against }> => ({ upload, against: await against(look) })

/** The lines that cannot be taken, as they stood, with the reasons in a last column. */
export async function writeWrongPeople({ upload, against }: { upload: string; against: rules.Against }, { files }: { files: Files }): Promise<FileOut> {
  const file = read(await readKept(kept, upload, files))
  const faults = judge(file, against).faults.map((fault) => ({ line: fault.line, words: rules.faultInWords(fault) }))
  return { from: { text: wrongLinesOf(file, faults) }, type: 'text/csv; charset=utf-8', attachment: 'wrong-people.csv' }
}
