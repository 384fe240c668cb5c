import { counting } from './counting.ts'

const { count } = counting('en')

export const words = {
  title: 'First backup',
  never: 'Last backup: never',
  last: (ago: string) => `Last backup: ${ago}`,
  since: (facts: number) => (facts === 0 ? 'Nothing has come since.' : `${count(facts, 'fact of the journal has', 'facts of the journal have')} come since.`),
  beside: 'It lay on the mission’s own disk: have it copied to another.',
  ask: 'Have one before the mission opens. Whoever runs the machine makes it with one command in Veedor’s folder, also while everybody works; FILE is a new file, best on another disk. It shows here by itself.',
  command: 'npm run backup -- FILE',
  server: 'The database is on a server of its own: it is backed up with that server’s pg_dump, and the folder with the pictures beside it. The operator’s page says how. Veedor does not see when that was done.',
  unknown: 'When the last backup was made cannot be asked right now.',
}

export type BackupWords = typeof words
