import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Cable, CircleAlert, CircleCheck, Database, Hourglass, LoaderCircle, LogIn, Map as MapIcon, RotateCw, Smartphone, Unplug } from 'lucide-preact'
import { Network, restartServerCall, setNetworkCall } from '../../../shared/plug.ts'
import { call } from '../../kit/call.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { type Icon, stroke } from '../../kit/look/icon.ts'
import { Segmented } from '../../kit/look/Segmented.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { number } from '../../kit/numbers.ts'
import { tell } from '../../kit/problems.ts'
import { live } from '../live.ts'
import { MapView } from '../room/map/MapView.tsx'
import { allPoints, lineOf, pointsVersion } from '../store.ts'
import { plugWords } from '../words/plug.ts'
import { type Asked, type Counts, type Sum, countsOf } from './counts.ts'
import { type Heard, useAttempt, usePhone, usePlug } from './follow.ts'
import styles from './plug.module.css'

const cables = { open: Cable, slow: Hourglass, cut: Unplug } as const

/** Of the sample: a phone beside the room, whose network can be cut and slowed, and a server that can be restarted, with what phone, database and map have of it. */
export function Plug() {
  const words = plugWords()
  const heard: Heard = useRef(null)
  const { plug, answers, look } = usePlug(heard)
  if (plug === null) return <div class={styles['plug']}><Skeleton lines={5} tall /></div>
  if (plug === 'none') return <EmptyState icon={Unplug} title={words.noneTitle}>{words.none}</EmptyState>
  return <Panel plug={plug} heard={heard} answers={answers} onChange={look} />
}

/** The phone stands below this page's own name: a browser keeps what it knows there, also in a frame. */
const originOf = (port: number): string | null => (location.hostname.endsWith('.localhost') ? `http://phone.${location.hostname}:${port}` : null)

function Panel({ plug, heard, answers, onChange }: { plug: Asked; heard: Heard; answers: boolean; onChange: () => void }) {
  const words = plugWords()
  const origin = originOf(plug.port)
  const said = usePhone(origin, heard)
  const { attempt, again } = useAttempt((said === null || (said.opened && said.author === null && plug.network !== 'cut')) && answers)
  const isOpened = said?.opened === true
  const isOut = isOpened && (said.signedOut || said.author !== plug.author)
  // A phone that has not opened yet says of nothing that it holds it, and another's says nothing of this one's.
  const phone = isOpened && said.author === plug.author ? said.reports : null
  const [isRestarting, setRestarting] = useState(false)
  useEffect(() => {
    if (!answers || !isRestarting) return undefined
    // It answers again, or has not stopped yet.
    const timer = setTimeout(() => setRestarting(false), 1500)
    return () => clearTimeout(timer)
  }, [answers, isRestarting])
  void pointsVersion.value
  const counts = phone && countsOf(phone, plug, (id) => (allPoints().has(id) ? (lineOf(id)?.value.photosReceived ?? plug.reports.find((one) => one.id === id)?.photos ?? 0) : undefined))
  const network = (next: Network) => void call(setNetworkCall, { network: next }).then(onChange, (thrown: unknown) => toast(tell(thrown)))
  const restart = () => {
    setRestarting(true)
    call(restartServerCall, {}).catch((thrown: unknown) => {
      setRestarting(false)
      toast(tell(thrown))
    })
  }
  const isTold = live.value?.state.value === 'live'
  return (
    <div class={styles['plug']}>
      <header class={styles['head']}><h2>{words.title}</h2><p>{words.what(plug.name)}</p></header>
      <div class={styles['phone']}>
        {origin ? <iframe key={attempt} title={words.phoneTitle(plug.name)} src={`${origin}${plug.path}`} allow={`geolocation ${origin}; camera ${origin}`} /> : <Banner tone="medium">{words.ownAddress}</Banner>}
        {origin && !isOpened && <div class={styles['unopened']} data-unopened={plug.network}><EmptyState icon={plug.network === 'cut' ? Unplug : LoaderCircle} title={plug.network === 'cut' ? words.cutTitle : words.opening}>{plug.network === 'cut' ? words.cutWhy : undefined}</EmptyState></div>}
      </div>
      <section class={styles['counts']} aria-label={words.title}>
        <Count icon={Smartphone} name="phone" label={words.phone} sum={counts?.phone ?? null} pictures={words.picturesHere} />
        <Wire state={plug.network} icon={cables[plug.network]}>{words.networks[plug.network]}</Wire>
        <Count icon={Database} name="database" label={words.database} sum={answers ? { reports: plug.reports.length, photos: plug.reports.reduce((sum, { photos }) => sum + photos, 0) } : null} pictures={words.pictures} />
        <Wire state={isTold ? 'open' : 'slow'} icon={isTold ? Cable : LoaderCircle}>{words.server[isTold ? 'up' : 'down']}</Wire>
        <Count icon={MapIcon} name="map" label={words.map} sum={counts?.map ?? null} pictures={words.pictures} />
      </section>
      <Said counts={counts} restarting={isRestarting} answers={answers} out={isOut ? plug.name : null} />
      <div class={styles['do']}>
        <Segmented label={words.network} segments={Network.options.map((value) => ({ value, label: words.networks[value], icon: cables[value] }))} value={plug.network} onValue={network} />
        <Button icon={RotateCw} busy={isRestarting} onClick={restart}>{words.restart}</Button>
        {isOut && <Button icon={LogIn} onClick={again}>{words.signIn}</Button>}
      </div>
      <div class={styles['map']}><MapView /></div>
    </div>
  )
}

