import { counting } from '../../kit/words/counting.ts'

const { count } = counting('en')

export const words = {
  title: 'File for someone',
  what: 'What an observer told you by telephone or sent by messenger, in the observer’s own name. The report says that you filed it, and neither of you may judge it.',
  who: 'Observer',
  choose: 'Choose the observer',
  chooseGroup: 'Choose',
  callBack: (telephone: string) => `Telephone ${telephone}`,
  channel: 'How it was told',
  channels: { phone: 'By telephone', messenger: 'By messenger' },
  told: 'What was told, in the observer’s words',
  toldHint: 'Paste the message as it is.',
  language: 'Language of these words',
  when: 'When it was seen',
  there: 'Was the observer at this place?',
  thereIs: { yes: 'Yes', no: 'No', unsaid: 'Not told' },
  pictures: 'Pictures',
  picturesWhat: 'Drop them here. JPEG, PNG, WebP or HEIC, at most 50 MB each.',
  noPicture: 'This is no JPEG, PNG, WebP or HEIC.',
  addPictures: 'Add pictures',
  removePicture: (name: string) => `Remove ${name}`,
  unsigned: 'No phone signs it: it is shown as unsigned, with how it was told.',
  file: 'File the report',
  filed: (number: string, name: string) => `${number} was filed for ${name}.`,
  open: 'Open the report',
  fromPhone: {
    title: 'A sealed file from a phone',
    what: 'Drop the file here into which an observer sealed what the phone could not send. Each report arrives as if the phone had sent it: signed, and once.',
    choose: 'Choose the file',
    opening: 'Opening the file',
    notOne: 'This is not a sealed file of a phone. Ask for the file whose name ends in .veedor.',
    another: 'This file cannot be opened here: it was sealed for another mission, or changed or cut on its way. Ask for it once more.',
    empty: 'Nothing was unsent in this file.',
    taken: (number: string, pictures: number) => `${number} is here${pictures > 0 ? `, with ${count(pictures, 'picture', 'pictures')}` : ''}.`,
    without: (pictures: number) => `${count(pictures, 'picture was', 'pictures were')} not taken.`,
    notTaken: 'One report was not taken. It is still on the phone.',
    open: 'Open the report',
  },
  nobody: 'There is no observer in the mission yet.',
}

export type FileWords = typeof words
