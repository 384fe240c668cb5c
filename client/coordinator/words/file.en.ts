import type { AmendmentType } from '../../../shared/amendments.ts'
import { counting } from '../../kit/words/counting.ts'

const { count } = counting('en')
const withPictures = (pictures: number) => (pictures > 0 ? `, with ${count(pictures, 'picture', 'pictures')}` : '')

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
  sealedIsElsewhere: 'A phone sealed this file. Choose it at the top of “File for someone”, under “A sealed file from a phone”.',
  addPictures: 'Add pictures',
  removePicture: (name: string) => `Remove ${name}`,
  unsigned: 'No phone signs it: it is shown as unsigned, with how it was told.',
  file: 'File the report',
  filed: (number: string, name: string) => `${number} was filed for ${name}.`,
  open: 'Open the report',
  fromPhone: {
    title: 'A sealed file from a phone',
    what: 'Drop the file here into which an observer sealed what the phone could not send, or several, whatever they are called. Each report, and what was said of one later, arrives as if the phone had sent it: signed, and once.',
    choose: 'Choose files',
    opening: 'Opening the file',
    waits: 'Waits until those before it are taken',
    notOpened: {
      not_one: 'This is not a sealed file from a phone. Ask for the file that the phone sealed: its name ends in .veedor, unless a messenger changed it.',
      another: 'This file cannot be opened here: it was sealed for another mission, or changed or cut on its way. Ask for it once more.',
      damaged: 'This file is of this mission, and was changed or cut on its way: nothing of it was taken. Ask for it once more.',
      unreadable: 'This file cannot be read: it is a folder, or what it lies on is gone. Drop it once more.',
    },
    empty: 'Nothing was unsent in this file.',
    taken: (number: string, pictures: number) => `${number} is here${withPictures(pictures)}.`,
    takenLater: {
      correction: (number: string) => `The correction to ${number} is here.`,
      addition: (number: string, pictures: number) => `The addition to ${number} is here${withPictures(pictures)}.`,
      withdrawal: (number: string) => `${number} was withdrawn: the file says why.`,
      restoration: (number: string) => `The withdrawal of ${number} was taken back: the file says why.`,
    } satisfies Record<AmendmentType, (number: string, pictures: number) => string>,
    already: (number: string) => `${number} was here already, whole.`,
    alreadyLater: {
      correction: (number: string) => `The correction to ${number} was here already.`,
      addition: (number: string) => `The addition to ${number} was here already, whole.`,
      withdrawal: (number: string) => `That ${number} was withdrawn was here already.`,
      restoration: (number: string) => `That the withdrawal of ${number} was taken back was here already.`,
    } satisfies Record<AmendmentType, (number: string) => string>,
    without: (pictures: number) => `${count(pictures, 'picture was', 'pictures were')} not taken.`,
    notTaken: 'One report was not taken. It is still on the phone.',
    notTakenLater: {
      correction: 'A correction was not taken. It is still on the phone.',
      addition: 'An addition was not taken. It is still on the phone.',
      withdrawal: 'A withdrawal was not taken. It is still on the phone.',
      restoration: 'That a withdrawal was taken back was not taken. It is still on the phone.',
    } satisfies Record<AmendmentType, string>,
    open: 'Open the report',
  },
  later: {
    title: (name: string) => `What ${name} told you of this report`,
    what: 'It is written down in the observer’s name and by your hand. You judge this report no more; another coordinator does.',
    kind: 'What was told',
    kinds: { correction: 'Correct', addition: 'Add', withdrawal: 'Withdraw' },
    means: {
      correction: 'Change what is wrong. Every version stays, and what was judged is judged anew.',
      addition: 'It comes below what was said. What was judged is judged anew.',
      withdrawal: 'The report is no work any more. It stays to be seen, with the reason; who judged it or released from it is told.',
      restoration: 'The report is work again and reads as before. If it was judged, it is judged anew. That it was withdrawn stays to be seen.',
    } satisfies Record<AmendmentType, string>,
    words: { correction: 'All that it should say, in the observer’s words', addition: 'What comes to it, in the observer’s words', withdrawal: 'Why it was wrong', restoration: 'Why it was right' } satisfies Record<AmendmentType, string>,
    unsigned: 'No phone signs it: it is shown as unsigned, with how it was told and who wrote it down.',
    placeStays: 'Where the phone was stays as it was measured, held against the new place.',
    save: { correction: 'Save the correction', addition: 'Save the addition', withdrawal: 'Withdraw the report', restoration: 'Take the withdrawal back' } satisfies Record<AmendmentType, string>,
    done: { correction: 'Corrected.', addition: 'Added.', withdrawal: 'Withdrawn.', restoration: 'The report is work again.' } satisfies Record<AmendmentType, string>,
  },
  nobody: 'There is no observer in the mission yet.',
}

export type FileWords = typeof words
