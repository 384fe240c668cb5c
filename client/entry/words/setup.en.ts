import type { LineFault, RegisterColumn } from '../../../shared/stations.ts'
import { counting } from '../../kit/words/counting.ts'

const { count, choose } = counting('en')

const columns: Record<RegisterColumn, string> = {
  station_code: 'Code', station_name: 'Station', department: 'Department', municipality: 'Municipality', district: 'District', latitude: 'Latitude', longitude: 'Longitude', table: 'Table',
}
const named: Record<RegisterColumn, string> = {
  station_code: 'code', station_name: 'name of the station', department: 'department', municipality: 'municipality', district: 'district', latitude: 'latitude', longitude: 'longitude', table: 'table',
}
const columnOf = (column: string | null): string => Object.entries(named).find(([name]) => name === column)?.[1] ?? 'line'
const meant = (hint: string | null, ask = 'Did you mean'): string => (hint === null ? '' : ` ${ask} ${hint}?`)

/** Why a line of the register cannot be taken, in a sentence. */
function fault({ reason, column, found, hint, otherLine }: LineFault, line: (number: number) => string): string {
  const name = columnOf(column)
  switch (reason) {
    case 'required': return `The ${name} is missing.`
    case 'too_long': return `The ${name} is too long.`
    case 'not_a_number': return `The ${name} “${found ?? ''}” is not a number.`
    case 'out_of_range': return `The ${name} lies outside the globe: ${found ?? ''}.`
    case 'outside_country': return `This point lies far from all other stations: ${found ?? ''}.`
    case 'sign_missing': return `This point lies on the other side of the world. A minus sign seems to be missing${hint === null ? '' : `: ${hint}`}.`
    case 'swapped': return `Latitude and longitude seem to stand in each other’s place.${meant(hint)}`
    case 'table_twice': return `Table ${found ?? ''} stands twice: also ${otherLine === null ? 'on another line' : `on line ${line(otherLine)}`}. A table belongs to one station.`
    case 'station_differs': return `The ${column === 'station_name' ? 'name' : name} of this station is another${otherLine === null ? '' : ` on line ${line(otherLine)}`}${hint === null ? '' : `: “${hint}”`}.`
    case 'unknown_department': return `There is no department “${found ?? ''}”.${meant(hint)}`
    case 'unknown_municipality': return `The department has no municipality “${found ?? ''}”.${meant(hint)}`
    case 'unknown_district': return `The municipality has no district “${found ?? ''}”.${meant(hint)}`
    case 'too_few_columns': return `This line has ${found ?? 'fewer'} cells, the heading has ${hint ?? 'more'}.`
    case 'too_many_columns': return `This line has ${found ?? 'more'} cells, the heading has ${hint ?? 'fewer'}. A separator inside a text needs quotes around the text.`
    case 'bad_code': return `The ${name} “${found ?? ''}” holds a space, a comma or a quote mark.${meant(hint)}`
    case 'quotes': return 'A quote mark is opened and not closed.'
  }
}

