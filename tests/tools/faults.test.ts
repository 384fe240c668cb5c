import { expect, it } from 'vitest'
import { browserKilled, everyFault, kills } from '../support/phone-faults.ts'

it('[R258] `npm run faults -- phone` kills the browser at fifty moments, and no two are alike', () => {
  expect(new Set(Array.from({ length: kills }, (_, seed) => browserKilled(seed).name.replace(/seed \d+/, ''))).size).toBe(50)
  expect(everyFault.filter(({ name }) => name.startsWith('browser killed'))).toHaveLength(50)
})
