import { counting } from '../../kit/words/counting.ts'
import type { FileWords } from './file.en.ts'

const { count } = counting('es')

export const words: FileWords = {
  title: 'Presentar por alguien',
  what: 'Lo que alguien que observa le contó por teléfono o envió por mensajería, en su propio nombre. El informe dice que usted lo presentó, y ninguno de los dos puede juzgarlo.',
  who: 'Quien observa',
  choose: 'Elija a la persona',
  chooseGroup: 'Elija',
  callBack: (telephone) => `Teléfono ${telephone}`,
  channel: 'Cómo se contó',
  channels: { phone: 'Por teléfono', messenger: 'Por mensajería' },
  told: 'Lo que se contó, en palabras de quien observa',
  toldHint: 'Pegue el mensaje tal como está.',
  language: 'Idioma de estas palabras',
  when: 'Cuándo se vio',
  there: '¿Estaba quien observa en este lugar?',
  thereIs: { yes: 'Sí', no: 'No', unsaid: 'No se dijo' },
  pictures: 'Fotos',
  picturesWhat: 'Suéltelas aquí. JPEG, PNG, WebP o HEIC, de hasta 50 MB cada una.',
  noPicture: 'No es JPEG, PNG, WebP ni HEIC.',
  addPictures: 'Agregar fotos',
  removePicture: (name) => `Quitar ${name}`,
  unsigned: 'Ningún teléfono lo firma: se muestra sin firma, con la forma en que se contó.',
  file: 'Presentar el informe',
  filed: (number, name) => `${number} se presentó por ${name}.`,
  open: 'Abrir el informe',
  fromPhone: {
    title: 'Un archivo sellado de un teléfono',
    what: 'Suelte aquí el archivo en que alguien que observa selló lo que el teléfono no pudo enviar. Cada informe llega como si el teléfono lo hubiera enviado: firmado, y una sola vez.',
    choose: 'Elegir el archivo',
    opening: 'Abriendo el archivo',
    notOne: 'No es un archivo sellado de un teléfono. Pida el archivo cuyo nombre termina en .veedor.',
    another: 'Este archivo no se puede abrir aquí: se selló para otra misión, o cambió o se cortó en el camino. Pídalo otra vez.',
    empty: 'En este archivo no había nada por enviar.',
    taken: (number, pictures) => `${number} ya está aquí${pictures > 0 ? `, con ${count(pictures, 'foto', 'fotos')}` : ''}.`,
    without: (pictures) => `${count(pictures, 'foto no se recibió', 'fotos no se recibieron')}.`,
    notTaken: 'Un informe no se recibió. Sigue en el teléfono.',
    open: 'Abrir el informe',
  },
  nobody: 'Todavía no hay quien observe en la misión.',
}
