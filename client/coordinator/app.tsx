import { useEffect } from 'preact/hooks'
import { PlainNote } from './shell/PlainNote.tsx'
import { Shell } from './shell/Shell.tsx'
import { Room } from './room/Room.tsx'
import { late } from './Late.tsx'
import { followAlerts } from './alerts.ts'
import { router } from './router.ts'
import { followTitle } from './title.ts'
import { peopleVersion } from './live.ts'
import { signedIn } from '../kit/me.ts'
import { Uuid, Sha256 } from '../../shared/basics.ts'
import { photoId } from '../../shared/photos.ts'
import { roomWords } from './words/room.ts'

const ReportPage = late(async () => (await import('./report/ReportPage.tsx')).ReportPage)
const ReleaseStudio = late(async () => (await import('./release/ReleaseStudio.tsx')).ReleaseStudio)
const Audit = late(async () => (await import('./audit/Audit.tsx')).Audit)
const Head = late(async () => (await import('./audit/Head.tsx')).Head)
const Embargo = late(async () => (await import('./audit/Embargo.tsx')).Embargo)
const ReleaseList = late(async () => (await import('./releases/ReleaseList.tsx')).ReleaseList)
const People = late(async () => (await import('../kit/people/People.tsx')).People)

const Tokens = late(async () => (await import('./tokens/Tokens.tsx')).Tokens)

const FileFor = late(async () => (await import('./file/FileFor.tsx')).FileFor)

const Plug = late(async () => (await import('./plug/Plug.tsx')).Plug)

/** The coordinators' app: one shell, and in it the room, a report, its release, or the people. */
export function App() {
  useEffect(followAlerts, [])
  useEffect(followTitle, [])
  return <Shell><Routed /></Shell>
}

function Routed() {
  const words = roomWords()
  const [place, id, what, sha256] = router.route.value.split('/')
  if (place === '') return <Room />
  if (place === 'file') return <FileFor />
  if (place === 'plug') return <Plug />
  if (place === 'releases') return <ReleaseList />
  if (place === 'people') return signedIn().person.role === 'lead' ? <People version={peopleVersion.value} tokens={router.address('tokens')} /> : <PlainNote title={words.notYours} />
  if (place === 'tokens') return signedIn().person.role === 'lead' ? <Tokens /> : <PlainNote title={words.notYours} />
  if (place === 'audit' || place === 'embargo') return signedIn().person.role !== 'lead' ? <PlainNote title={words.notYours} /> : place === 'embargo' ? <Embargo /> : id === 'head' ? <Head /> : <Audit />
  if (place === 'reports' && Uuid.safeParse(id).success && id) {
    if (what === undefined) return <ReportPage key={id} id={id} />
    if (what === 'release' && sha256 && Sha256.safeParse(sha256).success) return <ReleaseStudio key={sha256} photo={photoId(id, sha256)} />
  }
  return <PlainNote title={words.notThere} />
}
