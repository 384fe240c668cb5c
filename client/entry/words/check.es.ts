import { counting } from '../../kit/words/counting.ts'
import type { CheckWords } from './check.en.ts'

const { count } = counting('es')

export const words: CheckWords = {
  title: 'Comprobar un recibo',
  what: 'El teléfono de quien observa guarda un recibo por cada informe y cada foto que la sede recibió. Aquí cualquiera puede comprobar uno: no hace falta cuenta, y no se muestra nada que el recibo no diga por sí mismo.',
  paste: 'Recibo',
  pasteHint: 'Pegue su texto, o la dirección que contiene su código. Se pueden pegar varios a la vez.',
  check: 'Comprobar',
  scan: 'Escanear su código',
  scanWhat: 'Ponga el código frente a la cámara.',
  scanRefused: 'No se puede usar la cámara. Permítala para esta página, o pegue el texto.',
  scanOther: 'Este código no es un recibo nuestro. Ponga frente a la cámara el que está en «Recibo para guardar».',
  noReceipt: 'En este texto no hay un recibo completo. Cópielo entero y péguelo de nuevo.',
  checking: 'Comprobando',
  checked: (how) => `${count(how, 'recibo comprobado', 'recibos comprobados')}`,
  ours: 'Lo firmó esta misión',
  moment: (day, clock, zone, utc) => `${day}, ${clock} en el reloj de este dispositivo (${zone}; en UTC ${utc})`,
  oursReport: (report, moment) => `La sede tiene el informe ${report} desde ${moment}.`,
  oursAmendment: (report, moment) => `La sede tiene lo que se dijo después del informe ${report}, una corrección, un agregado o su retiro, tal como se envió, desde ${moment}.`,
  oursPhoto: (report, moment) => `La sede tiene esta foto del informe ${report}, el archivo original, desde ${moment}.`,
  notOurs: 'No es un recibo de esta misión',
  notOursWhat: 'No lo firmó la llave de esta misión, o dice algo que el diario de la misión no dice. Puede que se haya cambiado, o que sea de otra misión.',
  unanswered: 'Sin comprobar',
  fingerprintReport: 'Huella del texto del informe (SHA-256)',
  fingerprintPhoto: 'Huella de la foto (SHA-256)',
  report: 'Informe',
  compareReport: '¿Es este el texto? Elija un archivo que lo contenga',
  comparePhoto: '¿Es esta la foto? Elija su archivo',
  compareWhat: 'El archivo no sale de este dispositivo: su huella se hace aquí.',
  same: (file) => `Sí: ${file} es el mismo archivo, byte por byte.`,
  other: (file) => `No: ${file} es otro archivo, o se cambió.`,
  unreadable: 'Ese archivo no se pudo leer.',
}
