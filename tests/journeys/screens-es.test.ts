import { describe, expect, test } from 'vitest'
import { walkIn } from '../support/screen-walk.ts'

describe('[R110] screens in Spanish, by night, from 320 to 2560 px', () => {
  const { walked, visit } = walkIn('es')
  test.each(walked)('%s', async (_, screen) => expect(await visit(screen)).toEqual([]))
})
