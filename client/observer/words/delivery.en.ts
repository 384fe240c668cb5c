import { counting } from '../../kit/words/counting.ts'

const { count } = counting('en')

const pictures = (how: number) => count(how, 'picture', 'pictures')
const reports = (how: number) => count(how, 'report', 'reports')
const left = (reportsLeft: number, picturesLeft: number) => [reportsLeft > 0 ? reports(reportsLeft) : null, picturesLeft > 0 ? pictures(picturesLeft) : null].filter(Boolean).join(' and ')

export const words = {
  /** `about`: how long, in words; null while it is not known. */
  keepOpen: (reportsLeft: number, picturesLeft: number, about: string | null) => `Keep Veedor open: ${left(reportsLeft, picturesLeft)} to go${about ? `, about ${about}` : ''}.`,
  goesOn: (reportsLeft: number, picturesLeft: number, about: string | null) => `${left(reportsLeft, picturesLeft)} to go${about ? `, about ${about}` : ''}. If you close Veedor, this phone goes on when it can; open, it is quicker.`,
  held: (how: number, knowsWifi: boolean) => `${count(how, 'original waits', 'originals wait')} ${knowsWifi ? 'for Wi-Fi' : 'until you say so'}. Text and small copies are sent.`,
  sendNow: 'Send now',
  little: (how: number) => (how > 0 ? `This phone has room for about ${pictures(how)} more. Free some space before it runs out.` : 'This phone has no room for another picture. Free some space; what is saved here is kept.'),
  mayBeCleared: 'The phone may clear what waits here if it runs out of room. Send soon, or put Veedor on the home screen.',
  sevenDays: 'Safari clears what is saved here after seven days without opening it. Send soon, or put Veedor on the home screen and join there.',
  update: { ready: 'A newer version of Veedor is here.', later: 'It starts when no report is open and nothing is being sent.' },
  install: { title: 'Put Veedor on your home screen', why: 'It then opens with no network, and the phone is less likely to clear what is saved.', do: 'Install', later: 'Not now' },
  file: {
    seal: 'Seal into a file',
    what: 'Everything unsent in one file, for a coordinator, by any messenger or USB stick. It is encrypted: only your mission’s server opens it. It stays here as well, and counts once.',
    saved: 'Saved among this phone’s downloads: send it from there',
    noKey: 'This phone has to reach headquarters once before it can seal a file. Everything is kept here.',
    failed: 'The file could not be made. Everything is kept here as it was.',
  },
  originals: {
    title: 'Originals of pictures',
    always: 'At once',
    wifi: 'On Wi-Fi only',
    whenToldTo: 'When I say so',
    why: 'An original has several megabytes. Text and small copies are always sent at once.',
    cannotTell: 'This browser does not say whether it is on Wi-Fi, so it asks you.',
  },
}

export type DeliveryWords = typeof words
