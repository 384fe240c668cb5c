import { counting } from '../../kit/words/counting.ts'

const { count } = counting('en')

export const words = {
  title: 'Check a receipt',
  what: 'An observer’s phone holds a receipt for each report and each picture that headquarters received. Here anyone can have one checked: no account is needed, and nothing is shown that the receipt does not say itself.',
  paste: 'Receipt',
  pasteHint: 'Paste its text, or the address that its code holds. Several may be pasted at once.',
  check: 'Check',
  scan: 'Scan its code',
  scanWhat: 'Hold the code in front of the camera.',
  scanRefused: 'The camera may not be used. Allow it for this page, or paste the text.',
  scanOther: 'This code is no receipt of ours. Hold the one under “Receipt to hold” in front of the camera.',
  noReceipt: 'There is no whole receipt in this text. Copy all of it and paste it again.',
  checking: 'Checking',
  checked: (how: number) => `${count(how, 'receipt', 'receipts')} checked`,
  ours: 'This mission signed it',
  moment: (day: string, clock: string, zone: string, utc: string) => `${day}, ${clock} on this device’s clock (${zone}; in UTC ${utc})`,
  oursReport: (report: string, moment: string) => `Headquarters has had report ${report} since ${moment}.`,
  oursAmendment: (report: string, moment: string) => `Headquarters has had what was said later of report ${report}, a correction, an addition or its withdrawal, as it was sent, since ${moment}.`,
  oursPhoto: (report: string, moment: string) => `Headquarters has had this picture of report ${report}, the original file, since ${moment}.`,
  notOurs: 'Not a receipt of this mission',
  notOursWhat: 'It was not signed by this mission’s key, or it says something that the mission’s journal does not. It may have been changed, or belong to another mission.',
  unanswered: 'Not checked',
  fingerprintReport: 'Fingerprint of the report’s text (SHA-256)',
  fingerprintPhoto: 'Fingerprint of the picture (SHA-256)',
  report: 'Report',
  compareReport: 'Is this the text? Choose a file that holds it',
  comparePhoto: 'Is this the picture? Choose its file',
  compareWhat: 'The file stays on this device: its fingerprint is made here.',
  same: (file: string) => `Yes: ${file} is the very file, to the byte.`,
  other: (file: string) => `No: ${file} is another file, or was changed.`,
  unreadable: 'That file could not be read.',
}

export type CheckWords = typeof words
