import { counting } from '../../kit/words/counting.ts'
import type { AwayWords } from './away.en.ts'

const { count } = counting('es')

export const words: AwayWords = {
  title: 'Mientras no estaba',
  since: (at, ago) => `Desde ${at} (${ago}), cuando miró esta sala por última vez en este navegador.`,
  lastHour: 'No estuvo fuera: esto es la última hora.',
  came: (how) => `Lo que llegó: ${count(how, 'informe', 'informes')}`,
  changed: (how) => `Lo que cambió: ${count(how, 'informe', 'informes')}`,
  waits: 'Lo que espera',
  nothingCame: 'No llegó ningún informe.',
  nothingChanged: 'Nada cambió entre los que ya estaban.',
  nothingWaits: 'Nada espera a la sala.',
  more: (how) => `y ${count(how, 'informe más', 'informes más')}, en la lista`,
  received: 'sin mirar',
  second: 'esperan un segundo par de ojos',
  third: 'esperan un tercero, porque dos veredictos difieren',
  setAside: 'apartados',
  kinds: {
    'report.changed': 'con otro lugar o nombre',
    'report.set_aside': 'apartado',
    'report.taken_up': 'puesto en trabajo',
    'report.quarantined': 'vino de alguien en cuarentena',
    'person.quarantined': 'quien lo presentó quedó en cuarentena',
    'person.quarantine_lifted': 'terminó la cuarentena de quien lo presentó',
    'report.reopened': 'abierto de nuevo',
    'report.withdrawn': 'retirado por su observador',
    'verdict.first_given': 'se dio un primer veredicto',
    'verdict.second_given': 'dos veredictos difieren',
    'verdict.given': 'decidido',
    'note.written': 'la coordinación escribió una nota',
    'note.struck': 'se tachó una nota',
    'photo.received': 'llegaron fotos',
    'photo.unreadable': 'una foto no se puede abrir',
    'photo.released': 'se publicó una foto',
    'release.retracted': 'se retiró una foto',
    'release.corrected': 'se corrigió una publicación',
    'release.used': 'una redacción usó una foto',
  },
  otherKind: 'algo quedó registrado',
}
