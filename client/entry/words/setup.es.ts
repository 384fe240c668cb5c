import type { LineFault, RegisterColumn } from '../../../shared/stations.ts'
import { counting } from '../../kit/words/counting.ts'
import type { SetUpWords } from './setup.en.ts'

const { count, choose } = counting('es')

const columns: Record<RegisterColumn, string> = {
  station_code: 'Código', station_name: 'Centro', department: 'Departamento', municipality: 'Municipio', district: 'Distrito', latitude: 'Latitud', longitude: 'Longitud', table: 'Mesa',
}
const named: Record<RegisterColumn, string> = {
  station_code: 'el código', station_name: 'el nombre del centro', department: 'el departamento', municipality: 'el municipio', district: 'el distrito', latitude: 'la latitud', longitude: 'la longitud', table: 'la mesa',
}
const columnOf = (column: string | null): string => Object.entries(named).find(([name]) => name === column)?.[1] ?? 'la línea'
const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const meant = (hint: string | null): string => (hint === null ? '' : ` ¿Quiso decir ${hint}?`)

function fault({ reason, column, found, hint, otherLine }: LineFault, line: (number: number) => string): string {
  const name = columnOf(column)
  switch (reason) {
    case 'required': return `Falta ${name}.`
    case 'too_long': return `${begun(name)} tiene demasiados caracteres.`
    case 'not_a_number': return `En ${name}, «${found ?? ''}» no es un número.`
    case 'out_of_range': return `${begun(name)} queda fuera del globo: ${found ?? ''}.`
    case 'outside_country': return `Este punto queda lejos de todos los demás centros: ${found ?? ''}.`
    case 'sign_missing': return `Este punto queda al otro lado del mundo. Parece que falta un signo menos${hint === null ? '' : `: ${hint}`}.`
    case 'swapped': return `Latitud y longitud parecen estar una en lugar de la otra.${meant(hint)}`
    case 'table_twice': return `La mesa ${found ?? ''} está dos veces: también en ${otherLine === null ? 'otra línea' : `la línea ${line(otherLine)}`}. Una mesa es de un solo centro.`
    case 'station_differs': return `En este centro, ${name} es otra cosa${otherLine === null ? '' : ` en la línea ${line(otherLine)}`}${hint === null ? '' : `: «${hint}»`}.`
    case 'unknown_department': return `No hay un departamento «${found ?? ''}».${meant(hint)}`
    case 'unknown_municipality': return `El departamento no tiene un municipio «${found ?? ''}».${meant(hint)}`
    case 'unknown_district': return `El municipio no tiene un distrito «${found ?? ''}».${meant(hint)}`
    case 'too_few_columns': return `Esta línea tiene ${found ?? 'menos'} celdas; el encabezado tiene ${hint ?? 'más'}.`
    case 'too_many_columns': return `Esta línea tiene ${found ?? 'más'} celdas; el encabezado tiene ${hint ?? 'menos'}. Un separador dentro de un texto necesita comillas alrededor del texto.`
    case 'bad_code': return `En ${name}, «${found ?? ''}» tiene un espacio, una coma o una comilla.${meant(hint)}`
    case 'quotes': return 'Se abre una comilla y no se cierra.'
  }
}

