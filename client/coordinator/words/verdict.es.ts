import type { VerdictWords } from './verdict.en.ts'

const at = (what: string, time: string) => (time === '' ? what : `${what}, ${time}`)

export const words: VerdictWords = {
  since: {
    correction: (time) => at('Corregido por su observador después de que usted lo abrió', time),
    addition: (time) => at('Su observador le agregó algo después de que usted lo abrió', time),
    withdrawal: (time) => at('Retirado por su observador después de que usted lo abrió', time),
    restoration: (time) => at('Su retiro se deshizo después de que usted lo abrió', time),
    round: (time) => at('Se abrió de nuevo después de que usted lo abrió', time),
    change: (time, by) => at(by === '' ? 'Cambiado después de que usted lo abrió' : `${by} lo cambió después de que usted lo abrió`, time),
    decided: (time, by) => at(by === '' ? 'Decidido mientras tanto' : `${by} lo decidió mientras tanto`, time),
    given: (time) => at('Usted dio su veredicto en otra parte mientras tanto', time),
    quarantine: (time) => at('Su observador fue puesto en cuarentena mientras tanto', time),
    aside: () => 'Apartado mientras tanto',
  },
  notGiven: (outcome) => `Lo que había elegido, «${outcome}», no se dio.`,
  chooseAnew: 'Léalo otra vez y elija de nuevo un veredicto.',
  readFirst: 'Léalo otra vez antes de juzgarlo.',
  choseSince: 'Usted eligió su veredicto después de eso.',
  kept: 'Lo demás que eligió y escribió sigue aquí.',
  keptHere: 'Lo que escribió sigue aquí.',
  notJudged: { quarantine: 'Nadie lo juzga hasta que se levante.', aside: 'Nadie lo juzga hasta que se tome en trabajo.' },
  keptMeanwhile: 'Lo que eligió y escribió aquí se guarda hasta entonces.',
  letGo: 'Descartar lo que empezó',
  quarantined: 'Su observador está en cuarentena. Nadie juzga este informe hasta que se levante.',
  read: 'Leerlo otra vez',
  choseBefore: 'Eligió antes de que cambiara. Léalo otra vez y elija un veredicto.',
  refused: 'Su veredicto no se dio: el informe dice ahora otra cosa que lo que usted había leído.',
}
