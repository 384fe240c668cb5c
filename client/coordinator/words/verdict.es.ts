import type { VerdictWords } from './verdict.en.ts'

const at = (what: string, time: string) => (time === '' ? what : `${what}, ${time}`)

export const words: VerdictWords = {
  since: {
    correction: (time) => at('Corregido por su observador después de que usted lo abrió', time),
    addition: (time) => at('Su observador le agregó algo después de que usted lo abrió', time),
    withdrawal: (time) => at('Retirado por su observador después de que usted lo abrió', time),
    restoration: (time) => at('Su retiro se deshizo después de que usted lo abrió', time),
    round: (time) => at('Se abrió de nuevo después de que usted lo abrió', time),
  },
  notGiven: (outcome) => `Lo que había elegido, «${outcome}», no se dio.`,
  chooseAnew: 'Léalo otra vez y elija de nuevo un veredicto.',
  readFirst: 'Léalo otra vez antes de juzgarlo.',
  choseSince: 'Usted eligió su veredicto después de eso.',
  kept: 'Lo demás que eligió y escribió sigue aquí.',
  keptHere: 'Lo que escribió sigue aquí.',
  read: 'Leerlo otra vez',
  choseBefore: 'Eligió antes de que cambiara. Léalo otra vez y elija un veredicto.',
  refused: 'Su veredicto no se dio: el informe dice ahora otra cosa que lo que usted había leído.',
}