export const words: SetUpWords = {
  newMission: 'Misión nueva',
  kept: 'Cada paso queda guardado. Puede cerrar esta página y seguir después.',
  stepOf: (at, all) => `Paso ${at} de ${all}`,
  steps: { mission: 'Misión', checking: 'Crédito y verificación', register: 'Registro de centros', people: 'Personas', open: 'Revisar y abrir' },
  stepsLabel: 'Pasos para preparar la misión',
  stepDone: 'hecho',
  later: { mission: 'Nombre, país, días', checking: 'Quién verifica', register: 'Una línea por mesa', people: 'Invitar por enlace o tarjeta', open: 'Mirar todo una vez más' },
  noStations: 'Queda para después',
  people: (people) => count(people, 'persona', 'personas'),
  next: 'Guardar y seguir',
  goOn: 'Seguir',
  cannotGoOn: 'Todavía no se guardó',

  linkEndedTitle: 'Este enlace ya no sirve',
  linkEndedWhat: 'Ya se usó, u otro más nuevo ocupó su lugar.',
  linkEndedDo: ['Si lo usó en otro navegador, siga ahí.', 'Si no, use el último enlace que Veedor imprimió en su equipo, o imprima ahí uno nuevo: npm run lead-link'],

  doorsTitle: '¿Qué quiere abrir?',
  doorsWhat: 'Prepare la misión con la que va a observar, o conozca primero una inventada. Puede hacer una cosa después de la otra.',
  doorNew: 'Una misión nueva',
  doorNewWhat: 'Nombre, días, quién verifica, centros y personas. En menos de tres minutos, y puede parar en cualquier paso.',
  doorNewDo: 'Preparar una misión',
  doorSample: 'La misión de ejemplo',
  doorSampleWhat: 'San Lorenzo, un ejercicio: centros, personas e informes inventados, con fotos dibujadas, aparte de los suyos.',
  sampleOpen: 'Abrir',
  doorSampleDo: 'Abrir el ejemplo',
  sampleOpening: 'Se están archivando cincuenta informes con sus fotos. La primera vez toma cerca de un minuto.',
  sampleTitle: 'El ejemplo está abierto',
  sampleWhat: 'Cada enlace es una persona del ejemplo. Ábralos en pestañas distintas: cada uno tiene su propia dirección, así un solo navegador puede ser varias personas.',
  sampleNoLinks: 'Mientras Veedor tiene una dirección pública, el ejemplo no da enlaces. Para probarlo, inícielo en un equipo propio: npm start -- --sample',
  sampleOpenAs: (role) => `Abrir como ${role}`,

  missionTitle: 'Su misión',
  missionWhat: 'Lo que ven de ella su gente y el público.',
  name: 'Nombre de la misión',
  nameHint: 'Como está en sus credenciales: «Misión de observación San Lorenzo 2027».',
  country: 'País',
  noMap: 'Aún no hay mapa base de este país: los informes se verán sobre un fondo liso hasta que quien opera la máquina lo haga.',
  choose: 'Elija',
  zone: 'Zona horaria',
  zoneHint: (clock) => `Hora actual ahí: ${clock}. Todas las pantallas muestran la hora de esta zona.`,
  zonesOf: (country) => `En ${country}`,
  otherZones: 'Todas las demás',
  languages: 'Idiomas',
  languagesHint: 'Categorías, pies de foto y tarjetas están en todos. Un pie de foto no sale hasta que está en cada uno.',
  days: 'Días de elección',
  dayNumber: (at) => `Día ${at}`,
  addDay: 'Otro día',
  dayPassed: 'Este día ya pasó.',
  removeDay: (day) => `Quitar ${day}`,
  leadName: 'Su nombre',
  leadHint: 'Usted dirige esta misión: puede invitar personas y cambiar sus reglas.',
  organisation: 'Su organización',

  lastingLabel: 'Lo que se puede cambiar con la misión abierta',
  saved: 'Guardado. Vale desde ahora.',
  checkingTitle: 'Crédito y verificación',
  checkingWhat: 'Qué va bajo cada foto, y quién tiene que verla antes de que salga.',
  checkingLater: 'Qué va bajo cada foto, y quién tiene que verla antes de que salga. Un cambio vale para los veredictos y las publicaciones desde ahora; lo publicado queda como está.',
  credit: 'Crédito',
  creditHint: 'Va con cada foto publicada. Nunca se nombra a quien observa.',
  eyes: 'Antes de que un informe cuente como verificado',
  eyesOptions: {
    1: { title: 'Un par de ojos', what: 'Verifica una persona de coordinación. Es rápido, y basta para un equipo pequeño. La publicación dice «verificado por una persona».' },
    2: { title: 'Dos pares de ojos', what: 'Verifican dos personas, la segunda sin ver el primer veredicto. Si no coinciden, decide una tercera. La publicación dice «verificado por dos».' },
  },
  otherOrganisation: 'Verifica alguien de otra organización que la de quien informó',
  otherOrganisationHint: 'Así nadie revisa a sus propios colegas.',
  releaserNotVerifier: 'Quien publica una foto no dio veredicto sobre su informe',
  releaserNotVerifierHint: 'Una persona más la ve antes de que salga.',
  notYours: 'Nadie verifica jamás su propio informe, sea cual sea la elección aquí.',

  registerTitle: 'Registro de centros',
  registerWhat: 'Una línea por mesa. La sede lee el archivo y muestra lo que contiene; nada se importa hasta que usted lo diga.',
  file: 'Archivo de centros',
  drop: 'Suelte aquí un archivo CSV, o elíjalo',
  dropWhat: 'UTF-8, UTF-16 o Windows, separado por comas, punto y coma o tabulaciones, a lo sumo 5 MB y 50,000 líneas.',
  chooseFile: 'Elegir un archivo',
  chooseOther: 'Elegir otro archivo',
  dropMended: 'Suelte aquí el archivo corregido para leerlo de nuevo.',
  headingIs: 'Su primera línea nombra estas columnas, en cualquier orden:',
  downloadHeading: 'Un archivo vacío con este encabezado',
  exampleName: 'centros.csv',
  sending: (name) => `Leyendo ${name}`,
  separators: { ',': 'separado por comas', ';': 'separado por punto y coma', '\t': 'separado por tabulaciones' },
  encodings: { 'utf-8': 'UTF-8', 'utf-16': 'UTF-16', 'windows-1252': 'Windows-1252' },
  linesRight: (lines) => choose(lines, 'línea correcta', 'líneas correctas'),
  linesWrong: (lines) => choose(lines, 'línea incorrecta', 'líneas incorrectas'),
  stationsWord: (stations) => choose(stations, 'centro', 'centros'),
  municipalities: (municipalities) => choose(municipalities, 'municipio', 'municipios'),
  departments: (departments) => choose(departments, 'departamento', 'departamentos'),
  order: 'Orden',
  wrongFirst: 'Errores primero',
  fileOrder: 'Como en el archivo',
  wrongAsCsv: 'Líneas incorrectas en CSV',
  line: 'Línea',
  columns,
  fault,
  moreWrong: 'Hay más líneas incorrectas que las que se muestran; el CSV las tiene todas.',
  moreRight: (lines) => `${count(lines, 'línea más, correcta', 'líneas más, todas correctas')}.`,
  import: (lines) => `Importar ${count(lines, 'línea', 'líneas')}`,
  leftOut: (lines) => count(lines, 'línea incorrecta queda fuera.', 'líneas incorrectas quedan fuera.'),
  leftOutThen: 'Importar después un archivo corregido las agrega y no borra nada.',
  allRight: 'Todas las líneas son correctas.',
  noneRight: 'Ninguna línea es correcta: no hay nada que importar.',
  skip: 'Dejar para después',
  skipWhat: 'Sin registro, el informe lleva la posición del teléfono cuando se conoce, y el lugar se dice en sus palabras. Puede importarlo más adelante.',
  imported: (stations, tables) => `Se importó lo del archivo: ${count(stations, 'centro', 'centros')} con ${count(tables, 'mesa', 'mesas')}.`,
  importedThen: 'Importar otro archivo después cambia y agrega, y no borra nada.',
  importMore: 'Importar otro archivo',
  headingWrong: 'La primera línea del archivo no nombra todas las columnas.',
  headingLacks: (names) => `Faltan: ${names}.`,
  headingTwice: (names) => `Dos veces: ${names}.`,
  notCsv: 'Este archivo no es un CSV con encabezado. En la hoja de cálculo, guárdelo como CSV.',
  noLines: 'Este archivo no tiene ninguna línea de un centro: solo un encabezado, o nada.',
  headingUnknown: 'La primera línea de este archivo no nombra ninguna de las columnas. Nómbrelas en la hoja de cálculo como se ven abajo, y guárdelo como CSV.',
  tooManyLines: (lines) => `El archivo tiene más de ${count(lines, 'línea', 'líneas')}.`,
  changedMeanwhile: 'El registro o la misión cambió desde que se leyó este archivo. Léalo de nuevo.',

  peopleTitle: 'Personas',
  peopleWhat: 'Cada una recibe un enlace propio que sirve una sola vez. Invite a quienes abren con usted; las demás pueden entrar en cualquier momento.',
  peopleNote: (coordinators) => (coordinators > 1 ? `${coordinators} personas pueden verificar.` : 'Por ahora solo usted puede verificar. Nadie verifica su propio informe.'),

  closeTitle: 'El fin de la misión',
  closeWhat: 'Quienes observan quedan sin sesión y sus tarjetas dejan de servir. Lo no enviado queda en sus teléfonos y no se puede enviar mientras la misión esté cerrada. Coordinación, dirección y prensa siguen.',
  closeDo: 'Cerrar la misión',
  closeAsk: '¿Cerrar la misión para quienes observan?',
  closeName: (name) => `Escriba su nombre: ${name}`,
  closeDiffers: 'Este no es el nombre de la misión.',
  closedNow: 'La misión está cerrada',
  reopen: 'Abrirla de nuevo',
  reopenWhat: 'Quienes observan necesitarán tarjetas nuevas.',

  openTitle: 'Revisar y abrir',
  openWhat: 'Desde que se abre, se puede informar. Puede invitar personas e importar centros en cualquier momento.',
  rules: 'Quién verifica',
  proposedFor: (coordinators, organisations) => `Son las reglas más estrictas que su gente puede cumplir: ${count(coordinators, 'persona', 'personas')} en coordinación, de ${count(organisations, 'organización', 'organizaciones')}.`,
  youChose: 'Usted había elegido unas más estrictas. Con más personas en coordinación se pueden volver a poner.',
  stricterThanPeople: 'Su gente todavía no puede cumplirlo: los informes esperarán hasta que entren más personas en coordinación.',
  looserThanPeople: 'Su gente podría cumplir reglas más estrictas.',
  useProposed: 'Usar las reglas propuestas',
  edit: 'Cambiar',
  facts: { name: 'Misión', country: 'País', days: 'Días de elección', languages: 'Idiomas', zone: 'Zona horaria', credit: 'Crédito', register: 'Registro', people: 'Personas' },
  stationsAndTables: (stations, tables) => `${count(stations, 'centro', 'centros')}, ${count(tables, 'mesa', 'mesas')}`,
  noRegister: 'Sin importar todavía. El informe lleva la posición del teléfono cuando se conoce, y el lugar se dice en sus palabras.',
  open: 'Abrir la misión',
  opens: 'Su gente la ve enseguida.',
}
