import type { Severity } from '../../shared/basics.ts'
import type { Outcome, VerdictReason } from '../../shared/verification.ts'
import type { SceneName } from './draw.ts'

/** What becomes of a report until the night ends. `notes`: what the two who judged it wrote, for the desk alone. */
export type Fate =
  | { status: 'received'; seen: boolean }
  | { status: 'in_review'; first: Outcome | null; reasons: VerdictReason[]; notes: string }
  | { status: 'verified' | 'not_confirmed' | 'false'; reasons: VerdictReason[]; notes: readonly [string, string] }
  | { status: 'duplicate'; of: string; notes: readonly [string, string] }

/** `seen`: how its caption begins, where the coordinator wrote that anew. */
export type ToldRelease = { picture: number; seen?: { es: string; en: string }; alternatives: { es: string; en: string }; retracted?: string }

/** One report as an observer tells it. `key` is its own name in this list; `at` is the hour there, past midnight from 24:00 on. */
export type Told = {
  key: string
  at: string
  by: string
  /** Number of the centre, 1 to 40; none where the place is in no register. */
  centre: number | null
  /** Which of the centre's tables, from 1. */
  table: number | null
  category: string
  words: string
  pictures: SceneName[]
  /** Its first picture is this report's first, sent on. */
  sentOn?: string
  /** Filed from elsewhere: kilometres from the station. */
  kilometresAway?: number
  /** The phone gave no position. */
  placeless?: true
  /** Minutes without a network before it could be sent. */
  offline?: number
  /** How many of its pictures had arrived when the night ended, where not all. */
  arrived?: number
  /** What a coordinator set right. */
  changed?: { department?: string; severity?: Severity }
  fate: Fate
  release?: ToldRelease
}

const seen: Fate = { status: 'received', seen: true }
const unseen: Fate = { status: 'received', seen: false }
const verified = (first: string, second: string, ...reasons: VerdictReason[]): Fate => ({ status: 'verified', reasons: reasons.length > 0 ? reasons : ['original_seen', 'place_agrees', 'time_agrees'], notes: [first, second] })
const notConfirmed = (first: string, second: string, ...reasons: VerdictReason[]): Fate => ({ status: 'not_confirmed', reasons, notes: [first, second] })
const mistaken = (first: string, second: string, ...reasons: VerdictReason[]): Fate => ({ status: 'false', reasons, notes: [first, second] })
const same = (of: string, first: string, second: string): Fate => ({ status: 'duplicate', of, notes: [first, second] })
const judgedOnce = (first: Outcome, notes: string, ...reasons: VerdictReason[]): Fate => ({ status: 'in_review', first, reasons, notes })
const claimed: Fate = { status: 'in_review', first: null, reasons: [], notes: '' }
const talked: VerdictReason[] = ['observer_called', 'place_agrees', 'time_agrees']

