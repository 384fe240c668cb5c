import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { amendForCall, fileForCall } from '../../shared/filing.ts'
import { setBasicsCall, setCheckingCall } from '../../shared/mission.ts'
import { retractCall } from '../../shared/press.ts'
import { fileReportCall } from '../../shared/reports.ts'
import { claimReportCall } from '../../shared/verification.ts'
import { signInAs } from '../../server/features/people/actions.ts'
import type { House } from '../../server/house.ts'
import { uuid7 } from '../../server/platform/ids.ts'
import { openSampleHouse } from '../../server/sample/house.ts'
import { registerText, sampleCentres } from '../../server/sample/register.ts'
import { credit } from './desk.ts'
import { callerOf, defaultPack, startHouse } from './house.ts'
import type { Caller, TestHouse } from './house.ts'
import { register } from './mission.ts'
import { readRegister } from './register.ts'
import { brokenHeic } from './hostile.ts'
import { amend, file, hashOf, sendOriginal, sendPreview, statementOf } from './reports.ts'
import { newcomer, tellStage } from './screen-told.ts'
import type { ToldStage } from './screen-told.ts'

const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined }

/** Reports, pictures and addresses of the sample that each stand for a state. */
export type Places = {
  waiting: string; mine: string; others: string; sameOrganisation: string; second: string; bare: string; verified: string; released: string; retracted: string; duplicate: string; awaited: string
  found: string; undecodable: string; many: string
  /** Filed by a coordinator for its observer. */
  filedFor: string
  picture: string; undecidedPicture: string; ready: { report: string; picture: string }; release: string
  spot: string; near: { latitude: number; longitude: number }
  observerLink: string; deskLink: string
  /** Of a report of the sample, signed by its mission. */
  receipt: string
}

export type Stage = {
  /** The sample, full; a mission that was set up and has no report yet; a house where nothing was begun. */
  sample: House; empty: TestHouse; fresh: TestHouse
  places: Places
  told: ToldStage
  /** An observer who has filed nothing. */
  newcomer: Caller
  /** Files of pictures, as a phone's gallery has them. */
  pictures: readonly string[]
  /** A register with wrong lines of several kinds. */
  wrongRegister: string
  /** A list of thirty observers, and of some who cannot be invited. */
  delegation: string
  /** Someone of the sample by first name, signed in; the same session each time. */
  named: (first: string) => Promise<Caller>
  /** The same person with a session of its own. */
  namedAgain: (first: string) => Promise<Caller>
  emptyLead: Caller; emptyDesk: Caller; emptyPress: Caller; freshLead: Caller
  /** Claims what is `mine` and `others`, or again: claims end by the clock. */
  claim: () => Promise<void>
  /** Files a report whose signature fails, and gives its id. */
  setAside: () => Promise<string>
  /** Files a report that its observer corrects in more than words, and more of which is told to the desk; or one that is withdrawn. Gives its id. */
  saidLater: (how: 'amended' | 'withdrawn') => Promise<string>
  /** Takes back one release that still stands. */
  retractOne: () => Promise<void>
  close: () => Promise<void>
}

