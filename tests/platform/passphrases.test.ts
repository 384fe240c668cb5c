import { expect, it } from 'vitest'
import { openPassphrases } from '../../server/platform/secrets/passphrases.ts'

it('[R324] a passphrase is kept as scrypt with N = 2^17 and r = 8, salted, and one that was kept weaker is still compared as it was', async () => {
  const passphrases = openPassphrases()
  const kept = await Promise.all([passphrases.hash('correct horse'), passphrases.hash('correct horse')])
  for (const one of kept) expect(one).toMatch(/^scrypt\$17\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
  expect(kept[0]).not.toBe(kept[1])
  expect([await passphrases.matches('correct horse', kept[0]), await passphrases.matches('correct house', kept[0])]).toEqual([true, false])
  // An account that is not there costs the same work.
  const before = passphrases.runs()
  expect(await passphrases.matches('correct horse', null)).toBe(false)
  expect(passphrases.runs()).toBe(before + 1)
})
