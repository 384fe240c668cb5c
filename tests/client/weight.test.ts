import { describe, expect, it } from 'vitest'
import { phoneFirstLoad, plainFirstLoad } from '../support/weight.ts'

describe('the phone’s first load', () => {
  it.each(['es', 'en'] as const)('in %s is at most 60 kB: page, script, style and words', async (language) => {
    const { bytes, files } = await phoneFirstLoad(language)
    expect(Object.keys(files).some((name) => name.endsWith('.css'))).toBe(true)
    expect(bytes, JSON.stringify(files, null, 2)).toBeLessThanOrEqual(plainFirstLoad)
  })
})
