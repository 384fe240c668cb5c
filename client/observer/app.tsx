import { Button } from '../kit/look/Button.tsx'
import { Toasts } from '../kit/look/Toasts.tsx'
import { me } from '../kit/me.ts'
import { draftShown, reportShown, router, screenShown } from './nav.ts'
import { Cameras } from './parts/Cameras.tsx'
import { later } from './parts/later.tsx'
import { Capture } from './screens/Capture.tsx'
import { Home } from './screens/Home.tsx'
import { myDrafts, takenOver } from './state.ts'
import { phone } from './words/index.ts'
import styles from './app.module.css'

const Join = later(async () => (await import('./screens/Join.tsx')).default)
const PlaceScreen = later(async () => (await import('./screens/PlaceScreen.tsx')).default)
const Categories = later(async () => (await import('./screens/Categories.tsx')).default)
const Amend = later(async () => (await import('./screens/Amend.tsx')).default)
const Picture = later(async () => (await import('./screens/Picture.tsx')).default)
const ReportScreen = later(async () => (await import('./screens/ReportScreen.tsx')).default)
const Sends = later(async () => (await import('./screens/Sends.tsx')).default)
const Transfer = later(async () => (await import('./screens/Transfer.tsx')).default)
const SignIns = later(async () => (await import('./screens/SignIns.tsx')).default)
const Menu = later(async () => (await import('./screens/Menu.tsx')).default)

/** Fetches the screens that are opened next, once the first has been painted. */
export const loadRest = (): Promise<unknown> => Promise.allSettled([Join, Amend, PlaceScreen, Categories, Picture, Sends, ReportScreen, Menu, Transfer].map((screen) => screen.load()))

export function App() {
  return (
    <>
      <Shown />
      <Cameras />
      <Toasts />
      {takenOver.value && <TakenOver />}
    </>
  )
}

function Shown() {
  const at = screenShown.value
  if (!me.value || at === 'join') return <Join />
  const draft = myDrafts.value.find((one) => one.id === draftShown.value)
  if (draft) {
    const picture = router.query.value.get('picture')
    if (at === 'place') return <PlaceScreen key="place" draft={draft} />
    if (at === 'sends') return <Sends draft={draft} />
    if (at === 'categories') return <Categories draft={draft} />
    if (at === 'picture' && picture) return <Picture draft={draft} sha256={picture} />
    return draft.amends ? <Amend key={draft.id} draft={draft} /> : <Capture key={draft.id} draft={draft} />
  }
  if (reportShown.value) return <ReportScreen id={reportShown.value} />
  if (at === 'place') return <PlaceScreen key="place" draft={null} />
  if (at === 'menu') return <Menu />
  if (at === 'transfer') return <Transfer />
  if (at === 'sign-ins') return <SignIns />
  return <Home />
}

/** Another tab runs a newer version and has the database: nothing can be kept from here any more. */
function TakenOver() {
  const words = phone().update
  return (
    <div class={styles['over']} role="alert">
      <p>{words.takenOver}</p>
      <Button kind="filled" onClick={() => location.reload()}>{words.openHere}</Button>
    </div>
  )
}
