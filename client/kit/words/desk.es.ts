import type { Desk } from './desk.en.ts'

export const words: Desk = {
  outcomes: { verified: 'Verificado', not_confirmed: 'No confirmado', false: 'Falso o equivocado', duplicate: 'Duplicado de' },
  reasons: {
    original_seen: 'Se vio el original',
    place_agrees: 'El lugar concuerda',
    time_agrees: 'La hora concuerda',
    observer_called: 'Se llamó a quien informó',
    two_sources: 'Segunda fuente',
    matches_pictures: 'Coincide con otras fotos',
    document: 'Se vio el documento',
    place_differs: 'El lugar no concuerda',
    time_differs: 'La hora no concuerda',
    old_picture: 'Foto anterior',
    hearsay: 'Contado por otros',
    unclear: 'No está claro',
    explained_by_rule: 'Una norma lo explica',
    unreachable: 'No se localizó a quien informó',
    edited: 'Parece editada',
  },
  retracted: 'Retirada',
  cannotTell: 'No se puede saber',

  complete: (at) => `Completo hasta las ${at}`,
  catchingUp: (at) => `Poniéndose al día, completo hasta las ${at}`,
  polling: (at) => `Completo hasta las ${at}, se pregunta cada 5 s`,
  pollingWhy: 'Esta red bloquea las conexiones en vivo: se pregunta a la sede cada 5 segundos.',
  offline: (since, at) => `Sin conexión desde las ${since}: lo que ve es de las ${at}`,
  connecting: 'Conectando',

  leaveTitle: '¿Cerrar la sesión en este navegador?',
  leaveWhat: 'El enlace con el que entró sirvió una vez y no le deja entrar de nuevo.',
  leaveWay: 'Vuelve por «Iniciar sesión», con su llave de acceso, o su frase y su aplicación.',
  leaveAsk: 'Para volver necesita un enlace nuevo de la dirección de su misión.',
  leaveLead: 'Para volver necesita un enlace nuevo de otra persona de la dirección.',
  leaveOnlyLead: 'Usted es la única persona de la dirección: para volver, quien maneja el equipo tiene que ejecutar «npm run lead-link» y darle el enlace que imprime.',
  stay: 'Seguir aquí',

  mapMade: (hasLakes) => `Hecho con Natural Earth. Nombres de lugares © GeoNames (CC BY 4.0).${hasLakes ? ' Lagos: GSHHG (LGPL).' : ''}`,

  mySignIns: 'Sus sesiones',
  settings: 'Apariencia e idioma',
  look: 'Apariencia',
  themes: { system: 'Como este equipo', light: 'Clara', dark: 'Oscura' },
  keys: 'Teclas',
  listKeys: 'Ver las teclas',
  noKeys: 'Esta vista no tiene teclas.',
}
