import { describe } from 'vitest'
import { walkScreens } from '../support/screen-walk.ts'

describe('[R110] screens in English, by day, from 320 to 2560 px', () => walkScreens('en'))
