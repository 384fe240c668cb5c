import { describe, expect, test } from 'vitest'
import { walkIn } from '../support/screen-walk.ts'

describe('[R110] screens in English, by day, from 320 to 2560 px', () => {
  const { walked, visit } = walkIn('en')
  test.each(walked)('%s', async (_, screen) => expect(await visit(screen)).toEqual([]))
})
