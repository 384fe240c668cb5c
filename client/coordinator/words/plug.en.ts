import { counting } from '../../kit/words/counting.ts'

const { count } = counting('en')
const reports = (how: number) => count(how, 'report', 'reports')
const pictures = (how: number) => count(how, 'picture', 'pictures')
const saidLater = (how: number) => count(how, 'correction, addition or withdrawal', 'corrections, additions or withdrawals')
const listed = (parts: (string | false)[]) => parts.filter(Boolean).join(' and ')

export const words = {
  title: 'Pull the plug',
  what: (name: string) => `The phone of ${name}, beside the room. File reports on it, cut its network in the middle, restart the server: the three counts find together again.`,
  phone: 'On the phone',
  database: 'In the database',
  map: 'On this map',
  reports: (how: number): string => (how === 1 ? 'report' : 'reports'),
  pictures: (how: number) => `${pictures(how)} whole`,
  picturesHere: (how: number) => pictures(how),
  network: 'The phone’s network',
  networks: { open: 'Open', slow: '3 seconds late', cut: 'Cut' },
  server: { up: 'The room is told at once', down: 'The room is catching up' },
  restart: 'Restart the server',
  restarting: 'The server is restarting',
  silent: 'The server does not answer',
  waiting: 'Waiting for the phone to say what it holds',
  out: (name: string) => `Nobody is signed in on this phone as ${name}. What it holds stays there, and is sent once it is signed in again.`,
  signIn: 'Sign the phone in',
  agree: (how: number, photos: number) => `All three agree: ${reports(how)}, ${pictures(photos)}.`,
  onTheWay: (how: number, photos: number, later: number) => `On the way: ${listed([how > 0 && reports(how), photos > 0 && pictures(photos), later > 0 && saidLater(later)])}.`,
  settling: 'The counts are coming together.',
  kept: (lost: number, doubled: number) => `${lost} lost, ${doubled} doubled`,
  phoneTitle: (name: string) => `The phone of ${name}`,
  cutTitle: 'The phone could not open',
  cutWhy: 'Its network is cut, and this browser holds nothing of its app yet. Open the network and it loads by itself.',
  opening: 'The phone is opening',
  ownAddress: 'Open this page by the coordinator’s link that the sample printed, whose address ends in .localhost: only there the phone can stand beside it.',
  noneTitle: 'There is no plug here',
  none: 'Only the sample mission has one: npm start -- --sample.',
}

export type PlugWords = typeof words
