/** What coordinators write to each other about a report. Imports nothing of ours, so that it stays what it was. */
export const deskNotes = {
  number: 15,
  name: 'notes',
  statements: (): string[] => [
    `create table notes (id text primary key, report text not null references reports (id), author text not null references people (id), words text not null, written_at text not null, struck_at text)`,
    `create index notes_report on notes (report, written_at)`,
  ],
}
