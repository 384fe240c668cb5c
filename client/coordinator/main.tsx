import '../kit/look/desk.css'
import { desk } from '../../shared/roles.ts'
import { start } from '../kit/start.tsx'
import { App } from './app.tsx'

await start(App, desk)
