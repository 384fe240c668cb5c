import { number } from '../../kit/numbers.ts'
import { counting } from '../../kit/words/counting.ts'

const { count } = counting('en')
const twoDigits = (hour: number) => `${String(hour).padStart(2, '0')}:00`
const pictures = (how: number) => count(how, 'picture', 'pictures')

export const words = {
  title: 'Press desk',
  onlyReleased: 'Only released pictures',
  toRoom: 'To the room',

  pictures,
  some: (how: number, all: number) => `${number(how)} of ${pictures(all)}`,
  find: 'Find pictures',
  findHint: 'Words in captions, places',
  place: 'Place',
  anyPlace: 'Any place',
  day: 'Day',
  anyDay: 'Any day',
  captionLanguage: 'Language of the texts',
  showNew: (how: number) => `${number(how)} new`,
  new: 'New',

  between: (hour: number) => `between ${twoDigits(hour)} and ${twoDigits(hour + 1)}`,
  halves: { morning: 'before midday', afternoon: 'after midday' },
  when: (time: string, day: string) => `${time}, ${day}`,

  next: 'Next picture',
  previous: 'Previous picture',
  back: 'Back to the wall',
  open: 'Picture',
  position: (at: number, all: number) => `${number(at)} of ${number(all)}`,

  caption: 'Caption',
  characters: (how: number) => count(how, 'character', 'characters'),
  alternative: 'Alternative text',
  quote: 'How it was verified',
  credit: 'Credit',
  taken: 'Taken',
  covered: 'Covered',
  someCovered: 'Parts of it, by the mission',
  nothingCovered: 'Nothing',
  partsCovered: 'Parts covered',
  mayBeUsed: 'May be used',
  released: 'Released',

  copyCaption: 'Copy caption',
  copyWithCredit: 'Copy with credit',
  copyText: 'Copy text',
  copyQuote: 'Copy sentence',
  copyCredit: 'Copy credit',
  copied: { caption: 'Caption copied.', captionAndCredit: 'Caption and credit copied.', alternative: 'Alternative text copied.', quote: 'Sentence copied.', credit: 'Credit copied.' },
  notCopied: 'This browser did not let it be copied. Select the text and copy it by hand.',

  download: 'Download',
  downloadFull: 'Download full size',
  downloadWeb: 'Web size',
  webToo: 'this is the web size too',
  pixels: (width: number, height: number) => `${width} × ${height} px`,
  downloading: (fileName: string) => `${fileName} is coming down. Caption and credit are in the file.`,
  checkFirst: 'If this picture is withdrawn, this screen says so at once. Look here before you publish.',

  withdrawnTitle: 'This picture was withdrawn: do not use it',
  withdrawnWhat: 'If you have used it, take it down, archives too.',
  seen: 'Seen',
  notHere: 'There is no such picture',
  notHereWhat: 'It was withdrawn, or never released. If you have it, do not use it.',
  cannotShow: 'The picture did not come.',

  empty: 'No picture has been released yet',
  emptyWhat: 'Each one appears here by itself the moment the mission releases it: verified, covered where that protects somebody, with caption, credit and alternative text ready to copy.',
  nothingFound: 'No released picture matches',
  nothingThere: 'No picture that is released is of this day or place. Others may be.',
  nothingFoundWhat: 'Fewer or shorter words find more. Words are looked for in captions, alternative texts and places.',
  clearSearch: 'Show all pictures',
  cannotLoad: 'The pictures could not be loaded',
  more: 'More pictures are coming',

  lostTitle: (since: string) => `No connection with headquarters since ${since}`,
  lostWhat: 'A picture may have been withdrawn since then, and this screen would not know. Check before you publish.',
  endedTitle: 'Your session has ended',
  endedWhat: 'The pictures left this screen, because it would not hear if one were withdrawn. Sign in again with a new link from a lead of your mission.',
  signInAgain: 'Sign in again',

  notYours: 'The press desk is not yours',
  notYoursWhat: 'Released pictures are kept here for press staff. What you report is in your own app.',
  toYourApp: 'To your app',
}

export type Press = typeof words
