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

export function missionOf(row: MissionRow): Mission {
  return {
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
    pack: packOf(row.pack),
  }
}

let lastPack: { text: string; pack: Pack } | null = null

// The pack is a long text that hardly ever changes, and every call that needs the mission asks for it.
function packOf(text: string): Pack {
  if (lastPack?.text !== text) lastPack = { text, pack: Pack.parse(JSON.parse(text)) }
  return lastPack.pack
}
