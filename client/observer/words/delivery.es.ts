import { counting } from '../../kit/words/counting.ts'
import type { DeliveryWords } from './delivery.en.ts'

const { count, choose } = counting('es')

const fotos = (cuantas: number) => count(cuantas, 'foto', 'fotos')
const informes = (cuantos: number) => count(cuantos, 'informe', 'informes')
const quedan = (reportsLeft: number, picturesLeft: number) => [reportsLeft > 0 ? informes(reportsLeft) : null, picturesLeft > 0 ? fotos(picturesLeft) : null].filter(Boolean).join(' y ')
const faltan = (reportsLeft: number, picturesLeft: number) => `${choose(reportsLeft + picturesLeft, 'falta', 'faltan')} ${quedan(reportsLeft, picturesLeft)}`

export const words: DeliveryWords = {
  keepOpen: (reportsLeft, picturesLeft, about) => `Deje Veedor abierto: ${faltan(reportsLeft, picturesLeft)}${about ? `, cerca de ${about}` : ''}.`,
  goesOn: (reportsLeft, picturesLeft, about) => `${choose(reportsLeft + picturesLeft, 'Falta', 'Faltan')} ${quedan(reportsLeft, picturesLeft)}${about ? `, cerca de ${about}` : ''}. Si cierra Veedor, este teléfono sigue cuando puede; abierto va más rápido.`,
  held: (how, knowsWifi) => `${count(how, 'original espera', 'originales esperan')} ${knowsWifi ? 'una red Wi-Fi' : 'a que usted lo diga'}. El texto y las copias pequeñas se envían.`,
  sendNow: 'Enviar ahora',
  little: (how) => (how > 0 ? `En este teléfono ${choose(how, 'cabe', 'caben')} ${how === 1 ? '' : 'unas '}${fotos(how)} más. Libere espacio antes de que se acabe.` : 'En este teléfono no cabe otra foto. Libere espacio; lo guardado aquí se conserva.'),
  mayBeCleared: 'El teléfono puede borrar lo que espera aquí si se queda sin espacio. Envíelo pronto, o ponga Veedor en la pantalla de inicio.',
  sevenDays: 'Safari borra lo guardado aquí si pasan siete días sin abrirlo. Envíelo pronto, o ponga Veedor en la pantalla de inicio y únase ahí.',
  update: { ready: 'Hay una versión nueva de Veedor.', later: 'Empieza cuando no haya un informe abierto ni nada enviándose.' },
  install: { title: 'Ponga Veedor en su pantalla de inicio', why: 'Así abre sin red, y es menos probable que el teléfono borre lo guardado.', do: 'Instalar', later: 'Ahora no' },
  file: {
    seal: 'Sellar en un archivo',
    what: 'Todo lo no enviado en un archivo, para quien coordina, por cualquier mensajería o memoria USB. Va cifrado: solo el servidor de su misión lo abre. También queda aquí, y cuenta una sola vez.',
    saved: 'Guardado en las descargas de este teléfono: envíelo desde ahí',
    noKey: 'Este teléfono debe comunicarse una vez con la sede antes de poder sellar un archivo. Todo queda guardado aquí.',
    failed: 'No se pudo hacer el archivo. Todo sigue guardado aquí como estaba.',
  },
  originals: {
    title: 'Originales de las fotos',
    always: 'Enseguida',
    wifi: 'Solo con Wi-Fi',
    whenToldTo: 'Cuando yo diga',
    why: 'Un original pesa varios megabytes. El texto y las copias pequeñas siempre se envían enseguida.',
    cannotTell: 'Este navegador no dice si está en Wi-Fi, así que le pregunta a usted.',
  },
}
