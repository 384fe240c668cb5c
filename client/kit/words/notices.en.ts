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
