import { counting } from '../../kit/words/counting.ts'

const { count } = counting('en')

export const words = {
  title: 'Since you were away',
  since: (at: string, ago: string) => `Since ${at} (${ago}), when you last looked at this room in this browser.`,
  lastHour: 'You were not away: this is the last hour.',
  came: (how: number) => `What came: ${count(how, 'report', 'reports')}`,
  changed: (how: number) => `What changed: ${count(how, 'report', 'reports')}`,
  waits: 'What waits',
  nothingCame: 'No report came.',
  nothingChanged: 'Nothing changed among those that were here.',
  nothingWaits: 'Nothing waits for the desk.',
  more: (how: number) => `and ${count(how, 'more report', 'more reports')}, in the list`,
  received: 'not looked at',
  second: 'wait for a second pair of eyes',
  third: 'wait for a third, since two verdicts differ',
  setAside: 'set aside',
  kinds: {
    'report.changed': 'placed or named anew',
    'report.set_aside': 'set aside',
    'report.taken_up': 'taken into work',
    'report.quarantined': 'came from somebody in quarantine',
    'person.quarantined': 'its author was put in quarantine',
    'person.quarantine_lifted': 'its author’s quarantine was lifted',
    'report.reopened': 'opened again',
    'report.corrected': 'corrected by its observer',
    'report.added_to': 'its observer added to it',
    'report.amendment_set_aside': 'a correction of it was set aside',
    'report.withdrawn': 'withdrawn by its observer',
    'verdict.first_given': 'a first verdict was given',
    'verdict.second_given': 'two verdicts differ',
    'verdict.given': 'decided',
    'note.written': 'a coordinator wrote a note',
    'note.struck': 'a note was struck out',
    'photo.received': 'pictures arrived',
    'photo.unreadable': 'a picture cannot be opened',
    'photo.released': 'a picture was released',
    'release.retracted': 'a picture was retracted',
    'release.corrected': 'a release was corrected',
    'release.used': 'a newsroom used a picture',
  } as Record<string, string>,
  otherKind: 'something was recorded',
}

export type AwayWords = typeof words
