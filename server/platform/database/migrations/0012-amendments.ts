/** What authors said of their reports after they had sent them. Imports nothing of ours, so that it stays what it was. */
export const amendments = {
  number: 12,
  name: 'amendments',
  statements: (): string[] => [
    `create table amendments (
      id text primary key, report text not null references reports (id), type text not null check (type in ('correction', 'addition', 'withdrawal')), author text not null references people (id),
      statement text not null, signature text, signed text not null check (signed in ('unsigned', 'signed', 'fails')), signing_key text references phone_keys (id),
      words text not null, language text not null, photo_count integer not null, finished_at text not null, skew_seconds double precision not null, received_at text not null,
      set_aside_for text check (set_aside_for in ('signature', 'replaced_phone')))`,
    `create index amendments_report on amendments (report)`,
    `alter table reports add column amended_how text check (amended_how in ('correction', 'addition', 'withdrawal'))`,
    `alter table reports add column amended_at text`,
    // A notice's kinds are held by a check, which SQLite cannot change: that a report was opened again because of what its author said stands beside its kind.
    `alter table notices add column amended text check (amended in ('correction', 'addition', 'withdrawal'))`,
  ],
}
