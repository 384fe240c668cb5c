import { counting } from './counting.ts'
import { size } from '../numbers.ts'
import type { FieldReason, ProblemCode } from '../../../shared/problem.ts'
import type { ReportStatus } from '../../../shared/verification.ts'
import type { Severity } from '../../../shared/basics.ts'
import type { Role } from '../../../shared/roles.ts'

const { count } = counting('en')

export const words = {
  exercise: 'Exercise',
  skipToContent: 'Skip to content',
  loading: 'Loading',

  problems: {
    invalid_input: 'Something here is not right yet.',
    not_signed_in: 'You are not signed in.',
    not_allowed: 'You may not do this.',
    not_found: 'This does not exist, or is not for you to see.',
    conflict: 'Something changed in the meantime. Look again before you go on.',
    too_large: 'This is too large.',
    wrong_type: 'This kind of file cannot be taken.',
    update_needed: 'This page is out of date. Load it again.',
    slow_down: 'Too much at once. Wait a moment.',
    broken: 'Something broke at headquarters.',
    full: 'The disk at headquarters is full.',
  } satisfies Record<ProblemCode, string>,
  noAnswer: 'Headquarters did not answer. Try again: nothing you wrote here is lost.',
  tooLarge: (limit: number) => `This is too large: at most ${size(limit)}.`,
  waitSeconds: (seconds: number) => `Too much at once. Try again in ${count(seconds, 'second', 'seconds')}.`,
  waitMinutes: (minutes: number) => `Too much at once. Try again in ${count(minutes, 'minute', 'minutes')}.`,
  reference: (reference: string) => `Tell the operator this reference: ${reference}.`,

  full: (most: number) => `No more fits: at most ${count(most, 'character', 'characters')}.`,
  fields: {
    required: 'This is needed.',
    format: 'This is not written as it should be.',
    too_long: 'This is too long.',
    too_short: 'This is too short.',
    too_small: 'This is too little.',
    too_large: 'This is too much.',
    too_few: 'Too few.',
    too_many: 'Too many.',
    not_in_list: 'This is not one of the choices.',
    unknown_field: 'This field is not known here.',
    repeated: 'This stands twice.',
    wrong_kind: 'This is not the kind of value that is expected.',
    in_the_future: 'This lies in the future.',
    does_not_agree: 'This does not agree with the rest.',
    not_this_code: 'The app shows another code now. Take the newest, and see that the clock of its phone is right.',
    ended: 'This has ended.',
    not_the_author: 'Only its author may do this.',
    not_yet: 'It is too early for this.',
    needs_claim: 'Claim the report first.',
    quarantined: 'Its author is in quarantine: nothing of theirs is judged or released until that is lifted.',
    own_report: 'Nobody verifies their own report.',
    gave_already: 'You gave your verdict already.',
    same_organisation: 'Someone of another organisation than the author’s has to do this.',
    was_verifier: 'Someone who gave no verdict on it has to release it.',
    blocks_release: 'With this answer the picture cannot be released.',
    missing_part: 'A part of the file is missing. It is sent again.',
    hash_differs: 'The file changed on its way. It is sent again.',
    needs_proof: 'Show who you are.',
    no_match: 'This is not right.',
    too_common: 'This is easily guessed.',
    taken: 'This is taken.',
  } satisfies Record<FieldReason, string>,

  severities: { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' } satisfies Record<Severity, string>,
  statuses: {
    received: 'Not looked at',
    in_review: 'In review',
    verified: 'Verified',
    not_confirmed: 'Not confirmed',
    false: 'False or mistaken',
    duplicate: 'Duplicate',
    withdrawn: 'Withdrawn',
    set_aside: 'Set aside',
  } satisfies Record<ReportStatus, string>,
  roles: { observer: 'Observer', coordinator: 'Coordinator', press: 'Press', lead: 'Lead' } satisfies Record<Role, string>,

  buttons: {
    save: 'Save',
    cancel: 'Cancel',
    close: 'Close',
    back: 'Back',
    next: 'Next',
    again: 'Try again',
    undo: 'Undo',
    remove: 'Remove',
    add: 'Add',
    copy: 'Copy',
    copied: 'Copied',
    print: 'Print',
    leave: 'Sign out',
    more: 'More',
    search: 'Search',
    clear: 'Clear',
  },
  language: 'Language',

  times: {
    now: 'now',
    today: 'today',
    yesterday: 'yesterday',
    ago: (duration: string) => `${duration} ago`,
    days: (days: number) => count(days, 'day', 'days'),
  },
}

export type Common = typeof words
