const columns = 'id, report, type, author, statement, signature, signed, signing_key, words, language, photo_count, finished_at, skew_seconds, received_at, set_aside_for'

/** A withdrawal can be taken back, and what was told to a coordinator says how and to whom. The kinds are held by a check, which SQLite cannot change: the table is made anew. Imports nothing of ours, so that it stays what it was. */
export const laterWords = {
  number: 18,
  name: 'later-words',
  statements: (): string[] => [
    `create table amendments_made_anew (
      id text primary key, report text not null references reports (id), type text not null check (type in ('correction', 'addition', 'withdrawal', 'restoration')), author text not null references people (id),
      statement text not null, signature text, signed text not null check (signed in ('unsigned', 'signed', 'fails')), signing_key text references phone_keys (id),
      words text not null, language text not null, photo_count integer not null, finished_at text not null, skew_seconds double precision not null, received_at text not null,
      set_aside_for text check (set_aside_for in ('signature', 'replaced_phone')), channel text not null check (channel in ('web', 'phone', 'messenger')), filed_by text references people (id))`,
    `insert into amendments_made_anew (${columns}, channel) select ${columns}, 'web' from amendments`,
    'drop table amendments',
    'alter table amendments_made_anew rename to amendments',
    'create index amendments_report on amendments (report)',
  ],
}
