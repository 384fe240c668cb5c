import { number } from '../../kit/numbers.ts'
import { counting } from '../../kit/words/counting.ts'
import type { Press } from './press.en.ts'

const { count } = counting('es')
const clock = (hour: number) => `${hour === 1 ? 'la' : 'las'} ${String(hour).padStart(2, '0')}:00`
const pictures = (how: number) => count(how, 'foto', 'fotos')

export const words: Press = {
  title: 'Mesa de prensa',
  onlyReleased: 'Solo fotos autorizadas',
  toRoom: 'A la sala',

  pictures,
  some: (how, all) => `${number(how)} de ${pictures(all)}`,
  find: 'Buscar fotos',
  findHint: 'Palabras, lugares',
  place: 'Lugar',
  anyPlace: 'Todo lugar',
  day: 'Día',
  anyDay: 'Todo día',
  captionLanguage: 'Idioma de los textos',
  showNew: (how) => count(how, 'nueva', 'nuevas'),
  new: 'Nueva',

  between: (hour) => `entre ${clock(hour)} y ${clock(hour + 1)}`,
  halves: { morning: 'antes del mediodía', afternoon: 'después del mediodía' },
  when: (time, day) => `${time}, ${day}`,

  next: 'Foto siguiente',
  previous: 'Foto anterior',
  back: 'Volver a las fotos',
  open: 'Foto',
  position: (at, all) => `${number(at)} de ${number(all)}`,

  caption: 'Pie de foto',
  characters: (how) => count(how, 'carácter', 'caracteres'),
  alternative: 'Texto alternativo',
  quote: 'Cómo se verificó',
  credit: 'Crédito',
  taken: 'Tomada',
  covered: 'Cubierto',
  someCovered: 'Partes de ella, por la misión',
  nothingCovered: 'Nada',
  partsCovered: 'Con partes cubiertas',
  mayBeUsed: 'Uso permitido',
  released: 'Autorizada',

  copyCaption: 'Copiar pie',
  copyWithCredit: 'Copiar con crédito',
  copyText: 'Copiar texto',
  copyQuote: 'Copiar frase',
  copyCredit: 'Copiar crédito',
  copied: { caption: 'Pie de foto copiado.', captionAndCredit: 'Pie de foto y crédito copiados.', alternative: 'Texto alternativo copiado.', quote: 'Frase copiada.', credit: 'Crédito copiado.' },
  notCopied: 'Este navegador no permitió copiar. Seleccione el texto y cópielo a mano.',

  download: 'Descargar',
  downloadFull: 'Descargar completa',
  downloadWeb: 'Tamaño web',
  webToo: 'es también el tamaño web',
  pixels: (width, height) => `${width} × ${height} px`,
  downloading: (fileName) => `Se está descargando ${fileName}. El archivo lleva el pie de foto y el crédito.`,
  checkFirst: 'Si la misión retira esta foto, esta pantalla lo dice de inmediato. Mírela antes de publicar.',

  withdrawnTitle: 'Esta foto fue retirada: no la use',
  withdrawnWhat: 'Si ya la usó, quítela, también de los archivos.',
  seen: 'Enterado',
  notHere: 'No existe esa foto',
  notHereWhat: 'Fue retirada, o nunca se autorizó. Si la tiene, no la use.',
  cannotShow: 'La foto no llegó.',

  empty: 'Todavía no hay fotos autorizadas',
  emptyWhat: 'Cada una aparecerá aquí por sí sola en cuanto la misión la autorice: verificada, cubierta donde eso protege a alguien, con pie de foto, crédito y texto alternativo listos para copiar.',
  nothingFound: 'Ninguna foto autorizada coincide',
  nothingThere: 'Ninguna foto autorizada es de este día o lugar. Puede haberlas de otros.',
  nothingFoundWhat: 'Con menos palabras, o más cortas, se encuentra más. Se busca en los pies de foto, los textos alternativos y los lugares.',
  clearSearch: 'Ver todas las fotos',
  cannotLoad: 'No se pudieron cargar las fotos',
  more: 'Vienen más fotos',

  lostTitle: (since) => `Sin conexión con la sede desde las ${since}`,
  lostWhat: 'Desde entonces puede haberse retirado una foto sin que esta pantalla lo sepa. Compruébelo antes de publicar.',
  endedTitle: 'Su sesión terminó',
  endedWhat: 'Las fotos salieron de esta pantalla, porque no se enteraría si alguna fuera retirada. Entre de nuevo con otro enlace de la dirección de su misión.',
  signInAgain: 'Entrar de nuevo',

  notYours: 'La mesa de prensa no es para usted',
  notYoursWhat: 'Aquí están las fotos autorizadas, para el personal de prensa. Lo que usted informa está en su propia aplicación.',
  toYourApp: 'A su aplicación',
}
