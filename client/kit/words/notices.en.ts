import type { AmendmentType } from '../../../shared/amendments.ts'
import type { NoticeKind } from '../../../shared/notices.ts'

export const words = {
  titles: {
    correction: 'CORRECTION: a picture that you took says something else now',
    withhold: 'WITHHOLD: wait with this picture',
    lifted: 'This picture may be used again',
    kill: 'KILL: this picture was withdrawn, do not use it',
    reopened: 'A report was opened again',
    decided_otherwise: 'A report was decided otherwise, and press still has a picture of it',
    exported: 'The journal was exported',
  } satisfies Record<NoticeKind, string>,
  what: {
    correction: 'Take the new file, and put right what you published.',
    withhold: 'The mission is looking at it again. Do not publish it until you are told here; if you have, hold back what you can.',
    lifted: 'The mission has looked at it again and found it verified.',
    kill: 'Take it out of what you published, and out of archives.',
    reopened: 'You judged it or released a picture of it. Its pictures wait until it is decided anew.',
    decided_otherwise: 'Press was told to wait. Retract the picture, or have the report opened again.',
    exported: 'Every export is told to all coordinators.',
  } satisfies Record<NoticeKind, string>,
  saysOtherwise: { title: 'A report was verified again and says something else than its picture with press', what: 'Press is still asked to wait. Retract the picture and release it anew: its category, place and time are fixed at release.' },
  amended: {
    correction: { title: 'A report was corrected by its observer after your verdict', what: 'It is open again, to be judged as it reads now. Its pictures wait until it is decided anew.', says: (text) => (text === '' ? 'More than its words was corrected: the report shows what.' : `It says now: ${text}`) },
    addition: { title: 'An observer added to a report after your verdict', what: 'It is open again, to be judged with what was added. Its pictures wait until it is decided anew.', says: (text) => (text === '' ? 'Pictures were added.' : `Added: ${text}`) },
    withdrawal: { title: 'A report that you relied on was withdrawn by its observer', what: 'You judged it or released a picture of it. Press was told to wait with its pictures: retract them, unless they stand without it.', says: (text) => `Reason: ${text}` },
    restoration: { title: 'The withdrawal of a report that you relied on was taken back', what: 'It is work again, to be judged as it reads now. Its pictures wait until it is decided anew.', says: (text) => `Reason: ${text}` },
  } satisfies Record<AmendmentType, { title: string; what: string; says: (text: string) => string }>,
  wrong: (text: string) => `Wrong: ${text}`,
  right: (text: string) => `Right: ${text}`,
  reason: (text: string) => `Reason: ${text}`,
  exported: (what: string) => ({ csv: 'As a spreadsheet, all of it.', csv_part: 'As a spreadsheet, a part of it.', jsonl: 'All of it, with the chain.' })[what] ?? `As ${what}`,
  byAt: (name: string, at: string) => `${name}, ${at}`,
  newFile: 'To the new file',
  toReport: (number: string) => `To ${number}`,
  confirm: 'I have read this',
}

export type NoticeWords = typeof words
