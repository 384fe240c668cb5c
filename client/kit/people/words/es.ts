import { counting } from '../../words/counting.ts'
import type { People } from './en.ts'

const { count } = counting('es')

export const words: People = {
  title: 'Personas',
  many: { observer: 'Observación', coordinator: 'Coordinación', press: 'Prensa', lead: 'Dirección' },
  everyone: 'Todas',
  filter: 'Qué personas',
  find: 'Nombre, número, organización',
  findLabel: 'Buscar una persona',
  columns: { name: 'Nombre', role: 'Función', number: 'Número', organisation: 'Organización', state: 'Estado', lastHeard: 'Última señal', actions: 'Qué se puede hacer' },
  states: { invited: 'con invitación', joined: 'en la misión', link_ended: 'enlace vencido', retired: 'fuera de la misión' },
  silent: 'sin señal',
  never: 'nunca',
  you: 'usted',
  summary: (states, silent) =>
    [
      `${count(states.joined, 'persona', 'personas')} en la misión`,
      states.invited > 0 && `${states.invited} con invitación`,
      states.link_ended > 0 && count(states.link_ended, 'enlace vencido', 'enlaces vencidos'),
      silent > 0 && `${silent} sin señal por más de dos horas`,
    ].filter(Boolean).join(', '),
  shown: (shown, all) => (shown === all ? count(all, 'persona', 'personas') : `${shown} de ${count(all, 'persona', 'personas')}`),
  silentFirst: 'primero quien no da señal',
  empty: 'Todavía no hay nadie',
  emptyWhat: 'Invite a alguien: cada persona recibe un enlace propio que sirve una sola vez, como tarjeta para escanear o como texto para enviar.',
  nobodyFound: 'No hay nadie así',
  nobodyFoundWhat: 'Ninguna de estas personas tiene ese nombre, número u organización.',

  menu: (name) => `Qué hacer con ${name}`,
  newLink: 'Enlace nuevo',
  newLinkHint: 'El enlace anterior deja de servir. La sesión sigue.',
  newPhone: 'Enlace nuevo para otro teléfono',
  newPhoneHint: 'El teléfono en uso se desconecta cuando entra el nuevo.',
  remove: 'Sacar de la misión',
  removeHint: 'Lo que no se ha enviado queda en el teléfono.',
  removeTitle: (name) => `¿Sacar a ${name} de la misión?`,
  removeWhat: 'Sus sesiones y enlaces terminan ahora. Lo que hizo queda en el registro, con su nombre.',
  removed: (name) => `${name} ya no está en la misión.`,

  leadLinks: 'Enlaces de entrada que quien maneja el equipo imprimió para la dirección',
  leadLink: (name, at) => `Para ${name}, ${at}`,

  invite: 'Invitar',
  role: 'Función',
  roleWhat: {
    observer: 'Informa desde un centro de votación, con un teléfono.',
    coordinator: 'Revisa los informes, los verifica y publica fotos para la prensa.',
    press: 'Ve y descarga lo publicado, nada más.',
    lead: 'Coordina y además invita personas y prepara la misión.',
  },
  name: 'Nombre',
  organisation: 'Organización',
  organisationHint: 'Elija una o escriba una nueva.',
  language: 'Idioma de la tarjeta',
  makeLink: 'Hacer la tarjeta',
  card: 'Tarjeta',
  cardOf: (name) => `Tarjeta de ${name}`,
  onlyNow: 'El enlace se muestra solo ahora. No guardamos copia.',
  onlyHere: 'Solo se abre en esta computadora. Otros teléfonos llegan a Veedor cuando quien lo opera le da una dirección segura (TLS), o por cable USB.',
  printCard: 'Imprimir la tarjeta',
  copyLink: 'Copiar enlace',
  copied: 'El enlace quedó copiado.',
  notCopied: 'El navegador no dejó copiar el enlace. Selecciónelo abajo.',
  link: 'Enlace',
}
