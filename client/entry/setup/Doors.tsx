import { useState } from 'preact/hooks'
import { ArrowRight, Flag, Play } from 'lucide-preact'
import type { ReplyOf } from '../../../shared/contract.ts'
import { openSampleCall } from '../../../shared/mission.ts'
import { Role } from '../../../shared/roles.ts'
import { call } from '../../kit/call.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button, ButtonLink } from '../../kit/look/Button.tsx'
import { ProgressBar } from '../../kit/look/ProgressBar.tsx'
import { ExerciseTag } from '../../kit/look/Tag.tsx'
import { tell } from '../../kit/problems.ts'
import { common } from '../../kit/words/common.ts'
import { setUpWords } from '../words/setup.ts'
import { Head } from './Frame.tsx'
import { show } from './route.ts'
import styles from './doors.module.css'

type Links = ReplyOf<typeof openSampleCall>['links']

/** The first page of a new house: a mission of one's own, or the sample beside it. */
export function Doors() {
  const words = setUpWords()
  const [links, setLinks] = useState<Links | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const openSample = async () => {
    setBusy(true)
    setTrouble(null)
    try {
      setLinks((await call(openSampleCall, {}, { timeoutSeconds: 600 })).links)
    } catch (thrown) {
      setTrouble(tell(thrown))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div class={styles['page']}>
      <Head title="Veedor" />
      <main class={styles['main']}>
        <h1 class={styles['title']} tabIndex={-1}>{words.doorsTitle}</h1>
        <p class={styles['what']}>{words.doorsWhat}</p>
        <div class={styles['doors']}>
          <section class={styles['door']}>
            <Flag size={28} strokeWidth={1.75} aria-hidden />
            <h2>{words.doorNew}</h2>
            <p>{words.doorNewWhat}</p>
            <Button kind="filled" icon={ArrowRight} onClick={() => show('mission')}>{words.doorNewDo}</Button>
          </section>
          <section class={styles['door']}>
            <Play size={28} strokeWidth={1.75} aria-hidden />
            <h2>{words.doorSample} <ExerciseTag /></h2>
            <p>{words.doorSampleWhat}</p>
            {trouble && <Banner tone="high" alert>{trouble}</Banner>}
            {busy && <div class={styles['waiting']} role="status"><ProgressBar label={words.sampleOpening} value={null} /><p>{words.sampleOpening}</p></div>}
            {!links && !busy && <Button icon={ArrowRight} onClick={() => void openSample()}>{words.doorSampleDo}</Button>}
            {links && <SampleLinks links={links} />}
          </section>
        </div>
      </main>
    </div>
  )
}

function SampleLinks({ links }: { links: Links }) {
  const words = setUpWords()
  if (links.length === 0) return <Banner tone="medium">{words.sampleNoLinks}</Banner>
  const nameOf = (role: string) => {
    const known = Role.safeParse(role)
    return known.success ? common().roles[known.data] : role
  }
  return (
    <div class={styles['links']}>
      <h3>{words.sampleTitle}</h3>
      <p>{words.sampleWhat}</p>
      <ul>
        {links.map(({ role, address }) => (
          <li key={address}>
            <b>{nameOf(role)}</b>
            <code class={styles['address']}>{new URL(address, location.origin).host}</code>
            <ButtonLink small href={address} target="_blank" rel="noreferrer" aria-label={words.sampleOpenAs(nameOf(role))}>{words.sampleOpen}</ButtonLink>
          </li>
        ))}
      </ul>
    </div>
  )
}
