/** Telephones, short codes, transfers, which phone a session is on, a mission that is closed, and by which way a report came. Imports nothing of ours. */
export const peopleAndPhones = {
  number: 3,
  name: 'people',
  statements: (): string[] => [
    `alter table people add column telephone text`,
    `alter table invites add column kind text not null default 'card' check (kind in ('card', 'transfer'))`,
    `alter table invites add column code_hash text`,
    `create unique index invites_code on invites (code_hash) where code_hash is not null`,
    `alter table sessions add column phone text`,
    `alter table mission add column closed_at text`,
    `alter table reports add column channel text not null default 'web' check (channel in ('web', 'phone', 'messenger', 'api'))`,
    `alter table reports add column set_aside_for text check (set_aside_for in ('replaced_phone', 'signature'))`,
  ],
}
