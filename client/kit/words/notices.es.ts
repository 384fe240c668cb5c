import type { NoticeWords } from './notices.en.ts'

export const words: NoticeWords = {
  titles: {
    correction: 'CORRECCIÓN: una foto que usted tomó dice ahora otra cosa',
    withhold: 'RETENCIÓN: espere con esta foto',
    lifted: 'Esta foto se puede usar otra vez',
    kill: 'ANULACIÓN: esta foto fue retirada, no la use',
    reopened: 'Se abrió de nuevo un informe',
    decided_otherwise: 'Un informe se decidió de otro modo, y la prensa aún tiene una foto suya',
    exported: 'Se exportó el diario de hechos',
  },
  what: {
    correction: 'Tome el archivo nuevo y rectifique lo que publicó.',
    withhold: 'La misión la está revisando otra vez. No la publique hasta que se le diga aquí; si ya lo hizo, detenga lo que pueda.',
    lifted: 'La misión la revisó otra vez y la dio por verificada.',
    kill: 'Quítela de lo que publicó, y también de los archivos.',
    reopened: 'Usted lo juzgó o publicó una foto suya. Sus fotos esperan hasta que se decida de nuevo.',
    decided_otherwise: 'A la prensa se le pidió esperar. Retire la foto, o haga que el informe se abra de nuevo.',
    exported: 'De cada exportación se avisa a toda la coordinación.',
  },
  saysOtherwise: { title: 'Un informe se verificó otra vez y dice algo distinto de su foto en manos de la prensa', what: 'A la prensa se le sigue pidiendo esperar. Retire la foto y publíquela de nuevo: su categoría, lugar y hora quedan fijos al publicarla.' },
  amended: {
    correction: { title: 'Su observador corrigió un informe después del veredicto de usted', what: 'Está abierto de nuevo, para juzgarlo como dice ahora. Sus fotos esperan hasta que se decida otra vez.', says: (text) => (text === '' ? 'Se corrigió más que sus palabras: el informe muestra qué.' : `Ahora dice: ${text}`) },
    addition: { title: 'Un observador agregó algo a un informe después del veredicto de usted', what: 'Está abierto de nuevo, para juzgarlo con lo agregado. Sus fotos esperan hasta que se decida otra vez.', says: (text) => (text === '' ? 'Se agregaron fotos.' : `Agregado: ${text}`) },
    withdrawal: { title: 'Su observador retiró un informe en el que usted se apoyó', what: 'Usted lo juzgó o difundió una foto suya. A la prensa se le dijo que espere con sus fotos: retírelas, salvo que valgan sin él.', says: (text) => `Motivo: ${text}` },
    restoration: { title: 'Se deshizo el retiro de un informe en el que usted se apoyó', what: 'Vuelve a ser trabajo, para juzgarlo como dice ahora. Sus fotos esperan hasta que se decida otra vez.', says: (text) => `Motivo: ${text}` },
  },
  wrong: (text) => `Incorrecto: ${text}`,
  right: (text) => `Correcto: ${text}`,
  reason: (text) => `Motivo: ${text}`,
  exported: (what) => ({ csv: 'Como hoja de cálculo, entero.', csv_part: 'Como hoja de cálculo, una parte.', jsonl: 'Entero, con la cadena.' })[what] ?? `Como ${what}`,
  byAt: (name, at) => `${name}, ${at}`,
  newFile: 'Al archivo nuevo',
  toReport: (number) => `Al ${number}`,
  confirm: 'Lo he leído',
}
