/** The first schema. `exec` runs one statement; `words` and `appendOnly` are the dialect's. Imports nothing of ours, so that it stays what it was. */
export const beginning = {
  number: 1,
  name: 'beginning',
  statements: (dialect: { wordsTable: (name: string, key: string) => string; appendOnly: (table: string, verbs: readonly ('update' | 'delete')[]) => string[] }): string[] => [
    `create table mission (
      id text primary key, name text not null, country text, zone text not null, languages text not null, days text not null, credit text not null, rules text not null,
      pack text not null, exercise integer not null check (exercise in (0, 1)), step text not null check (step in ('mission', 'checking', 'register', 'people', 'done')), opened_at text, begun_at text not null)`,
    `create table counters (name text primary key, value integer not null)`,
    `create table organisations (code text primary key, name text not null)`,
    `create table people (
      id text primary key, name text not null, role text not null check (role in ('observer', 'coordinator', 'press', 'lead')), number integer unique, organisation text references organisations (code),
      language text not null, state text not null check (state in ('invited', 'joined', 'retired')), invited_at text not null, joined_at text)`,
    `create table invites (
      id text primary key, person text not null references people (id), token_hash text not null unique, created_at text not null, until text, used_at text, ended_at text)`,
    `create index invites_person on invites (person)`,
    `create table sessions (
      id text primary key, person text not null references people (id), token_hash text not null unique, created_at text not null, last_heard_at text not null, ended_at text)`,
    `create index sessions_person on sessions (person)`,
    `create table stations (
      code text primary key, name text not null, department text not null, municipality text not null, district text not null, latitude double precision not null, longitude double precision not null)`,
    `create index stations_department on stations (department)`,
    `create table station_tables (code text primary key, station text not null references stations (code))`,
    `create index station_tables_station on station_tables (station)`,
    `create table reports (
      id text primary key, number integer not null unique, author text not null references people (id), filed_by text not null references people (id), statement text not null, signature text,
      category text not null, severity text not null check (severity in ('critical', 'high', 'medium', 'low')), station text references stations (code), table_code text, department text,
      at_station integer not null check (at_station in (0, 1)), latitude double precision, longitude double precision, accuracy_metres double precision, age_seconds double precision,
      observed_at text not null, finished_at text not null, zone text not null, words text not null, language text not null, skew_seconds double precision not null, received_at text not null,
      photo_count integer not null, status text not null check (status in ('received', 'in_review', 'verified', 'not_confirmed', 'false', 'duplicate', 'withdrawn', 'set_aside')),
      round integer not null, awaits_second integer not null check (awaits_second in (0, 1)), duplicate_of text references reports (id), decided_at text, seen_at text, seen_by text references people (id),
      claimed_by text references people (id), claimed_until text)`,
    `create index reports_observed on reports (observed_at desc, id desc)`,
    `create index reports_author on reports (author, received_at desc)`,
    `create index reports_station on reports (station)`,
    `create index reports_status on reports (status)`,
    `create index reports_claimed on reports (claimed_until) where claimed_until is not null`,
    dialect.wordsTable('report_words', 'report'),
    `create table report_changes (id text primary key, report text not null references reports (id), content text not null)`,
    `create table photos (
      report text not null references reports (id), sha256 text not null, place integer not null, size_bytes integer not null, how text not null check (how in ('in_app_camera', 'phone_camera', 'gallery')),
      latitude double precision, longitude double precision, accuracy_metres double precision, age_seconds double precision, captured_at text,
      state text not null check (state in ('awaited', 'preview', 'received', 'ready', 'unreadable')), preview_sha256 text, preview_at text, received_at text, type text, width integer, height integer, dhash text,
      primary key (report, sha256))`,
    `create index photos_sha256 on photos (sha256)`,
    `create table uploads (id text primary key, person text not null, report text not null, sha256 text not null, size_bytes integer not null, created_at text not null)`,
    `create table renditions (parent text not null, size text not null, sha256 text not null, width integer not null, height integer not null, size_bytes integer not null, primary key (parent, size))`,
    `create table verdicts (
      id text primary key, report text not null references reports (id), round integer not null, giver text not null references people (id),
      outcome text not null check (outcome in ('verified', 'not_confirmed', 'false', 'duplicate')), reasons text not null, words text not null, duplicate_of text references reports (id), given_at text not null,
      open integer not null check (open in (0, 1)), unique (report, round, giver))`,
    `create table releases (
      id text primary key, report text not null references reports (id), sha256 text not null, covers text not null, answers text not null, captions text not null, alternatives text not null, credit text not null,
      quote text not null, precision text not null, place text not null, day text not null, kept_words text not null, width integer not null, height integer not null,
      full_sha256 text not null, web_sha256 text not null, wall_sha256 text not null, full_bytes integer not null, web_bytes integer not null, released_by text not null references people (id), released_at text not null,
      retracted_by text references people (id), retracted_at text, retracted_reason text, content text not null)`,
    `create index releases_report on releases (report)`,
    `create index releases_released on releases (released_at desc, id desc)`,
    dialect.wordsTable('release_words', 'release'),
    `create table journal (number integer primary key, kind text not null, at text not null, commitment text not null, leaf text not null, chain text not null)`,
    `create table journal_bodies (number integer primary key references journal (number), salt text not null, body text not null)`,
    `create table journal_subjects (number integer not null references journal (number), type text not null, id text not null, primary key (number, type, id))`,
    `create index journal_subjects_thing on journal_subjects (type, id, number)`,
    ...dialect.appendOnly('journal', ['update', 'delete']),
    ...dialect.appendOnly('journal_bodies', ['update', 'delete']),
    ...dialect.appendOnly('journal_subjects', ['update', 'delete']),
  ],
}
