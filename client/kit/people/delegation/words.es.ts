import type { DelegationColumn, PersonFault } from '../../../../shared/delegation.ts'
import { personNumber } from '../../../../shared/people.ts'
import { counting } from '../../words/counting.ts'
import type { DelegationWords } from './words.en.ts'

const { count, choose } = counting('es')
const columns: Record<DelegationColumn, string> = { name: 'Nombre', organisation: 'Organización', telephone: 'Teléfono', language: 'Idioma' }

function fault({ column, reason, found, hint, otherLine }: PersonFault): string {
  const name = column ? columns[column] : ''
  const it = found ?? ''
  switch (reason) {
    case 'required': return `${name}: está vacío.`
    case 'too_long': return `${name}: más de ${hint ?? ''} caracteres.`
    case 'bad_telephone': return `${name}: «${it}» no es un número de teléfono. Cifras, espacios y un signo más adelante.`
    case 'unknown_language': return `${name}: «${it}» no es un idioma de la misión (${hint ?? ''}).`
    case 'twice': return `${name}: la misma persona ya está en la línea ${otherLine ?? ''}.`
    case 'here_already': return hint === null ? `${name}: «${it}», de esta organización, ya está en la misión.` : `${name}: «${it}», de esta organización, ya está en la misión con el número ${personNumber(Number(hint))}.`
    case 'too_few_columns': return `Esta línea tiene ${it} columnas y el encabezado ${hint ?? ''}.`
    case 'too_many_columns': return `Esta línea tiene ${it} columnas y el encabezado ${hint ?? ''}.`
    case 'quotes': return 'En esta línea no se cierran unas comillas.'
  }
}

export const words: DelegationWords = {
  importList: 'Importar una lista',
  title: 'Importar una delegación',
  what: 'Una línea por cada persona que observa. La sede lee la lista y muestra lo que contiene; no se invita a nadie hasta que usted lo diga.',
  file: 'Lista de personas',
  drop: 'Suelte aquí un archivo CSV o elíjalo',
  dropWhat: 'UTF-8, UTF-16 o Windows, separado por comas, puntos y comas o tabulaciones, hasta 5 MB y 5,000 líneas.',
  dropMended: 'Suelte aquí el archivo corregido para leerlo de nuevo.',
  chooseFile: 'Elegir un archivo',
  chooseOther: 'Elegir otro archivo',
  headingIs: 'Su primera línea nombra estas columnas, en cualquier orden. Teléfono e idioma pueden faltar.',
  heading: ['nombre', 'organización', 'teléfono', 'idioma'],
  downloadHeading: 'Un archivo vacío con este encabezado',
  exampleName: 'observadores.csv',
  sending: (name) => `Leyendo ${name}`,
  linesRight: (lines) => choose(lines, 'línea correcta', 'líneas correctas'),
  linesWrong: (lines) => choose(lines, 'línea incorrecta', 'líneas incorrectas'),
  organisations: (how) => choose(how, 'organización', 'organizaciones'),
  fresh: (names, how) => `${choose(how, 'Organización nueva', 'Organizaciones nuevas')}: ${names}.`,
  order: 'Orden',
  wrongFirst: 'Primero las incorrectas',
  fileOrder: 'Orden del archivo',
  wrongAsCsv: 'Líneas incorrectas en CSV',
  line: 'Línea',
  columns,
  fault,
  moreWrong: 'Hay más líneas incorrectas de las que se muestran; el CSV las tiene todas.',
  moreRight: (lines) => `${count(lines, 'línea más, correcta', 'líneas más, todas correctas')}.`,
  invite: (people) => `Invitar a ${count(people, 'persona', 'personas')}`,
  leftOut: (lines) => `${count(lines, 'línea incorrecta queda fuera.', 'líneas incorrectas quedan fuera.')}`,
  leftOutThen: 'Después se puede importar un archivo corregido: a quien ya está no se le invita dos veces.',
  allRight: 'Todas las líneas son correctas.',
  noneRight: 'Ninguna línea es correcta: no hay a quién invitar.',
  changed: 'Las personas o los idiomas cambiaron desde que se leyó este archivo. Léalo de nuevo.',
  headingLacks: (names) => `La primera línea no nombra: ${names}.`,
  headingTwice: (names) => `La primera línea nombra dos veces: ${names}.`,
  notCsv: 'Este archivo no es un CSV con encabezado. En la hoja de cálculo, guárdelo como CSV.',
  noLines: 'Este archivo no nombra a nadie: solo tiene un encabezado, o nada.',
  tooManyLines: (lines) => `El archivo tiene más de ${count(lines, 'línea', 'líneas')}.`,

  cardsTitle: (how) => count(how, 'tarjeta', 'tarjetas'),
  cardsOnce: 'Los códigos se muestran solo ahora: no guardamos copia. Imprímalos o guárdelos antes de seguir. Una tarjeta perdida se reemplaza con una nueva, que la anula.',
  cardUsed: 'Usada',
  print: 'Imprimir',
  savePdf: 'Guardar como PDF',
  paper: 'Papel',
  papers: { a4: 'A4', letter: 'Carta' },
  pdfName: (mission) => `tarjetas ${mission}.pdf`,
  pdfFailed: 'Aquí no se pudo hacer el PDF. Imprima las tarjetas.',
  making: 'Haciendo el PDF',
  done: 'Terminar con estas tarjetas',
  leaveTitle: '¿Salir sin las tarjetas?',
  leaveWhat: 'No se imprimió ni se guardó nada. Los códigos no se pueden mostrar de nuevo: tendría que hacer tarjetas nuevas.',
  leave: 'Salir sin ellas',
  stay: 'Quedarme',
  someShown: (shown, all) => `Se muestran las primeras ${shown} de ${all}; se imprimen y se guardan todas.`,

  newCards: 'Tarjetas nuevas',
  newCardsTitle: (how) => `¿Tarjetas nuevas para ${count(how, 'persona', 'personas')}?`,
  newCardsWhat: 'Para quienes están en la lista de abajo y todavía no han entrado. Las tarjetas que tienen dejan de servir ahora.',
  newCardsDo: (how) => `Hacer ${count(how, 'tarjeta', 'tarjetas')}`,
  newCardsNobody: 'En esta lista nadie espera una tarjeta: ya entraron.',
}
