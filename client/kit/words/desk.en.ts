import type { Outcome, VerdictReason } from '../../../shared/verification.ts'

export const words = {
  outcomes: { verified: 'Verified', not_confirmed: 'Not confirmed', false: 'False or mistaken', duplicate: 'Duplicate of' } satisfies Record<Outcome, string>,
  reasons: {
    original_seen: 'Original seen',
    place_agrees: 'Place agrees',
    time_agrees: 'Time agrees',
    observer_called: 'Observer called',
    two_sources: 'Second source',
    matches_pictures: 'Matches other pictures',
    document: 'Document seen',
    place_differs: 'Place differs',
    time_differs: 'Time differs',
    old_picture: 'Old picture',
    hearsay: 'Told by others',
    unclear: 'Unclear',
    explained_by_rule: 'Explained by a rule',
    unreachable: 'Observer not reached',
    edited: 'Looks edited',
  } satisfies Record<VerdictReason, string>,
  retracted: 'Retracted',
  cannotTell: 'Cannot tell',

  complete: (at: string) => `Complete up to ${at}`,
  catchingUp: (at: string) => `Catching up, complete up to ${at}`,
  checking: (at: string) => `Checking, complete up to ${at}`,
  checkingWhy: 'This screen did not hold what headquarters does: it is loaded anew.',
  polling: (at: string) => `Complete up to ${at}, asked every 5 s`,
  pollingWhy: 'Live connections are blocked on this network: headquarters is asked every 5 seconds instead.',
  offline: (since: string, at: string) => `No connection since ${since}: what you see is from ${at}`,
  connecting: 'Connecting',

  leaveTitle: 'Sign out of this browser?',
  leaveWhat: 'The link you came by worked once and does not let you in again.',
  leaveWay: 'You come back by “Sign in”, with your passkey, or your passphrase and app.',
  leaveAsk: 'To come back you need a new link from a lead of your mission.',
  leaveLead: 'To come back you need a new link from another lead.',
  leaveOnlyLead: 'You are the only lead here: to come back, whoever operates the machine has to run “npm run lead-link” and give you the link it prints.',
  stay: 'Stay signed in',

  /** The same line as a packed map's own. */
  mapMade: (hasLakes: boolean) => `Made with Natural Earth. Place names © GeoNames (CC BY 4.0).${hasLakes ? ' Lakes: GSHHG (LGPL).' : ''}`,

  mySignIns: 'Your sign-ins',
  settings: 'Settings',
  look: 'Look',
  themes: { system: 'As this device', light: 'Light', dark: 'Dark' },
  keys: 'Keys',
  listKeys: 'List the keys',
  noKeys: 'This view has no keys.',
}

export type Desk = typeof words
