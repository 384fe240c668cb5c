import type { BackupWords } from './backup.en.ts'
import { counting } from './counting.ts'

const { count } = counting('es')

export const words: BackupWords = {
  title: 'Primer respaldo',
  never: 'Último respaldo: ninguno',
  last: (ago) => `Último respaldo: ${ago}`,
  since: (facts) => (facts === 0 ? 'Nada llegó desde entonces.' : `Desde entonces hay ${count(facts, 'hecho más', 'hechos más')} en el diario.`),
  beside: 'Estaba en el mismo disco que la misión: haga que se copie a otro.',
  ask: 'Tenga uno antes de que la misión empiece. Lo hace quien opera la máquina, con una sola orden en la carpeta de Veedor, también mientras todos trabajan; ARCHIVO es un archivo nuevo, mejor en otro disco. Aquí se ve por sí solo.',
  command: 'npm run backup -- ARCHIVO',
  server: 'La base de datos está en un servidor propio: se respalda con el pg_dump de ese servidor y, junto a ella, la carpeta con las fotos. La página para quien opera dice cómo. Veedor no ve cuándo se hizo.',
  unknown: 'Ahora no se puede saber cuándo se hizo el último respaldo.',
}
