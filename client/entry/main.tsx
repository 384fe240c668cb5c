import '../kit/look/desk.css'
import '../kit/look/theme.ts'
import { phoneWhenNarrow } from '../kit/look/narrow.ts'
import './token.ts'
import { mount, wordsOr } from '../kit/start.tsx'

/** The pages before any app: `/join#token`, `/setup#token`, `/signin`, `/signin/mine`, `/check#receipt`, `/api`, `/`, which sends everyone where they belong, and what is said at any address that is none. */
async function page() {
  if (location.pathname.startsWith('/setup')) return (await import('./setup/SetUp.tsx')).SetUp
  if (location.pathname.startsWith('/join')) return (await import('./join/Join.tsx')).Join
  if (location.pathname === '/check') return (await import('./check/Check.tsx')).Check
  if (location.pathname === '/api') return (await import('./api/Api.tsx')).Api
  if (location.pathname === '/signin') return (await import('./signin/SignIn.tsx')).SignIn
  if (location.pathname === '/signin/mine') return (await import('./signin/Mine.tsx')).Mine
  if (location.pathname === '/') return (await import('./Door.tsx')).Door
  return (await import('./Door.tsx')).Nowhere
}

async function begin(): Promise<void> {
  // Set-up is a desk's work; a join sizes itself.
  if (!/^\/(setup|join)/.test(location.pathname)) phoneWhenNarrow()
  const Page = await page()
  await wordsOr(() => mount(<Page />))
}

void begin()
