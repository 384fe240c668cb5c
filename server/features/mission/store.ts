import { CheckingRules, Mission, SetUpStep } from '../../../shared/mission.ts'
import { Pack } from '../../../shared/pack.ts'
import type { Tx } from '../../platform/database/open.ts'
import type { MissionRow } from './tables.ts'

export const findMissionRow = (tx: Tx): Promise<MissionRow | undefined> => tx.selectFrom('mission').selectAll().executeTakeFirst()

/** The mission of this house; it is begun before anybody can ask. */
export async function getMissionRow(tx: Tx): Promise<MissionRow> {
  return tx.selectFrom('mission').selectAll().executeTakeFirstOrThrow()
}

const Lists = Mission.shape

let last: { row: MissionRow; mission: Mission } | null = null

/** The row as a mission: its lists and its pack are long texts that hardly ever change, and nearly every call asks for them. */
export function missionOf(row: MissionRow): Mission {
  if (last === null || !isSame(last.row, row)) last = { row, mission: read(row, last) }
  return last.mission
}

const isSame = (one: MissionRow, other: MissionRow): boolean => (Object.keys(one) as (keyof MissionRow)[]).every((column) => one[column] === other[column])

const read = (row: MissionRow, before: typeof last): Mission => ({
  id: row.id,
  name: row.name,
  country: row.country,
  zone: row.zone,
  languages: Lists.languages.parse(JSON.parse(row.languages)),
  days: Lists.days.parse(JSON.parse(row.days)),
  credit: row.credit,
  rules: CheckingRules.parse(JSON.parse(row.rules)),
  exercise: row.exercise === 1,
  open: row.openedAt !== null,
  closed: row.closedAt !== null,
  step: SetUpStep.parse(row.step),
  pack: before?.row.pack === row.pack ? before.mission.pack : Pack.parse(JSON.parse(row.pack)),
})
