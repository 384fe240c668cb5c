import { openChallenges } from './challenges.ts'
import type { Challenges } from './challenges.ts'
import { openGuesses } from './guesses.ts'
import type { Guesses } from './guesses.ts'
import { openPassphrases } from './passphrases.ts'
import type { Passphrases } from './passphrases.ts'

/** What signing in needs of the house: all of it in memory, gone with a restart. */
export type Secrets = { passphrases: Passphrases; challenges: Challenges; guesses: Guesses }

export const openSecrets = (now: () => string): Secrets => ({ passphrases: openPassphrases(), challenges: openChallenges(now), guesses: openGuesses(now) })
