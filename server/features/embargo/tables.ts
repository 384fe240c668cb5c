/** One row, by the mission's id: the embargo that holds for every release, as JSON. */
export type PressRulesRow = { id: string; embargo: string }
