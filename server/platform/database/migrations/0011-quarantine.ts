/** People whose reports are doubted as a whole, and what they filed meanwhile. Imports nothing of ours, so that it stays what it was. */
export const quarantines = {
  number: 11,
  name: 'quarantine',
  statements: (): string[] => [
    `alter table people add column quarantined_at text`,
    `alter table people add column quarantined_by text references people (id)`,
    `alter table people add column quarantine_reason text`,
    `alter table reports add column quarantined integer not null default 0 check (quarantined in (0, 1))`,
  ],
}
