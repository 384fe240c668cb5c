const at = (what: string, time: string) => (time === '' ? what : `${what}, ${time}`)

export const words = {
  /** Without a time or a name where it is not known. */
  since: {
    correction: (time: string) => at('Corrected by its observer since you opened it', time),
    addition: (time: string) => at('Added to by its observer since you opened it', time),
    withdrawal: (time: string) => at('Withdrawn by its observer since you opened it', time),
    restoration: (time: string) => at('Its withdrawal was taken back since you opened it', time),
    round: (time: string) => at('Opened again since you opened it', time),
    change: (time: string, by: string) => at(by === '' ? 'Changed since you opened it' : `Changed by ${by} since you opened it`, time),
    decided: (time: string, by: string) => at(by === '' ? 'Decided meanwhile' : `Decided by ${by} meanwhile`, time),
    given: (time: string) => at('You gave your verdict elsewhere meanwhile', time),
    quarantine: (time: string) => at('Its observer was put in quarantine meanwhile', time),
    aside: () => 'Set aside meanwhile',
  },
  notGiven: (outcome: string) => `What you had chosen, “${outcome}”, was not given.`,
  chooseAnew: 'Read it again, then choose a verdict anew.',
  readFirst: 'Read it again before you judge it.',
  choseSince: 'You chose your verdict after that.',
  kept: 'The rest of what you chose and wrote is still here.',
  keptHere: 'What you wrote is still here.',
  notJudged: { quarantine: 'Nobody judges it until that is lifted.', aside: 'Nobody judges it until it is taken into work.' },
  keptMeanwhile: 'What you chose and wrote here is kept until then.',
  letGo: 'Let go of what you began',
  quarantined: 'Its observer is in quarantine. Nobody judges it until that is lifted.',
  read: 'Read it again',
  choseBefore: 'You chose before it changed. Read it again, then choose a verdict.',
  refused: 'Your verdict was not given: the report says something else by now than what you had read.',
}

export type VerdictWords = typeof words