export const words = {
  newMission: 'New mission',
  kept: 'Every step is kept. You may close this page and go on later.',
  stepOf: (at: number, all: number) => `Step ${at} of ${all}`,
  steps: { mission: 'Mission', checking: 'Credit and checking', register: 'Register of stations', people: 'People', open: 'Check and open' },
  stepsLabel: 'Steps of set-up',
  stepDone: 'done',
  later: { mission: 'Name, country, days', checking: 'Who verifies', register: 'One line for each table', people: 'Invite by link or card', open: 'Look over everything' },
  noStations: 'Left for later',
  people: (people: number) => count(people, 'person', 'people'),
  next: 'Save and go on',
  goOn: 'Go on',
  cannotGoOn: 'Not kept yet',

  linkEndedTitle: 'This set-up link does not work any more',
  linkEndedWhat: 'It was used, or a newer one took its place.',
  linkEndedDo: ['If you used it in another browser, go on there.', 'Otherwise use the last link that Veedor printed on its machine, or print a new one there: npm run lead-link'],

  doorsTitle: 'What do you want to open?',
  doorsWhat: 'Set up the mission that you observe with, or look around first in one that is invented. You can do one after the other.',
  doorNew: 'A new mission',
  doorNewWhat: 'Name, days, who verifies, stations and people. Under three minutes, and you may stop at any step.',
  doorNewDo: 'Set up a mission',
  doorSample: 'The sample mission',
  doorSampleWhat: 'San Lorenzo, an exercise: invented stations, people and reports with drawn pictures, kept apart from yours.',
  sampleOpen: 'Open',
  doorSampleDo: 'Open the sample',
  sampleOpening: 'Filing fifty reports with their pictures. This takes about a minute the first time.',
  sampleTitle: 'The sample is open',
  sampleWhat: 'Each link is one person of the sample. Open them in separate tabs: each has an address of its own, so that one browser can be several people.',
  sampleNoLinks: 'While Veedor has a public address, the sample gives no links. To play it, start it on a machine of your own: npm start -- --sample',
  sampleOpenAs: (role: string) => `Open as ${role}`,

  missionTitle: 'Your mission',
  missionWhat: 'What your people and the public see of it.',
  name: 'Name of the mission',
  nameHint: 'As it stands on your credentials: “Observation mission San Lorenzo 2027”.',
  country: 'Country',
  noMap: 'There is no base map of this country yet: reports will be shown on a plain ground until whoever runs the machine makes one.',
  choose: 'Choose',
  zone: 'Time zone',
  zoneHint: (clock: string) => `It is ${clock} there now. Every screen shows the time of this zone.`,
  zonesOf: (country: string) => `In ${country}`,
  otherZones: 'All others',
  languages: 'Languages',
  languagesHint: 'Categories, captions and cards are in all of them. A caption is not released before it stands in each.',
  days: 'Election days',
  dayNumber: (at: number) => `Day ${at}`,
  addDay: 'Another day',
  dayPassed: 'This day has passed.',
  removeDay: (day: string) => `Remove ${day}`,
  leadName: 'Your name',
  leadHint: 'You lead this mission: you can invite people and change its rules.',
  organisation: 'Your organisation',

  lastingLabel: 'What may be changed while the mission is open',
  saved: 'Saved. It holds from now on.',
  checkingTitle: 'Credit and checking',
  checkingWhat: 'What stands under a picture, and who has to look at it before it leaves.',
  checkingLater: 'What stands under a picture, and who has to look at it before it leaves. A change holds for verdicts and releases from now on; what is released stays as it is.',
  credit: 'Credit line',
  creditHint: 'Stands with every released picture. Observers are never named.',
  eyes: 'Before a report counts as verified',
  eyesOptions: {
    1: { title: 'One pair of eyes', what: 'One coordinator verifies. Quick, and right for a small team. Releases say “verified by one person”.' },
    2: { title: 'Two pairs of eyes', what: 'Two coordinators verify, the second without seeing the first verdict. Where they differ, a third decides. Releases say “verified by two”.' },
  },
  otherOrganisation: 'Someone of another organisation than the observer’s verifies',
  otherOrganisationHint: 'So that nobody checks their own colleagues.',
  releaserNotVerifier: 'Whoever releases a picture gave no verdict on its report',
  releaserNotVerifierHint: 'One more person looks before it leaves.',
  notYours: 'Nobody ever verifies their own report, whatever is set here.',

  registerTitle: 'Register of stations',
  registerWhat: 'One line for each table. Headquarters reads the file and shows what it holds; nothing is imported until you say so.',
  file: 'File of stations',
  drop: 'Drop a CSV file here, or choose it',
  dropWhat: 'UTF-8, UTF-16 or Windows, separated by commas, semicolons or tabs, at most 5 MB and 50,000 lines.',
  chooseFile: 'Choose a file',
  chooseOther: 'Choose another file',
  dropMended: 'Drop a mended file here to read it again.',
  headingIs: 'Its first line names these columns, in any order:',
  downloadHeading: 'An empty file with this heading',
  exampleName: 'stations.csv',
  sending: (name: string) => `Reading ${name}`,
  separators: { ',': 'separated by commas', ';': 'separated by semicolons', '\t': 'separated by tabs' },
  encodings: { 'utf-8': 'UTF-8', 'utf-16': 'UTF-16', 'windows-1252': 'Windows-1252' },
  linesRight: (lines: number) => choose(lines, 'line right', 'lines right'),
  linesWrong: (lines: number) => choose(lines, 'line wrong', 'lines wrong'),
  stationsWord: (stations: number) => choose(stations, 'station', 'stations'),
  municipalities: (municipalities: number) => choose(municipalities, 'municipality', 'municipalities'),
  departments: (departments: number) => choose(departments, 'department', 'departments'),
  order: 'Order',
  wrongFirst: 'Wrong first',
  fileOrder: 'Order of the file',
  wrongAsCsv: 'Wrong lines as CSV',
  line: 'Line',
  columns,
  fault,
  moreWrong: 'There are more wrong lines than are shown; the CSV has them all.',
  moreRight: (lines: number) => `${count(lines, 'more line follows, right', 'more lines follow, all right')}.`,
  import: (lines: number) => `Import ${count(lines, 'line', 'lines')}`,
  leftOut: (lines: number) => `${count(lines, 'wrong line is left out.', 'wrong lines are left out.')}`,
  leftOutThen: 'Importing a mended file later adds them and deletes nothing.',
  allRight: 'Every line is right.',
  noneRight: 'No line is right: there is nothing to import.',
  skip: 'Skip for now',
  skipWhat: 'Without a register, a report carries the phone’s position where it is known, and its words say the place. You can import one later.',
  imported: (stations: number, tables: number) => `Imported: ${count(stations, 'station', 'stations')} with ${count(tables, 'table', 'tables')}.`,
  importedThen: 'Importing another file later changes and adds, and deletes nothing.',
  importMore: 'Import another file',
  headingWrong: 'The first line of the file does not name every column.',
  headingLacks: (names: string) => `Missing: ${names}.`,
  headingTwice: (names: string) => `Twice: ${names}.`,
  notCsv: 'This file is not a CSV with a heading. In the spreadsheet, save it as CSV.',
  noLines: 'This file holds no line of a station: only a heading, or nothing.',
  headingUnknown: 'The first line of this file names none of the columns. Name them in the spreadsheet as they stand below, and save it as CSV.',
  tooManyLines: (lines: number) => `The file has more than ${count(lines, 'line', 'lines')}.`,
  changedMeanwhile: 'The register or the mission changed since this file was read. Read it again.',

  peopleTitle: 'People',
  peopleWhat: 'Each gets a link of their own that works once. Invite those who open with you; the rest can come at any time.',
  peopleNote: (coordinators: number) => (coordinators > 1 ? `${coordinators} people can verify.` : 'Only you can verify so far. Nobody verifies their own report.'),

  closeTitle: 'The end of the mission',
  closeWhat: 'Observers are signed out and their cards end. What is unsent stays on their phones and cannot be sent while the mission is closed. Coordinators, leads and press go on.',
  closeDo: 'Close the mission',
  closeAsk: 'Close the mission for its observers?',
  closeName: (name: string) => `Type its name: ${name}`,
  closeDiffers: 'This is not the name of the mission.',
  closedNow: 'The mission is closed',
  reopen: 'Open it again',
  reopenWhat: 'Observers need new cards then.',

  openTitle: 'Check and open',
  openWhat: 'Once it is open, observers can report. You can invite people and import stations at any time.',
  rules: 'Who checks',
  proposedFor: (coordinators: number, organisations: number) => `These are the strictest rules that your people can keep: ${count(coordinators, 'coordinator', 'coordinators')} of ${count(organisations, 'organisation', 'organisations')}.`,
  youChose: 'You had chosen stricter ones. With more coordinators they can be set again.',
  stricterThanPeople: 'Your people cannot keep this yet: reports will wait until more coordinators join.',
  looserThanPeople: 'Your people could keep stricter rules.',
  useProposed: 'Use the proposed rules',
  edit: 'Change',
  facts: { name: 'Mission', country: 'Country', days: 'Election days', languages: 'Languages', zone: 'Time zone', credit: 'Credit line', register: 'Register', people: 'People' },
  stationsAndTables: (stations: number, tables: number) => `${count(stations, 'station', 'stations')}, ${count(tables, 'table', 'tables')}`,
  noRegister: 'Not imported yet. A report carries the phone’s position where it is known, and its words say the place.',
  open: 'Open the mission',
  opens: 'Your people see it at once.',
}

export type SetUpWords = typeof words
