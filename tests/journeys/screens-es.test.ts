import { describe } from 'vitest'
import { walkScreens } from '../support/screen-walk.ts'

describe('[R110] screens in Spanish, by night, from 320 to 2560 px', () => walkScreens('es'))
