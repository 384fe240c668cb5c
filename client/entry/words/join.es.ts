import { counting } from '../../kit/words/counting.ts'
import type { Join } from './join.en.ts'

const { count, choose } = counting('es')

const browser = 'Este navegador será suyo para esta misión'

export const words: Join = {
  title: 'Unirse a la misión',
  welcome: (name) => `Le damos la bienvenida, ${name}`,
  role: 'Función',
  number: 'Número',
  mission: 'Misión',
  organisation: 'Organización',
  notYou: '¿No es usted? No siga: avise a quien le dio la tarjeta.',
  notYouLink: '¿No es usted? No siga: avise a quien le envió el enlace.',
  deviceTitle: { observer: 'Este teléfono será suyo para esta misión', coordinator: browser, press: browser, lead: browser },
  observer: ['Fotos e informes quedan aquí hasta que la sede confirme que los tiene.', 'Su posición solo sale con sus informes.', 'Su nombre nunca llega a la prensa.'],
  desk: ['La sesión dura 18 horas, y una hora si no se hace nada.', 'Lo que usted decide queda registrado con su nombre.', 'Los nombres de quienes observan nunca llegan a la prensa.'],
  press: ['La sesión dura 18 horas, y una hora si no se hace nada.', 'Verá lo que la misión publicó, y nada más.', 'Cada descarga queda registrada con su nombre.'],
  signedIn: (name) => `Aquí está abierta la sesión de ${name}. Si usted se une, la suya ocupa su lugar.`,
  waiting: (how, name) => `Aquí ${choose(how, 'espera', 'esperan')} ${count(how, 'informe', 'informes')} de ${name} por enviar. Solo ${name} puede ${choose(how, 'enviarlo', 'enviarlos')}, al unirse aquí de nuevo.`,
  join: 'Unirme a la misión',
  once: 'Sirve una sola vez: después la tarjeta o el enlace queda usado.',
  problem: 'Todavía no se pudo',

  homeFirst: 'Primero, a la pantalla de inicio',
  homeWhy: 'En un iPhone, solo ahí sus informes quedan seguros hasta que se envían.',
  stepShare: ['Toque', 'Compartir'],
  stepAdd: ['Elija', 'Agregar a inicio'],
  stepOpen: 'Abra Veedor ahí y pegue este enlace',
  stayHere: 'No puedo; seguir en Safari',
  copy: 'Copiar el enlace',
  copied: 'Copiado. Abra Veedor en la pantalla de inicio y péguelo.',
  notCopied: 'Safari no dejó copiarlo. Mantenga el dedo sobre el enlace para copiarlo.',

  endedTitle: 'Este enlace ya no sirve',
  endedWhat: 'Ya se usó, otro más nuevo ocupó su lugar, o fue anulado, como todos los de observación cuando la misión se cierra.',
  endedDo: 'Pida uno nuevo a quien se lo dio: es cosa de un minuto.',
  signIn: 'Iniciar sesión',
  alreadyIn: (name) => `Este navegador ya tiene la sesión de ${name}.`,
  goOn: (name) => `Seguir como ${name}`,
  typeTitle: 'Unirse con el código de su tarjeta',
  typeWhat: 'Escanear la tarjeta hace lo mismo. Quien recibió un enlace abre el enlace entero.',
  code: 'Código',
  codeHint: 'Doce signos, como 7K3M-9PWX-0RTD. Mayúsculas y guiones no importan.',
  notACode: 'No es un código completo: tiene doce cifras y letras.',
  wrongCode: 'Ninguna tarjeta tiene este código, ya se usó, o la misión está cerrada. Revíselo una vez más o pida una tarjeta nueva.',
  goOnWithCode: 'Continuar',
}
