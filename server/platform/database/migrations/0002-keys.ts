/** The phones' keys and the mission's own, and what each report's signature was found to be. Imports nothing of ours, so that it stays what it was. */
export const keys = {
  number: 2,
  name: 'keys',
  statements: (): string[] => [
    `create table phone_keys (
      id text primary key, person text not null references people (id), session text not null unique, public_key text not null, made_at text not null, ended_at text)`,
    `create index phone_keys_person on phone_keys (person)`,
    `create index phone_keys_public on phone_keys (public_key)`,
    `create table mission_keys (public_key text primary key, made_at text not null)`,
    `alter table reports add column signed text not null default 'unsigned' check (signed in ('unsigned', 'signed', 'fails'))`,
    `alter table reports add column signing_key text references phone_keys (id)`,
  ],
}
