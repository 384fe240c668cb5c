import type { PersonState } from '../../../../shared/people.ts'
import type { Role } from '../../../../shared/roles.ts'
import { counting } from '../../words/counting.ts'

const { count } = counting('en')

export const words = {
  title: 'People',
  many: { observer: 'Observers', coordinator: 'Coordinators', press: 'Press', lead: 'Leads' } satisfies Record<Role, string>,
  everyone: 'Everyone',
  filter: 'Which people',
  find: 'Name, number, organisation',
  findLabel: 'Find a person',
  columns: { name: 'Name', role: 'Role', number: 'Number', organisation: 'Organisation', state: 'State', lastHeard: 'Last heard', actions: 'What can be done' },
  states: { invited: 'invited', joined: 'joined', link_ended: 'link ended', retired: 'removed' } satisfies Record<PersonState, string>,
  silent: 'silent',
  never: 'never',
  you: 'you',
  summary: (states: Record<PersonState, number>, silent: number) =>
    [
      count(states.joined, 'joined', 'joined'),
      states.invited > 0 && count(states.invited, 'invited', 'invited'),
      states.link_ended > 0 && count(states.link_ended, 'link ended', 'links ended'),
      silent > 0 && `${count(silent, 'silent', 'silent')} for over two hours`,
    ].filter(Boolean).join(', '),
  shown: (shown: number, all: number) => (shown === all ? count(all, 'person', 'people') : `${shown} of ${count(all, 'person', 'people')}`),
  silentFirst: 'silent first',
  empty: 'Nobody here yet',
  emptyWhat: 'Invite someone: each gets a link of their own that works once, as a card to scan or a text to send.',
  nobodyFound: 'Nobody fits',
  nobodyFoundWhat: 'Nobody of these has that name, number or organisation.',

  menu: (name: string) => `What to do with ${name}`,
  newLink: 'New link',
  newLinkHint: 'The link before ends. The session does not.',
  newPhone: 'New link for another phone',
  newPhoneHint: 'The phone in use is signed out when the new one joins.',
  signIns: 'Sign-ins and passkeys',
  signInsHint: 'A key that was lost is ended here.',
  noSignIn: 'no way to sign in',
  remove: 'Remove from the mission',
  removeHint: 'What is unsent stays on the phone.',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeWhat: 'Sessions and links end now. What this person did stays in the record, with the name.',
  removed: (name: string) => `${name} was removed.`,

  telephone: 'Telephone',
  telephoneHint: 'To call back. Only leads and coordinators see it.',
  cardOut: 'A new card or link is out, not used yet',
  changeRole: 'Change role',
  roleTitle: (name: string) => `Another role for ${name}`,
  roleEnds: 'Sessions, links and cards of the old role end now; give a new link. Every lead is told.',
  roleDo: 'Change the role',
  roleChanged: (name: string) => `${name} has another role. A new link is needed to come back in.`,
  endAccess: 'End sign-ins and cards',
  endAccessHint: 'The person stays; a new link lets them in again.',
  endTitle: (name: string) => `End what ${name} is signed in with?`,
  endWhat: 'Sessions end now, and links and cards that were not used.',
  accessEnded: (name: string) => `${name} is signed out everywhere.`,

  leadLinks: 'Sign-in links that the operator of the machine printed for a lead',
  leadLink: (name: string, at: string) => `For ${name}, ${at}`,

  invite: 'Invite',
  role: 'Role',
  roleWhat: {
    observer: 'Reports from a polling place, with a phone.',
    coordinator: 'Looks at reports, verifies them and releases pictures.',
    press: 'Sees and downloads what was released, nothing else.',
    lead: 'A coordinator who also invites people and sets up the mission.',
  } satisfies Record<Role, string>,
  name: 'Name',
  organisation: 'Organisation',
  organisationHint: 'Choose one, or write a new one.',
  language: 'Language of the card',
  makeLink: 'Make the card',
  card: 'Card',
  cardOf: (name: string) => `Card of ${name}`,
  onlyNow: 'The link is shown only now. We keep no copy of it.',
  onlyHere: 'It opens on this computer alone. Other phones reach Veedor once its operator gives it a secure address (TLS), or by a USB cable; see “On a real phone” in the README.',
  printCard: 'Print the card',
  copyLink: 'Copy link',
  copied: 'The link was copied.',
  notCopied: 'The browser did not let the link be copied. Select it below.',
  link: 'Link',
}

export type People = typeof words
