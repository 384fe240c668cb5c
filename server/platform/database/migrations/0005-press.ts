/** Embargoes, corrected releases, who took and used what, and what was told to them. Imports nothing of ours, so that it stays what it was. */
export const pressRelied = {
  number: 5,
  name: 'press',
  statements: (): string[] => [
    `alter table releases add column embargo_until text`,
    `alter table releases add column embargo_statement integer not null default 0 check (embargo_statement in (0, 1))`,
    `alter table releases add column held integer not null default 0 check (held in (0, 1))`,
    `alter table releases add column out_at text`,
    `alter table releases add column withheld_at text`,
    `alter table releases add column version integer not null default 1`,
    `create index releases_out on releases ((coalesce(out_at, released_at)) desc, id desc)`,
    `create table release_versions (
      id text primary key, release text not null references releases (id), version integer not null, captions text not null, alternatives text not null, credit text not null, kept_words text not null,
      full_sha256 text not null, web_sha256 text not null, wall_sha256 text not null, full_bytes integer not null, web_bytes integer not null, made_by text not null references people (id), until text not null, unique (release, version))`,
    `create table downloads (id text primary key, release text not null references releases (id), person text not null references people (id), size text not null check (size in ('web', 'full')), version integer not null, at text not null)`,
    `create index downloads_release on downloads (release)`,
    `create table uses (
      id text primary key, release text not null references releases (id), person text not null references people (id), place text not null, link text, words text not null, used_at text not null, taken_back_at text)`,
    `create index uses_release on uses (release)`,
    `create table press_rules (id text primary key, embargo text not null)`,
    `create table notices (
      id text primary key, kind text not null check (kind in ('correction', 'withhold', 'lifted', 'kill', 'reopened', 'decided_otherwise', 'exported')),
      report text references reports (id), release text references releases (id), reason text, wrong text, right_words text, made_by text references people (id), made_at text not null)`,
    `create index notices_release on notices (release)`,
    `create table notice_copies (notice text not null references notices (id), person text not null references people (id), confirmed_at text, primary key (notice, person))`,
    `create index notice_copies_open on notice_copies (person) where confirmed_at is null`,
  ],
}
