/** Screens that once held something else than headquarters. Imports nothing of ours, so that it stays what it was. */
export const screens = {
  number: 10,
  name: 'screens',
  statements: (): string[] => [
    `create table screen_faults (id text primary key, at text not null, screen text not null check (screen in ('room', 'wall')), number integer not null, held integer not null, shown integer not null)`,
  ],
}
