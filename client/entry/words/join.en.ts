import type { Role } from '../../../shared/roles.ts'
import { counting } from '../../kit/words/counting.ts'

const { count, choose } = counting('en')

export const words = {
  title: 'Join the mission',
  welcome: (name: string) => `Welcome, ${name}`,
  role: 'Role',
  number: 'Number',
  mission: 'Mission',
  organisation: 'Organisation',
  notYou: 'Not you? Stop here and tell whoever gave you the card.',
  notYouLink: 'Not you? Stop here and tell whoever sent you the link.',
  deviceTitle: { observer: 'This phone will be yours for this mission', coordinator: 'This browser will be yours for this mission', press: 'This browser will be yours for this mission', lead: 'This browser will be yours for this mission' } satisfies Record<Role, string>,
  observer: ['Pictures and reports stay here until headquarters confirms that it has them.', 'Your position leaves only with your reports.', 'Your name never reaches the press.'],
  desk: ['You stay signed in for 18 hours, and for one hour when nothing is done.', 'What you decide is recorded with your name.', 'Observers’ names never reach the press.'],
  press: ['You stay signed in for 18 hours, and for one hour when nothing is done.', 'You see what the mission released, and nothing else.', 'Each download is recorded with your name.'],
  signedIn: (name: string) => `${name} is signed in here. If you join, your session takes the place of theirs.`,
  waiting: (how: number, name: string) => `${count(how, 'report', 'reports')} of ${name} ${choose(how, 'waits', 'wait')} here to be sent. Only ${name} can send ${choose(how, 'it', 'them')}, after joining here again.`,
  join: 'Join the mission',
  once: 'It works once: afterwards the card or link is used up.',
  problem: 'It did not work yet',

  homeFirst: 'First, the home screen',
  homeWhy: 'On an iPhone, only there do your reports stay safe until they are sent.',
  stepShare: ['Tap', 'Share'],
  stepAdd: ['Choose', 'Add to Home Screen'],
  stepOpen: 'Open Veedor there and paste this link',
  stayHere: 'I cannot; stay in Safari',
  copy: 'Copy the link',
  copied: 'Copied. Open Veedor on the home screen and paste it.',
  notCopied: 'Safari did not let it be copied. Hold a finger on the link to copy it.',

  endedTitle: 'This link does not work any more',
  endedWhat: 'It was used already, a newer one took its place, or it was ended, as all of observers are when the mission closes.',
  endedDo: 'Ask whoever gave it to you for a new one: it takes them a minute.',
  signIn: 'Sign in',
  alreadyIn: (name: string) => `This browser is signed in already, as ${name}.`,
  goOn: (name: string) => `Go on as ${name}`,
  typeTitle: 'Join with the code on your card',
  typeWhat: 'Scanning the card does the same. Who was sent a link opens the whole link instead.',
  code: 'Code',
  codeHint: 'Twelve signs, as 7K3M-9PWX-0RTD. Capitals and dashes do not matter.',
  notACode: 'This is not a whole code: it has twelve figures and letters.',
  wrongCode: 'No card has this code, it was used already, or the mission is closed. Look at it once more, or ask for a new card.',
  goOnWithCode: 'Continue',
}

export type Join = typeof words
