import '../kit/look/desk.css'
import { meCall } from '../../shared/mission.ts'
import { desk } from '../../shared/roles.ts'
import { call } from '../kit/call.ts'
import { start } from '../kit/start.tsx'
import { App } from './app.tsx'
import { atOnce } from './at-once.ts'
import { early } from './early.ts'

await start(App, desk, () => atOnce(meCall, early.me, () => call(meCall, {})))
