import type { Start } from './start.en.ts'

export const words: Start = {
  notSignedIn: 'No ha iniciado sesión',
  notSignedInWhat: 'Veedor se abre con un enlace personal. Sirve una sola vez, y desde entonces este navegador queda con la sesión abierta.',
  signIn: 'Iniciar sesión',
  byCode: 'Unirse con el código de una tarjeta',
  howToGetIn: 'Cómo entrar',
  waysIn: [
    'Coordinación, prensa y dirección entran con llave de acceso, frase o código de recuperación.',
    'Tiene una tarjeta sin usar: escanéela con la cámara o escriba su código. Tiene un enlace: ábralo aquí.',
    'Su enlace ya se usó, o su sesión terminó: pida otro a la dirección de su misión.',
    'Usted es de la dirección y no puede entrar: quien maneja el equipo imprime un enlace nuevo con «npm run lead-link».',
  ],
  nowhere: 'No existe esa página',
  nowhereWhat: 'La dirección puede estar mal escrita o haberse cortado en el camino.',
  toStart: 'Ir a Veedor',
  noAnswerTitle: 'La sede no responde',
  noAnswerWhat: 'El equipo de la sede está apagado o la red está cortada. Con esperar no se pierde nada.',
  brokenTitle: 'Esta página se detuvo',
  brokenWhat: 'Algo falló en esta página. Lo guardado está a salvo en la sede; lo que estaba escribiendo puede haberse perdido.',
  brokenDetail: 'Lo que dice la página',
  loadAgain: 'Cargar de nuevo',
  refusedTitle: 'Esto no se puede abrir ahora',
}