/** Fifty reports of one election day, in the observers' own words. */
export const story: readonly Told[] = [
  // Opening
  { key: 'material', at: '05:41', by: 'Karla', centre: 22, table: 3, category: 'material.missing', pictures: ['material'], words: 'Al abrir el paquete faltaban crayones y una lámpara. El jefe de centro llamó a la JEM; dijo que llegarían antes de las siete.', fate: verified('La hoja de entrega se lee y falta lo que dice.', 'Coincide con la foto y con la hora.') },
  { key: 'quorum', at: '06:12', by: 'Olive', centre: 7, table: 1, category: 'opening.quorum', pictures: [], offline: 14, words: 'Two members were present at 06:10. The substitute arrived at 06:48 and the table opened with three.', fate: verified('Llamé a la observadora: dos miembros hasta las 6:48.', 'Su compañero dice lo mismo.', ...talked) },
  { key: 'box', at: '06:52', by: 'Carla', centre: 18, table: 2, category: 'opening.box_unseen', pictures: ['box'], words: 'La urna ya estaba cerrada y sellada cuando llegamos a las 6:50. Preguntamos si se mostró vacía; el presidente dijo que sí, a las 6:30.', fate: notConfirmed('Nobody was there at 06:30 to see it.', 'Los vigilantes dicen que sí se mostró.', 'original_seen', 'unclear') },
  { key: 'limited', at: '07:05', by: 'Rachel', centre: 12, table: 2, category: 'access.limited', pictures: [], words: 'We were asked to stand by the door, about eight metres from the table. From there the ballots cannot be read.', fate: verified('Confirmado por teléfono; siguen junto a la puerta.', 'Coincide con su compañero.', ...talked) },
  { key: 'late', at: '07:18', by: 'Ana', centre: 1, table: 2, category: 'opening.late', pictures: ['door', 'queue'], words: 'A las 7:18 la mesa no ha abierto. Falta el presidente; dicen que el suplente viene en camino. Hay unas cuarenta personas en la fila.', fate: verified('Reloj, puerta y hora del teléfono coinciden.', 'Place and time agree; the sign shows the table.') },
  {
    key: 'steps', at: '07:22', by: 'Hugo', centre: 4, table: 1, category: 'place.steps', pictures: ['steps'], words: 'La entrada tiene gradas y no hay rampa. Dos personas en silla de ruedas fueron cargadas por vecinos.',
    fate: verified('Se ve la entrada completa.', 'The picture shows the only way in, says the observer.'), release: { picture: 0, alternatives: { es: 'Gradas de cemento llevan a la puerta de madera de un centro de votación. No se ve rampa.', en: 'Concrete steps lead to the wooden door of a polling place. No ramp is seen.' } },
  },
  { key: 'good-box', at: '07:40', by: 'Elena', centre: 34, table: 1, category: 'place.good', pictures: ['box'], words: 'La presidenta mostró la urna vacía a todos, la cerró y leyó en voz alta los números de los sellos. Había vigilantes de las tres listas.', fate: verified('Se lee la etiqueta de la mesa.', 'Seals whole, label readable.') },
  // Voting
  {
    key: 'booth', at: '07:55', by: 'Irene', centre: 36, table: 4, category: 'secrecy.booth', pictures: ['booth', 'booth'], words: 'El anaquel está de espaldas a una ventana que da al corredor. Preguntamos por la ubicación; la mesa respondió que no hay otro espacio.',
    fate: verified('Se ve la ventana y el anaquel vacío.', 'Empty booth, window behind it: as told.'), release: { picture: 0, alternatives: { es: 'Un anaquel de cartón vacío está sobre una mesa, delante de una ventana con barrotes.', en: 'An empty cardboard voting booth stands on a table in front of a barred window.' } },
  },
  { key: 'posters', at: '08:10', by: 'Simon', centre: 17, table: null, category: 'campaign.material', pictures: ['posters', 'posters'], words: 'Posters and pennants of one list on the wall next to the gate, about six metres from the entrance. They were still there at 09:00.', fate: verified('La distancia se estima en la foto.', 'Se llamó: seguían ahí a las nueve.') },
  { key: 'turned-away', at: '08:30', by: 'Jorge', centre: 39, table: 2, category: 'list.turned_away', pictures: [], words: 'Tres personas dijeron que no aparecen en el padrón de esta mesa. La mesa les indicó consultar el padrón de búsqueda en la entrada.', fate: judgedOnce('verified', 'Su compañera lo vio también.', 'observer_called', 'two_sources') },
  { key: 'denied', at: '09:05', by: 'Nathan', centre: 2, table: null, category: 'access.denied', pictures: ['door'], words: 'A person at the gate, without a badge, told us to wait outside. We waited 25 minutes and were let in at 09:31 by the head of the centre.', fate: verified('Llamé: entraron a las 9:31.', 'El jefe de centro lo anotó también.', ...talked) },
  {
    key: 'queue', at: '09:20', by: 'Bruno', centre: 3, table: 5, category: 'voting.queue', pictures: ['queue', 'queue'], words: 'Fila de unas setenta personas para la mesa. Quienes entraban dijeron haber esperado una hora y diez minutos.',
    fate: verified('La fila se ve desde el portón hasta la esquina.', 'People from behind; place and time agree.'), release: { picture: 0, alternatives: { es: 'Personas de espaldas esperan en fila en la acera, frente al portón de un centro de votación.', en: 'People seen from behind wait in line on the pavement before the gate of a polling place.' } },
  },
  { key: 'queue-again', at: '09:34', by: 'Gabriela', centre: 3, table: 5, category: 'voting.queue', pictures: ['queue'], words: 'La fila de la mesa llega hasta la calle. Según la gente, más de una hora de espera.', fate: same('queue', 'Misma fila, quince minutos después.', 'Same queue as the report before.') },
  { key: 'agents', at: '10:02', by: 'Carla', centre: 18, table: 3, category: 'voting.agents', pictures: [], words: 'Un vigilante con chaleco llamaba a los votantes y entregaba las papeletas. El presidente estaba sentado al fondo.', fate: claimed },
  { key: 'identity', at: '10:40', by: 'Félix', centre: 30, table: 2, category: 'list.identity', pictures: [], offline: 46, words: 'De doce votantes que vimos, a cuatro no se les pidió el DUI. La secretaria dijo que los conoce.', fate: notConfirmed('Otra pareja estuvo ahí y no lo vio.', 'One pair only, and the table says otherwise.', 'observer_called', 'unclear') },
  { key: 'police', at: '11:15', by: 'Peter', centre: 8, table: null, category: 'safety.forces', pictures: ['police'], words: 'Five officers stood inside the gate from 10:50 to 11:20. The head of the centre said he had called them because of a dispute in the queue.', changed: { severity: 'low' }, fate: verified('La explicación del jefe de centro consta.', 'Se retiraron a las 11:20 según el observador.', 'original_seen', 'observer_called', 'explained_by_rule') },
  { key: 'pressure', at: '11:30', by: 'Luis', centre: 15, table: 1, category: 'campaign.pressure', pictures: [], words: 'Dos personas junto a la puerta les decían a quienes llegaban por qué lista marcar. Se retiraron cuando llegó la policía.', fate: judgedOnce('verified', 'El observador lo oyó él mismo, dos veces.', 'observer_called', 'time_agrees') },
  { key: 'impersonation', at: '12:20', by: 'Jorge', centre: 40, table: 1, category: 'list.impersonation', pictures: [], words: 'Una votante dijo que junto a su nombre ya había una firma. La mesa lo anotó y le permitió votar al final.', fate: claimed },
  { key: 'phone-in-booth', at: '12:48', by: 'Hugo', centre: 9, table: 4, category: 'secrecy.photo', pictures: ['booth'], placeless: true, words: 'Dos personas fotografiaron su papeleta dentro del anaquel. La mesa no dijo nada.', fate: notConfirmed('La foto muestra el anaquel vacío, como debe ser; no el hecho.', 'Nobody else saw it.', 'original_seen', 'unclear') },
  { key: 'food', at: '13:35', by: 'Olive', centre: 10, table: null, category: 'campaign.buying', pictures: [], words: 'A neighbour told us that bags of food were handed out two streets away in exchange for votes. We did not see it ourselves.', fate: mistaken('Es un reparto municipal anunciado hace una semana, en otra colonia.', 'La alcaldía lo confirma; solo se oyó de otra persona.', 'hearsay', 'document') },
  { key: 'no-seal', at: '13:50', by: 'Martha', centre: 1, table: 1, category: 'material.box', pictures: ['box_seal'], kilometresAway: 9, words: 'The box of the table has one seal torn off. The picture was passed on to me.', fate: mistaken('La pareja en el lugar fotografió los dos sellos enteros a las 13:58.', 'La foto es de antes y no se tomó ahí.', 'place_differs', 'old_picture') },
  { key: 'group', at: '14:15', by: 'Irene', centre: 37, table: 6, category: 'secrecy.group', pictures: ['booth'], words: 'Tres personas de una misma familia entraron juntas al anaquel. La mesa no intervino; al preguntar, dijo que una de ellas no ve bien.', fate: judgedOnce('not_confirmed', 'Puede ser asistencia permitida; preguntar más.', 'unclear') },
  { key: 'followed', at: '14:40', by: 'Elena', centre: 33, table: 1, category: 'safety.intimidation', pictures: [], words: 'Dos votantes dijeron que un hombre los siguió hasta la mesa y les preguntó por quién votarían. Ya no estaba cuando llegamos.', fate: judgedOnce('not_confirmed', 'Solo de oídas hasta ahora.', 'hearsay') },
  { key: 'technicians', at: '15:05', by: 'Ana', centre: 2, table: 3, category: 'opening.persons', pictures: ['kit'], words: 'Tres personas sin credencial visible junto a la mesa, revisando el equipo.', fate: mistaken('Eran técnicos acreditados; llevaban la credencial en la bolsa.', 'Called the observer: they showed it when asked.', 'observer_called', 'explained_by_rule') },
  { key: 'three-ballots', at: '15:30', by: 'Simon', centre: 13, table: 2, category: 'voting.multiple', pictures: [], words: 'A voter came out of the booth with three ballots in the hand.', fate: mistaken('Son tres elecciones ese día: una papeleta de cada una.', 'Así lo dice el instructivo; el observador está de acuerdo.', 'observer_called', 'explained_by_rule') },
  {
    key: 'ramp', at: '16:45', by: 'Félix', centre: 28, table: 4, category: 'place.good', pictures: ['ramp'], words: 'Hicieron una rampa de madera sobre las gradas. Vimos entrar a una persona en silla de ruedas sin ayuda.',
    fate: verified('Se ve la rampa completa.', 'Clear picture, good example for others.'), release: { picture: 0, seen: { es: 'Una rampa de tablas cubre las gradas de un centro de votación', en: 'A ramp of planks covers the steps of a polling place' }, alternatives: { es: 'Una rampa de tablas cubre las gradas de la entrada de un centro de votación.', en: 'A ramp of planks covers the steps at the entrance of a polling place.' } },
  },
  // Closing
  { key: 'gate', at: '17:03', by: 'Gabriela', centre: 5, table: 2, category: 'closing.refused', pictures: ['door', 'queue'], words: 'A las 17:00 cerraron el portón. Quedaron afuera unas veinte personas que estaban en la fila.', fate: verified('Otra organización lo reporta a la misma hora.', 'Same count from two organisations.', 'original_seen', 'time_agrees', 'two_sources') },
  { key: 'gate-too', at: '17:06', by: 'Nathan', centre: 5, table: 2, category: 'closing.refused', pictures: ['queue'], words: 'The gate was closed at 17:00 sharp. I counted 22 people still in line outside.', fate: verified('Coincide con el informe de la Red B.', 'Dos fuentes, misma hora.', 'original_seen', 'place_agrees', 'two_sources') },
  { key: 'early', at: '17:20', by: 'Peter', centre: 6, table: 7, category: 'closing.hours', pictures: ['door'], words: 'The table stopped taking voters at 16:40, twenty minutes before the legal hour. The president said nobody was waiting.', fate: seen },
  { key: 'gate-again', at: '17:31', by: 'Gabriela', centre: 5, table: 2, category: 'closing.refused', pictures: ['queue'], words: 'Otra foto del mismo portón, de las 17:04.', fate: same('gate', 'Es el mismo hecho, con otra foto.', 'Same gate, same minute.') },
  { key: 'loose', at: '17:50', by: 'Carla', centre: 19, table: 5, category: 'closing.loose', pictures: ['stack_unused', 'box_open', 'counting'], words: 'Las papeletas sobrantes estaban sobre la mesa sin inutilizar cuando abrieron la urna. Al preguntar, dijeron que lo harían al final.', fate: verified('El montón y la mesa se ven en la misma foto.', 'Stack unmarked, box open behind it.') },
  // Counting
  { key: 'shut', at: '18:35', by: 'Luis', centre: 23, table: 2, category: 'counting.hidden', pictures: ['door'], words: 'Cerraron la puerta del aula a las 18:20 y nos pidieron esperar afuera. Adentro había dos vigilantes de una misma lista.', fate: judgedOnce('verified', 'Puerta, rótulo y hora coinciden.', 'original_seen', 'place_agrees', 'time_agrees') },
  { key: 'no-light', at: '18:50', by: 'Jorge', centre: 36, table: 2, category: 'counting.disorder', pictures: ['counting'], words: 'El conteo se detuvo cuarenta minutos por falta de luz. Siguieron con lámparas y teléfonos.', fate: verified('Se ve la luz de los teléfonos.', 'The power company posted the cut.', 'original_seen', 'time_agrees', 'document') },
  { key: 'criteria', at: '19:10', by: 'Rachel', centre: 12, table: 4, category: 'counting.criteria', pictures: ['chalkboard', 'ballots_folded'], words: 'Ballots with a mark outside the box were valid for one list and null for another. I saw it five times.', fate: claimed },
  { key: 'marker', at: '19:25', by: 'Bruno', centre: 1, table: 5, category: 'counting.marker', pictures: ['ballots_pen', 'counting'], words: 'Doce de las primeras cien papeletas están marcadas con plumón. La mesa dijo que el crayón se gastó.', fate: verified('El trazo es fino y negro, distinto del crayón.', 'Thin black marks, as told; the table explained.', 'original_seen', 'place_agrees', 'observer_called') },
  {
    key: 'flat', at: '20:04', by: 'Ana', centre: 3, table: 4, category: 'counting.unfolded_ballots', pictures: ['ballots_flat', 'stack_flat', 'counting'], words: 'De un grupo de cien papeletas, unas sesenta no tienen ningún doblez. La presidenta dijo que salieron de esta urna. Los vigilantes no objetaron.',
    fate: verified('Se abrió el original: no se ve doblez en ninguna.', 'Flat at full size; another organisation reports the same table.', 'original_seen', 'place_agrees', 'time_agrees', 'two_sources'), release: { picture: 2, alternatives: { es: 'Personas con credencial cuentan papeletas sobre una mesa. Un rostro y una lista están cubiertos.', en: 'People with badges count ballots on a table. A face and a list are covered.' } },
  },
  {
    key: 'flat-too', at: '20:09', by: 'Gabriela', centre: 3, table: 4, category: 'counting.unfolded_ballots', pictures: ['ballots_flat', 'stack_flat'], words: 'Un montón completo está liso, sin marca de doblez. Conté 58 papeletas.',
    fate: verified('Coincide con el informe de la Delegación A.', 'Two organisations, same table, five minutes apart.', 'original_seen', 'time_agrees', 'two_sources'), release: { picture: 0, alternatives: { es: 'Papeletas extendidas sobre una mesa de madera; no se ven dobleces. Una mano sostiene una.', en: 'Ballots spread on a wooden table; no folds are seen. A hand holds one.' } },
  },
  {
    key: 'flat-stack', at: '20:16', by: 'Martha', centre: 4, table: 2, category: 'counting.unfolded_ballots', pictures: ['stack_flat', 'ballots_flat'], words: 'The second stack is flat, no crease on any paper. Two observers of another group are here and saw the same.',
    fate: verified('El montón está recto de lado.', 'Se llamó a la otra organización: lo vieron también.', 'original_seen', 'two_sources'),
    release: { picture: 0, alternatives: { es: 'Un montón de papeletas lisas, visto de lado, sobre una mesa de madera.', en: 'A stack of flat ballots seen from the side on a wooden table.' }, retracted: 'La foto es de otra mesa del mismo centro que la verificada. / The picture is of another table of the same centre than the one verified.' },
  },
  { key: 'alike', at: '20:22', by: 'Hugo', centre: 5, table: 3, category: 'counting.same_hand', pictures: ['ballots_alike', 'ballots_alike'], words: 'Varias papeletas seguidas tienen la misma marca, del mismo tamaño y trazo. La mesa las contó como válidas.', fate: judgedOnce('verified', 'Nueve papeletas seguidas en la misma lista, se ve en la foto.', 'original_seen', 'place_agrees') },
  { key: 'more', at: '20:31', by: 'Nathan', centre: 2, table: 6, category: 'counting.more_than_signatures', pictures: ['counting', 'ballots_folded'], words: 'Ballots in the box: 412. Signatures read out by the secretary: 397. The table counted again and got 412.', fate: claimed },
  { key: 'flat-sent-on', at: '20:40', by: 'Bruno', centre: 3, table: 4, category: 'counting.unfolded_ballots', pictures: ['ballots_flat'], sentOn: 'flat', words: 'Misma mesa: papeletas lisas entre las contadas. La foto me la pasó mi compañera.', fate: same('flat', 'Es la misma foto, byte por byte.', 'Same file as the first report.') },
  { key: 'sums', at: '21:05', by: 'Irene', centre: 37, table: 1, category: 'sheet.sums', pictures: ['sheet_sums', 'chalkboard'], words: 'Lo que suman las listas no es el total escrito en el acta. Preguntamos; la secretaria dijo que lo corregirían.', fate: seen },
  { key: 'copy', at: '21:20', by: 'Simon', centre: 14, table: 3, category: 'sheet.copy', pictures: ['sheet'], words: 'Agents of two lists asked for a copy and were told that there was no more paper.', fate: seen },
  { key: 'unsigned', at: '21:45', by: 'Diego', centre: 21, table: 2, category: 'sheet.unsigned', pictures: ['sheet_unsigned'], words: 'El acta pegada en la pared tiene tres firmas de seis.', fate: seen },
  { key: 'offline', at: '22:10', by: 'Olive', centre: 7, table: 5, category: 'transmission.system', pictures: ['kit_offline'], words: 'No connection since 21:30. The table is waiting with the sheet in hand.', fate: seen },
  {
    key: 'gym', at: '22:30', by: 'Bruno', centre: null, table: null, category: 'place.good', pictures: ['gym_empty', 'gym'], words: 'En el gimnasio, las mesas del escrutinio final ya están numeradas y separadas, con un lugar marcado para la observación.', changed: { department: 'San Salvador' },
    fate: verified('El gimnasio se reconoce; la hora coincide.', 'Empty hall, tables numbered: as told.', 'original_seen', 'time_agrees', 'observer_called'), release: { picture: 0, seen: { es: 'Mesas de trabajo están listas para el escrutinio final en un gimnasio', en: 'Work tables stand ready for the final count in a gymnasium' }, alternatives: { es: 'Filas de mesas numeradas y vacías en un gimnasio techado, con luces encendidas.', en: 'Rows of numbered, empty tables in a roofed gymnasium with its lights on.' } },
  },
  { key: 'changed', at: '23:10', by: 'Karla', centre: 22, table: 6, category: 'sheet.altered', pictures: ['sheet_changed'], words: 'Dos cifras del acta están tachadas y escritas otra vez en rojo. Ninguna firma junto a la corrección.', fate: unseen },
  { key: 'store', at: '23:40', by: 'Félix', centre: 30, table: 5, category: 'transmission.custody', pictures: ['packages', 'packages'], arrived: 1, words: 'Los paquetes quedaron en una bodega sin vigilancia desde las 23:15. Algunos sellos están despegados.', fate: unseen },
  { key: 'handled', at: '24:20', by: 'Jorge', centre: 36, table: 7, category: 'counting.handled', pictures: ['counting'], words: 'Una persona que no es de la mesa separaba papeletas por lista.', fate: unseen },
  { key: 'unstamped', at: '24:50', by: 'Peter', centre: 6, table: 2, category: 'counting.unauthentic', pictures: ['ballots_unstamped', 'stack_folded'], offline: 20, words: 'Nine ballots among those of the second stack carry no stamp. The table counted them apart and wrote it down.', fate: unseen },
]
