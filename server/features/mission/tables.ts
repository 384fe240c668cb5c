/** One row: the mission of this data folder. Lists, rules and pack are JSON. */
export type MissionRow = {
  id: string
  name: string
  country: string | null
  zone: string
  languages: string
  days: string
  credit: string
  rules: string
  pack: string
  exercise: number
  step: string
  openedAt: string | null
  closedAt: string | null
  begunAt: string
}

/** Numbers that are handed out once: reports, observers. */
export type CounterRow = { name: string; value: number }
