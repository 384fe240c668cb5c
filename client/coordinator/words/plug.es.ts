import { counting } from '../../kit/words/counting.ts'
import type { PlugWords } from './plug.en.ts'

const { count } = counting('es')
const informes = (how: number) => count(how, 'informe', 'informes')
const fotos = (how: number) => count(how, 'foto', 'fotos')
const dicho = (how: number) => count(how, 'corrección, agregado o retiro', 'correcciones, agregados o retiros')
const listed = (parts: (string | false)[]) => parts.filter(Boolean).join(' y ')

export const words: PlugWords = {
  title: 'Desconectar',
  what: (name) => `El teléfono de ${name}, junto a la sala. Presente informes en él, corte su red a la mitad, reinicie el servidor: las tres cuentas vuelven a coincidir.`,
  phone: 'En el teléfono',
  database: 'En la base de datos',
  map: 'En este mapa',
  reports: (how) => (how === 1 ? 'informe' : 'informes'),
  pictures: (how) => `${count(how, 'foto completa', 'fotos completas')}`,
  picturesHere: (how) => fotos(how),
  network: 'La red del teléfono',
  networks: { open: 'Abierta', slow: '3 segundos de retraso', cut: 'Cortada' },
  server: { up: 'La sala se entera al momento', down: 'La sala se está poniendo al día' },
  restart: 'Reiniciar el servidor',
  restarting: 'El servidor se está reiniciando',
  silent: 'El servidor no responde',
  waiting: 'Esperando a que el teléfono diga qué guarda',
  out: (name) => `En este teléfono no está abierta la sesión de ${name}. Lo que guarda sigue ahí, y se envía en cuanto se abra de nuevo.`,
  signIn: 'Abrir la sesión del teléfono',
  agree: (how, photos) => `Las tres coinciden: ${informes(how)}, ${fotos(photos)}.`,
  onTheWay: (how, photos, later) => `En camino: ${listed([how > 0 && informes(how), photos > 0 && fotos(photos), later > 0 && dicho(later)])}.`,
  settling: 'Las cuentas se están encontrando.',
  kept: (lost, doubled) => `${lost} ${lost === 1 ? 'perdido' : 'perdidos'}, ${doubled} ${doubled === 1 ? 'duplicado' : 'duplicados'}`,
  phoneTitle: (name) => `El teléfono de ${name}`,
  cutTitle: 'El teléfono no pudo abrir',
  cutWhy: 'Su red está cortada, y este navegador todavía no guarda nada de su aplicación. Abra la red y cargará por sí solo.',
  opening: 'El teléfono se está abriendo',
  ownAddress: 'Abra esta página con el enlace de coordinación que imprimió la muestra, cuya dirección termina en .localhost: solo ahí puede estar el teléfono al lado.',
  noneTitle: 'Aquí no hay nada que desconectar',
  none: 'Solo la misión de muestra lo tiene: npm start -- --sample.',
}
