import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist as english } from '@scure/bip39/wordlists/english.js'
import { wordlist as spanish } from '@scure/bip39/wordlists/spanish.js'

/** A head of the chain that was kept outside: what the journal was up to that number. */
export type Anchor = { number: number; chain: string }
export type AnchorFault = { number: number; what: string }

const lists = { en: english, es: spanish }

/** A hash as 24 words of BIP 39, whose last also checks the others: for the ear and for paper. */
export const wordsOf = (chain: string, language: 'en' | 'es'): string[] => entropyToMnemonic(Buffer.from(chain, 'hex'), lists[language]).normalize('NFC').split(/\s+/)

/** The line that stands for the journal up to a fact, in an e-mail or on paper. */
export const anchorLine = ({ number, chain }: Anchor): string => `veedor anchor ${number} ${chain}`

/**
 * Every anchor in a text: lines as `anchorLine` makes them, also where an e-mail quoted or folded them; the lines of an export, one object each; and words after `veedor words` with their number.
 * In order of their numbers, each once.
 */
export function anchorsIn(text: string): Anchor[] {
  const found: Anchor[] = []
  // Quoted-printable ends a line with `=`; quoting begins one with `>`.
  const plain = text.replace(/=\r?\n/g, '').replace(/^[>\s|]+/gm, '')
  for (const match of plain.matchAll(/veedor\s+anchor\s+(\d+)\s+((?:[0-9a-f]\s*){64})/gi)) found.push({ number: Number(match[1]), chain: (match[2] ?? '').replace(/\s/g, '').toLowerCase() })
  for (const match of plain.matchAll(/veedor\s+words\s+(\d+)\s+((?:\p{L}+\s*){24})/giu)) {
    const chain = hashOf((match[2] ?? '').trim().split(/\s+/))
    if (chain !== null) found.push({ number: Number(match[1]), chain })
  }
  for (const line of text.split('\n')) {
    const match = /^\{"number":(\d+),.*"chain":"([0-9a-f]{64})"/.exec(line)
    if (match) found.push({ number: Number(match[1]), chain: match[2] ?? '' })
  }
  return [...new Map(found.map((one) => [`${one.number} ${one.chain}`, one])).values()].sort((one, other) => one.number - other.number)
}

/** The hash that 24 words stand for, in either language; null where they are none. */
function hashOf(words: readonly string[]): string | null {
  for (const list of Object.values(lists)) {
    try {
      return Buffer.from(mnemonicToEntropy(words.map((word) => word.toLowerCase().normalize('NFKD')).join(' '), list)).toString('hex')
    } catch {
      // Not of this language, or a word was misread: its last word checks the others.
    }
  }
  return null
}

/** What a journal says against anchors, in their order: where it ends before one, or is another than the one that was kept. `chainAt`: the chain at a number, undefined beyond its end. */
export function againstAnchors(anchors: readonly Anchor[], chainAt: (number: number) => string | undefined, last: number): AnchorFault[] {
  const faults: AnchorFault[] = []
  let agreed = 0
  for (const { number, chain } of anchors) {
    const present = chainAt(number)
    const since = agreed === 0 ? 'somewhere from the first fact on' : `after ${agreed}, which agrees`
    if (present === chain) agreed = number
    else if (present === undefined) faults.push({ number, what: `is not there any more: the journal ends at ${last}, and the anchor knows ${number} facts` })
    else faults.push({ number, what: number === agreed + 1 ? 'is another fact than the one that was anchored: from here on the journal was made anew' : `is not what was anchored: the journal was made anew ${since}, and at the latest here` })
  }
  return faults
}
