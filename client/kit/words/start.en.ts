export const words = {
  notSignedIn: 'You are not signed in',
  notSignedInWhat: 'Veedor is opened with a personal link. It works once, and then this browser stays signed in.',
  signIn: 'Sign in',
  byCode: 'Join with the code on a card',
  howToGetIn: 'How to get in',
  waysIn: [
    'Coordinators, press and leads sign in with a passkey, a passphrase or a recovery code.',
    'You have a card that was not used yet: scan it with the camera, or type its code. You have a link: open it here.',
    'Your link was used, or your session has ended: ask a lead of your mission for a new one.',
    'You are the lead and locked out: whoever runs the machine prints a new link with "npm run lead-link".',
  ],
  nowhere: 'There is no such page',
  nowhereWhat: 'The address may have been mistyped or cut on its way.',
  toStart: 'Go to Veedor',
  noAnswerTitle: 'Headquarters does not answer',
  noAnswerWhat: 'The machine at headquarters is off, or the network between is cut. Nothing is lost by waiting.',
  brokenTitle: 'This page stopped',
  brokenWhat: 'Something in this page went wrong. What was saved is safe at headquarters; what was being typed may be gone.',
  brokenDetail: 'What the page says of it',
  loadAgain: 'Load again',
  refusedTitle: 'This cannot be opened now',
}

export type Start = typeof words
