import { readFile } from 'node:fs/promises'
import type { InputOf, ReplyOf } from '../../../shared/contract.ts'
import { divisionsOf } from '../../../shared/packs/divisions.ts'
import { Problem, refuse } from '../../../shared/problem.ts'
import { maxRegisterLines } from '../../../shared/stations.ts'
import type { Register, RegisterColumn, RegisterPreview, importRegisterCall, registerCall, wrongLinesCall } from '../../../shared/stations.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { Files } from '../../platform/files/files.ts'
import { keepTable, readKept, readTable, wrongLinesOf } from '../../platform/files/table.ts'
import type { TableFile } from '../../platform/files/table.ts'
import type { Before, FileOut } from '../../platform/http/serve.ts'
import type { Actor, Look, Work } from '../../platform/journal/work.ts'
import { getMission, reachStep } from '../mission/actions.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'

/** The register as phones keep it, or `same` where they have it already. */
export async function register({ have }: InputOf<typeof registerCall>, { tx }: Look): Promise<ReplyOf<typeof registerCall>> {
  const version = String(await store.lastImport(tx))
  return version === have ? { same: true, register: null } : { same: false, register: await columns(version, tx) }
}

async function columns(version: string, tx: Tx): Promise<Register> {
  const tables = new Map<string, string[]>()
  for (const table of await store.listTables(tx)) tables.set(table.station, [...(tables.get(table.station) ?? []), table.code])
  const stations = await store.listStations(tx)
  return {
    version,
    code: stations.map((one) => one.code),
    name: stations.map((one) => one.name),
    department: stations.map((one) => one.department),
    municipality: stations.map((one) => one.municipality),
    district: stations.map((one) => one.district),
    latitude: stations.map((one) => one.latitude),
    longitude: stations.map((one) => one.longitude),
    tables: stations.map((one) => tables.get(one.code) ?? []),
  }
}

/** A file of stations as it came, cut into lines but not judged yet. */
type RegisterFile = TableFile<RegisterColumn>

const readRegister = (bytes: Buffer): RegisterFile => readTable(bytes, maxRegisterLines, rules.findColumns)

const shownWrong = 200
const shownRight = 20

/** Reads a file of stations outside any transaction, keeps it for the import, and says what it holds. */
export async function prepareRegister(_: unknown, before: Before<Actor>): Promise<RegisterPreview> {
  if (!before.file) throw refuse('file', 'required')
  const bytes = await readFile(before.file.path)
  const file = readRegister(bytes)
  const judged = judge(file, await before.look(against))
  const upload = await keepTable('register', before.file.path, bytes, before.files)
  return { upload, fileName: before.file.name, sizeBytes: before.file.sizeBytes, encoding: file.encoding, separator: file.separator, ...summary(file, judged) }
}

/** Nothing of a preview is written. */
export const previewRegister = (_: unknown, __: Work, preview: RegisterPreview): Promise<RegisterPreview> => Promise.resolve(preview)

function summary(file: RegisterFile, { right, faults }: rules.Judged): Omit<RegisterPreview, 'upload' | 'fileName' | 'sizeBytes' | 'encoding' | 'separator'> {
  const wrongLines = [...new Set(faults.map((one) => one.line))]
  const shown = new Set([...wrongLines.slice(0, shownWrong), ...right.slice(0, shownRight).map((one) => one.line)])
  const distinct = (of: (line: rules.RegisterLine) => string) => new Set(right.map(of)).size
  const cells = file.lines.filter((one) => shown.has(one.line)).map((one) => ({ line: one.line, cells: rules.cellsInOrder(one, file.at) }))
  const wrong = new Set(wrongLines)
  return {
    lines: file.lines.length, right: right.length, wrong: wrongLines.length,
    stations: distinct((one) => one.station.code), tables: right.length,
    departments: distinct((one) => one.station.department), municipalities: distinct((one) => `${one.station.department}\n${one.station.municipality}`),
    faults: faults.filter((one) => shown.has(one.line)),
    cells: [...cells.filter((one) => wrong.has(one.line)), ...cells.filter((one) => !wrong.has(one.line))],
    more: wrongLines.length > shownWrong,
  }
}

/** Reads a previewed file again, outside the transaction that imports it. @throws not_found when it was not kept that long, conflict when it is now judged otherwise */
export async function prepareImport(input: InputOf<typeof importRegisterCall>, before: Pick<Before<Actor>, 'files' | 'look'>): Promise<rules.RegisterLine[]> {
  const file = readRegister(await readKept('register', input.upload, before.files))
  const { right, faults } = judge(file, await before.look(against))
  if (right.length !== input.right || new Set(faults.map((one) => one.line)).size !== input.wrong) throw new Problem('conflict')
  return right
}

/** All right lines in one fact, or nothing. Stations and tables are known by their codes; none is deleted. */
export async function importRegister(_: unknown, work: Work, right: rules.RegisterLine[]): Promise<ReplyOf<typeof importRegisterCall>> {
  const changes = rules.changesFor(right, await store.listStations(work.tx), await store.listTables(work.tx))
  const rows = [changes.put, changes.set].flatMap((part) => [part.stations.length, part.stationTables.length])
  if (rows.some((count) => count > 0)) await work.record('register.imported', store.registerSubject, changes)
  await reachStep('people', work)
  return { stations: new Set(right.map((one) => one.station.code)).size, tables: right.length }
}

/** What the lines of a previewed file are judged against now. */
export const findWrongLines = async ({ upload }: InputOf<typeof wrongLinesCall>, look: Look): Promise<{ upload: string; against: rules.Against }> => ({ upload, against: await against(look) })

/** Where the centres of the register are. */
export const placesOfRegister = (_: unknown, { tx }: Look<Actor>): Promise<{ latitude: number; longitude: number }[]> => store.listPlaces(tx)

/** The lines that cannot be taken, as they stood, with the reasons in a last column. */
export async function writeWrongLines({ upload, against }: { upload: string; against: rules.Against }, { files }: { files: Files }): Promise<FileOut> {
  const file = readRegister(await readKept('register', upload, files))
  const faults = judge(file, against).faults.map((fault) => ({ line: fault.line, words: rules.faultInWords(fault) }))
  return { from: { text: wrongLinesOf(file, faults) }, type: 'text/csv; charset=utf-8', attachment: 'wrong-lines.csv' }
}

async function against({ tx }: { tx: Tx }): Promise<rules.Against> {
  const { country, zone } = await getMission(tx)
  return { divisions: divisionsOf(country), zone, known: await store.listPlaces(tx) }
}

const judge = (file: RegisterFile, given: rules.Against): rules.Judged => rules.judgeRegister(file.lines, file.heading.length, file.at, given)
