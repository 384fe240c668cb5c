const at = (what: string, time: string) => (time === '' ? what : `${what}, ${time}`)

export const words = {
  /** Without a time where it is not known. */
  since: {
    correction: (time: string) => at('Corrected by its observer since you opened it', time),
    addition: (time: string) => at('Added to by its observer since you opened it', time),
    withdrawal: (time: string) => at('Withdrawn by its observer since you opened it', time),
    restoration: (time: string) => at('Its withdrawal was taken back since you opened it', time),
    round: (time: string) => at('Opened again since you opened it', time),
  },
  notGiven: (outcome: string) => `What you had chosen, “${outcome}”, was not given.`,
  chooseAnew: 'Read it again, then choose a verdict anew.',
  readFirst: 'Read it again before you judge it.',
  choseSince: 'You chose your verdict after that.',
  kept: 'The rest of what you chose and wrote is still here.',
  keptHere: 'What you wrote is still here.',
  read: 'Read it again',
  choseBefore: 'You chose before it changed. Read it again, then choose a verdict.',
  refused: 'Your verdict was not given: the report says something else by now than what you had read.',
}

export type VerdictWords = typeof words