/** Opens the houses that all screens are seen in: each once. */
export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'veedor-screens-'))
  const { house: sample, links } = await openSampleHouse({ config: { port: 0, host: '127.0.0.1', dataFolder: folder, publicAddress: null, tls: null }, log: quiet, pack: await defaultPack(), say: () => undefined })
  const sessions = new Map<string, Promise<Caller>>()
  const named = (first: string): Promise<Caller> => {
    const known = sessions.get(first) ?? signInNamed(sample, first)
    sessions.set(first, known)
    return known
  }
  const [empty, fresh] = [await startHouse({ exercise: true }), await startHouse()]
  const emptyLead = await empty.person('lead', { name: 'Lidia Mejía', organisation: 'Delegación A' })
  await emptyLead.call(setBasicsCall, { name: 'Misión de los dos lagos', country: 'SV', zone: 'America/El_Salvador', languages: ['es', 'en'], days: ['2027-02-28'], leadName: 'Lidia Mejía', organisation: 'Delegación A' })
  await emptyLead.call(setCheckingCall, { credit, rules: { eyes: 2, otherOrganisation: true, releaserNotVerifier: false } })
  await readRegister(emptyLead, register)

  const author = await named('Ana')
  const receipts: string[] = []
  for (const words of ['Nos llamaron de la carretera; no se dijo de qué centro.', '']) receipts.push((await file({ db: sample.db, clock: { now: () => new Date().toISOString() } }, author, { words, language: 'es', atStation: false })).receipt)

  const deskPeople = await Promise.all(['Zoila', 'Ulises', 'Victoria', 'Teresa', 'Walter'].map(named))
  const linkOf = (role: string) => new URL(links.find((one) => one.role === role)?.address ?? '/').hash
  const filedFor = uuid7(Date.now())
  const told = { id: filedFor, author: author.id, channel: 'messenger', category: 'opening.late', severity: 'medium', station: 'EJ-03', table: null, atStation: true, observedAt: new Date().toISOString(), words: 'La mesa todavía no abre.', language: 'es' } as const
  const { problem } = await (await named('Teresa')).call(fileForCall, told)
  if (problem) throw new Error(JSON.stringify(problem))
  const places = { ...(await placesIn(sample)), ...(await foundIn(sample, author, await named('Martha'))), filedFor, observerLink: `/join${linkOf('observer')}`, deskLink: `/join${linkOf('coordinator')}`, receipt: receipts[0] ?? '' }
  const notices = await tellStage(sample, [places.verified, places.ready.report, places.found, places.undecodable], deskPeople)
  return {
    sample, empty, fresh, places, told: notices, named, newcomer: await newcomer(sample, 'observer', 'Nadia Ejemplo', 'Delegación C'), namedAgain: (first) => signInNamed(sample, first), emptyLead, wrongRegister: wrongRegister(), delegation: `${delegationOf(30)}\n,Red Norte,,\nLuis Alberto,Red Norte,pregunte a Ana,es\nPersona 3,Red Norte,,`, pictures: await picturesOf(sample, folder),
    emptyDesk: await empty.person('coordinator', { name: 'Brenda Rivas', organisation: 'Red B' }),
    emptyPress: await empty.person('press', { name: 'Paula Paz' }),
    freshLead: await fresh.person('lead'),
    claim: async () => {
      for (const [first, id] of [['Ulises', places.mine], ['Victoria', places.others]] as const) {
        const { problem } = await (await named(first)).call(claimReportCall, { id })
        if (problem) throw new Error(JSON.stringify(problem))
      }
    },
    setAside: async () => {
      const who = await named('Irene')
      const clock = { now: () => new Date().toISOString() }
      const statement = await statementOf({ db: sample.db, clock }, who, { words: 'La hoja que publicaron no es la que vimos firmar.', language: 'es', category: 'sheet.sums', severity: 'high' })
      const { problem } = await who.call(fileReportCall, { id: statement.id, statement: JSON.stringify(statement), signature: 'x'.repeat(86), sentAt: clock.now() })
      if (problem) throw new Error(JSON.stringify(problem))
      return statement.id
    },
    saidLater: async (how) => {
      const at = { db: sample.db, clock: { now: () => new Date().toISOString() } }
      const { id, words } = await file(at, author, { words: 'La fila llega hasta la carretera.', language: 'es', category: 'voting.queue', severity: 'low', station: 'EJ-03' })
      const place = { station: 'EJ-02', table: null, atStation: true }
      const said = how === 'withdrawn' ? [await amend(at, author, id, { type: 'withdrawal', words: 'Es de la fila de ayer.', language: 'es' })] : [await amend(at, author, id, { words: `${words} Esperan más de tres horas.`, language: 'es', corrected: { severity: 'high', place } })]
      if (how === 'amended') said.push(await (await named('Teresa')).call(amendForCall, { id: uuid7(Date.now()), report: id, channel: 'phone', type: 'addition', toldAt: at.clock.now(), words: 'Ya abrieron otra puerta.', language: 'es' }))
      for (const { problem: refused } of said) if (refused) throw new Error(JSON.stringify(refused))
      return id
    },
    retractOne: async () => {
      const { id } = await sample.db.readers.selectFrom('releases').select('id').where('retractedAt', 'is', null).where('id', '!=', places.release).where('report', 'not in', [notices.corrected, notices.reopened, notices.held]).orderBy('releasedAt').executeTakeFirstOrThrow()
      const { problem } = await (await named('Zoila')).call(retractCall, { id, reason: 'Una persona se puede reconocer.' })
      if (problem) throw new Error(JSON.stringify(problem))
    },
    close: async () => {
      await Promise.all([sample.close(), empty.stop(), fresh.stop()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function signInNamed(sample: House, first: string): Promise<Caller> {
  const person = await sample.db.readers.selectFrom('people').select(['id', 'role']).where('name', 'like', `${first} %`).executeTakeFirstOrThrow()
  const { token, person: { role } } = await sample.engine.write({ kind: 'server' }, (work) => signInAs(person.id, work))
  return callerOf(sample, { id: person.id, role, token })
}

/** A picture whose file says otherwise than its phone, whose small copy shows another one, and that came twice; one that we cannot decode; and more of them than a phone is wide. */
async function foundIn(sample: House, author: Caller, other: Caller): Promise<Pick<Places, 'found' | 'undecodable' | 'many'>> {
  const at = { db: sample.db, clock: { now: () => new Date().toISOString() } }
  const [first, second] = (await sample.db.readers.selectFrom('photos').select('sha256').where('state', '=', 'ready').orderBy('sha256').limit(2).execute()).map(({ sha256 }) => sample.files.originals.path(sha256))
  const edited = await sharp(first).withExif({ IFD0: { Make: 'Ejemplo', Model: 'Uno', Software: 'Adobe Photoshop 26.1' }, IFD2: { DateTimeOriginal: '2024:02:04 09:12:40', OffsetTimeOriginal: '-06:00' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '13/1 30/1 0/1', GPSLongitudeRef: 'W', GPSLongitude: '88/1 12/1 0/1' } }).jpeg().toBuffer()
  const position = { latitude: 13.7, longitude: -89.2, accuracyMetres: 12, ageSeconds: 4 }
  const send = async (who: Caller, bytes: Buffer, words: string, preview: Buffer | null) => {
    const stated = { sha256: hashOf(bytes), sizeBytes: bytes.length, how: 'gallery' as const, position, capturedAt: at.clock.now() }
    const { id } = await file(at, who, { words, language: 'es', photos: [stated] })
    if (preview) await sendPreview(who, id, bytes, preview)
    await sample.picturesDone()
    await sendOriginal(who, id, bytes)
    await sample.picturesDone()
    return id
  }
  await send(other, edited, 'Me la mandaron por mensaje.', null)
  const several = await Promise.all([640, 660, 680, 700, 720].map((width) => sharp(first).resize(width).jpeg().toBuffer()))
  const { id: many } = await file(at, author, { words: 'Cinco fotos de lo mismo.', language: 'es', photos: several.map((bytes) => ({ sha256: hashOf(bytes), sizeBytes: bytes.length, how: 'in_app_camera' as const, position, capturedAt: at.clock.now() })) })
  for (const bytes of several) await sendOriginal(author, many, bytes)
  await sample.picturesDone()
  return {
    many,
    found: await send(author, edited, 'La foto me la dio un vigilante.', await sharp(second).resize(640).jpeg().toBuffer()),
    undecodable: await send(author, brokenHeic(3), 'La tomé con otro teléfono.', await sharp(second).resize(640).jpeg().toBuffer()),
  }
}

async function placesIn(sample: House): Promise<Omit<Places, 'observerLink' | 'deskLink' | 'receipt' | 'found' | 'undecodable' | 'many' | 'filedFor'>> {
  const db = sample.db.readers
  // Whoever judges is of another organisation than the author.
  const received = await db.selectFrom('reports').innerJoin('people', 'people.id', 'reports.author').innerJoin('organisations', 'organisations.code', 'people.organisation').select(['reports.id', 'organisations.name']).where('status', '=', 'received').where('photoCount', '>', 0).orderBy('reports.number', 'desc').execute()
  const others = received.find(({ name }) => name === 'Delegación A')?.id
  const [waiting, mine] = received.filter(({ id, name }) => id !== others && name !== 'Red B').map(({ id }) => id)
  const sameOrganisation = received.find(({ name }) => name === 'Red B')?.id
  const one = async (query: { executeTakeFirstOrThrow: () => Promise<{ id: string }> }) => (await query.executeTakeFirstOrThrow()).id
  const reports = db.selectFrom('reports').select('reports.id').orderBy('number')
  const ready = await db.selectFrom('reports').innerJoin('photos', 'photos.report', 'reports.id').select(['reports.id', 'photos.sha256']).where('reports.status', '=', 'verified').where('photos.state', '=', 'ready').where('severity', 'in', ['critical', 'high'])
    .where('reports.id', 'not in', db.selectFrom('releases').select('report')).orderBy('number', 'desc').execute()
  const release = await db.selectFrom('releases').select(['id', 'report']).where('retractedAt', 'is', null).where('covers', '!=', '[]').executeTakeFirstOrThrow()
  const station = await db.selectFrom('stations').select(['latitude', 'longitude']).where('code', '=', 'EJ-03').executeTakeFirstOrThrow()
  const [first] = ready
  /** One that is released while it is looked at. */
  const other = ready.find(({ id }) => id !== first?.id)
  if (!waiting || !mine || !others || !sameOrganisation || !first || !other) throw new Error('The sample holds less than these screens show')
  return {
    waiting, mine, others, sameOrganisation,
    second: await one(reports.innerJoin('verdicts', 'verdicts.report', 'reports.id').where('status', '=', 'in_review').where('photoCount', '>', 0)),
    bare: await one(reports.where('status', '=', 'in_review').where('photoCount', '=', 0)),
    verified: first.id, picture: first.sha256, ready: { report: other.id, picture: other.sha256 },
    undecidedPicture: (await db.selectFrom('photos').select('sha256').where('report', '=', waiting).executeTakeFirstOrThrow()).sha256,
    released: release.report, release: release.id,
    retracted: await one(reports.innerJoin('releases', 'releases.report', 'reports.id').where('retractedAt', 'is not', null)),
    duplicate: await one(reports.where('status', '=', 'duplicate')),
    awaited: await one(reports.innerJoin('photos', 'photos.report', 'reports.id').where('photos.state', '!=', 'ready')),
    spot: `${station.latitude},${station.longitude}`, near: { latitude: Number(station.latitude), longitude: Number(station.longitude) },
  }
}

/** Copies of originals of the sample, under the names that a phone gives. */
async function picturesOf(sample: House, folder: string): Promise<string[]> {
  const rows = await sample.db.readers.selectFrom('photos').innerJoin('reports', 'reports.id', 'photos.report').select('sha256').where('photos.state', '=', 'ready').where('reports.category', 'like', 'counting.%').orderBy('number').orderBy('sha256').limit(6).execute()
  return Promise.all(rows.map(async ({ sha256 }, at) => {
    const path = join(folder, `IMG_${1201 + at}.jpg`)
    await copyFile(sample.files.originals.path(sha256), path)
    return path
  }))
}

/** Thirty people of three organisations, as their delegation lists them. */
export const delegationOf = (people: number): string =>
  ['nombre,organización,teléfono,idioma', ...Array.from({ length: people }, (_, at) => `${at === 4 ? 'María de los Ángeles Concepción Hernández de Villalobos' : at === 5 ? 'Łukasz Żółć' : `Persona ${at}`},${['Red Norte', 'Organización de los Estados del Gran Lago', 'Misión C'][at % 3]},${at % 2 ? `+503 7000 ${1000 + at}` : ''},${at % 4 ? 'es' : 'en'}`)].join('\n')

/** What spreadsheets do to a register: a minus sign lost, a municipality nearly right, a cell left empty, a table twice. */
function wrongRegister(): string {
  const [heading = '', ...lines] = registerText(sampleCentres(1)).trim().split(/\r?\n/)
  const spoil: Record<number, (line: string) => string> = {
    3: (line) => line.replace(/,-(\d)/, ',$1'),
    17: (line) => line.replace(/( Norte| Centro| Sur| Este| Oeste| Costa)/, '$1e'),
    41: (line) => line.replace(/,[^,]*$/, ','),
    88: () => lines[20] ?? '',
  }
  return [heading, ...lines.map((line, at) => spoil[at]?.(line) ?? line)].join('\n')
}