function Count({ icon: Drawn, name, label, sum, pictures }: { icon: Icon; name: string; label: string; sum: Sum | null; pictures: (how: number) => string }) {
  return (
    <div class={styles['count']} data-count-of={name} data-reports={sum?.reports} data-photos={sum?.photos}>
      <p class={styles['where']}><Drawn {...stroke} size={18} />{label}</p>
      <p class={styles['figure']}><b>{sum ? number(sum.reports) : '–'}</b> <span>{plugWords().reports(sum?.reports ?? 0)}</span></p>
      <p class={styles['more']}>{sum ? pictures(sum.photos) : ' '}</p>
    </div>
  )
}

/** The line between two places: whole, slow or cut, by its drawing and in words. */
function Wire({ state, icon: Drawn, children }: { state: Network; icon: Icon; children: ComponentChildren }) {
  return <div class={styles['wire']} data-wire={state}><span class={styles['cable']}><Drawn {...stroke} size={18} /></span><span class={styles['said']}>{children}</span></div>
}

type Told = { counts: Counts | null; restarting: boolean; answers: boolean; /** Who is not signed in on the phone that stands there for them. */ out: string | null }

/** The one sentence: whether all agree, or what is on its way; and that nothing is lost or doubled. */
function Said({ counts, restarting, answers, out }: Told) {
  const words = plugWords()
  const isOut = out !== null && answers && !restarting
  const isBad = counts !== null && counts.lost + counts.doubled > 0
  const isGood = counts !== null && counts.agree && answers && !restarting && out === null
  const Sign = isBad || isOut ? CircleAlert : isGood ? CircleCheck : LoaderCircle
  return (
    <p class={styles['sentence']} role="status" data-plug={isBad ? 'bad' : isOut ? 'out' : isGood ? 'agree' : 'on_the_way'}>
      <Sign {...stroke} size={22} />
      <span>{sentenceOf({ counts, restarting, answers, out })}</span>
      {counts && <b>{words.kept(counts.lost, counts.doubled)}</b>}
    </p>
  )
}

function sentenceOf({ counts, restarting, answers, out }: Told): string {
  const words = plugWords()
  if (restarting) return words.restarting
  if (!answers) return words.silent
  if (out !== null) return words.out(out)
  if (!counts) return words.waiting
  if (counts.agree) return words.agree(counts.map.reports, counts.map.photos)
  const { reports, photos, later } = counts.onTheWay
  return reports + photos + later > 0 ? words.onTheWay(reports, photos, later) : words.settling
}
