import '../kit/look/desk.css'
import { Role } from '../../shared/roles.ts'
import { start } from '../kit/start.tsx'
import { App } from './app.tsx'

// Whoever comes is let in as far as the page; the app itself says to whom it is not open.
await start(App, Role.options)
