/** A notice says that a withdrawal was taken back. Its kinds in `amended` are held by a check, which SQLite cannot change: a column of its own says it. Imports nothing of ours, so that it stays what it was. */
export const takenBack = {
  number: 21,
  name: 'taken-back',
  statements: (): string[] => ['alter table notices add column restored integer not null default 0 check (restored in (0, 1))'],
}
