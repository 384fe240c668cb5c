import type { DelegationColumn, PersonFault } from '../../../../shared/delegation.ts'
import { personNumber } from '../../../../shared/people.ts'
import { counting } from '../../words/counting.ts'

const { count, choose } = counting('en')
const columns: Record<DelegationColumn, string> = { name: 'Name', organisation: 'Organisation', telephone: 'Telephone', language: 'Language' }

function fault({ column, reason, found, hint, otherLine }: PersonFault): string {
  const name = column ? columns[column] : ''
  const it = found ?? ''
  switch (reason) {
    case 'required': return `${name}: empty.`
    case 'too_long': return `${name}: longer than ${hint ?? ''} characters.`
    case 'bad_telephone': return `${name}: “${it}” is no telephone number. Figures, spaces and a plus in front.`
    case 'unknown_language': return `${name}: “${it}” is none of the mission’s languages (${hint ?? ''}).`
    case 'twice': return `${name}: the same person stands on line ${otherLine ?? ''} already.`
    case 'here_already': return hint === null ? `${name}: “${it}” of this organisation is in the mission already.` : `${name}: “${it}” of this organisation is in the mission already, as observer ${personNumber(Number(hint))}.`
    case 'too_few_columns': return `This line has ${it} columns, the heading has ${hint ?? ''}.`
    case 'too_many_columns': return `This line has ${it} columns, the heading has ${hint ?? ''}.`
    case 'quotes': return 'A quotation mark is not closed on this line.'
  }
}

export const words = {
  importList: 'Import a list',
  title: 'Import a delegation',
  what: 'One line for each observer. Headquarters reads the list and shows what it holds; nobody is invited until you say so.',
  file: 'List of people',
  drop: 'Drop a CSV file here, or choose it',
  dropWhat: 'UTF-8, UTF-16 or Windows, separated by commas, semicolons or tabs, at most 5 MB and 5,000 lines.',
  dropMended: 'Drop a mended file here to read it again.',
  chooseFile: 'Choose a file',
  chooseOther: 'Choose another file',
  headingIs: 'Its first line names these columns, in any order. Telephone and language may be missing.',
  heading: ['name', 'organisation', 'telephone', 'language'] as readonly string[],
  downloadHeading: 'An empty file with this heading',
  exampleName: 'observers.csv',
  sending: (name: string) => `Reading ${name}`,
  linesRight: (lines: number) => choose(lines, 'line right', 'lines right'),
  linesWrong: (lines: number) => choose(lines, 'line wrong', 'lines wrong'),
  organisations: (how: number) => choose(how, 'organisation', 'organisations'),
  fresh: (names: string, how: number) => `${choose(how, 'New organisation', 'New organisations')}: ${names}.`,
  order: 'Order',
  wrongFirst: 'Wrong first',
  fileOrder: 'Order of the file',
  wrongAsCsv: 'Wrong lines as CSV',
  line: 'Line',
  columns,
  fault,
  moreWrong: 'There are more wrong lines than are shown; the CSV has them all.',
  moreRight: (lines: number) => `${count(lines, 'more line follows, right', 'more lines follow, all right')}.`,
  invite: (people: number) => `Invite ${count(people, 'observer', 'observers')}`,
  leftOut: (lines: number) => `${count(lines, 'wrong line is left out.', 'wrong lines are left out.')}`,
  leftOutThen: 'A mended file can be imported later: whoever is here already is not invited twice.',
  allRight: 'Every line is right.',
  noneRight: 'No line is right: there is nobody to invite.',
  changed: 'People or languages changed since this file was read. Read it again.',
  headingLacks: (names: string) => `The first line does not name: ${names}.`,
  headingTwice: (names: string) => `The first line names twice: ${names}.`,
  notCsv: 'This file is not a CSV with a heading. In the spreadsheet, save it as CSV.',
  noLines: 'This file names nobody: only a heading, or nothing.',
  tooManyLines: (lines: number) => `The file has more than ${count(lines, 'line', 'lines')}.`,

  cardsTitle: (how: number) => count(how, 'card', 'cards'),
  cardsOnce: 'The codes are shown only now: we keep no copy of them. Print them or save them before you go on. A card that is lost is replaced by a new one, which ends it.',
  cardUsed: 'Used',
  print: 'Print',
  savePdf: 'Save as PDF',
  paper: 'Paper',
  papers: { a4: 'A4', letter: 'Letter' },
  pdfName: (mission: string) => `cards ${mission}.pdf`,
  pdfFailed: 'The PDF could not be made here. Print the cards instead.',
  making: 'Making the PDF',
  done: 'Done with these cards',
  leaveTitle: 'Leave without the cards?',
  leaveWhat: 'Nothing was printed or saved. The codes cannot be shown again: you would have to make new cards.',
  leave: 'Leave without them',
  stay: 'Stay',
  someShown: (shown: number, all: number) => `The first ${shown} of ${all} are shown; all of them are printed and saved.`,

  newCards: 'New cards',
  newCardsTitle: (how: number) => `New cards for ${count(how, 'observer', 'observers')}?`,
  newCardsWhat: 'For everyone in the list below who has not joined yet. The cards that they hold end now.',
  newCardsDo: (how: number) => `Make ${count(how, 'card', 'cards')}`,
  newCardsNobody: 'Nobody in this list waits for a card: all have joined.',
}

export type DelegationWords = typeof words
