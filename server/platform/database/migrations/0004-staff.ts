/** How staff sign in, which devices they do it from, and tokens for programs. Imports nothing of ours, so that it stays what it was. */
export const staff = {
  number: 4,
  name: 'staff',
  statements: (): string[] => [
    `create table tokens (
      id text primary key, owner text not null references people (id), name text not null, token_hash text not null unique, contracts text not null, created_by text not null references people (id),
      created_at text not null, until text not null, ended_at text)`,
    `create table token_uses (token text primary key, last_used_at text not null)`,
    `create table sign_in_names (person text primary key references people (id), name text not null unique, made_at text not null)`,
    `create table passkeys (
      id text primary key, person text not null references people (id), public_key text not null, transports text not null, host text not null, device text not null, made_at text not null, ended_at text)`,
    `create index passkeys_person on passkeys (person)`,
    `create table passkey_uses (passkey text primary key, counter integer not null, last_used_at text)`,
    `create table passphrases (id text primary key, person text not null references people (id), commitment text not null, made_at text not null, ended_at text)`,
    `create index passphrases_person on passphrases (person)`,
    `create table passphrase_secrets (passphrase text primary key, hash text not null, totp text not null, last_step integer not null)`,
    `create table recovery_codes (id text primary key, person text not null references people (id), code_hash text not null unique, made_at text not null, used_at text, ended_at text)`,
    `create index recovery_codes_person on recovery_codes (person)`,
    `create table devices (token_hash text not null, person text not null references people (id), first_at text not null, last_at text not null, primary key (token_hash, person))`,
    `alter table sessions add column proved_at text`,
    `alter table sessions add column device text`,
    `alter table sessions add column address text`,
    `alter table sessions add column new_device integer not null default 0 check (new_device in (0, 1))`,
  ],
}
