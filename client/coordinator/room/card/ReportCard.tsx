import { useEffect, useState } from 'preact/hooks'
import { ArrowLeft, ArrowUpRight, Hand, Undo2, X } from 'lucide-preact'
import { titleOf } from '../../../../shared/pack.ts'
import { personNumber } from '../../../../shared/people.ts'
import { photoImageCall } from '../../../../shared/photos.ts'
import { type ReportLine, type ReportPage, reportNumber } from '../../../../shared/reports.ts'
import { claimReportCall, handBackReportCall } from '../../../../shared/verification.ts'
import { addressFor, call } from '../../../kit/call.ts'
import { usePresent } from '../../../kit/clock.ts'
import { useKey } from '../../../kit/keys.ts'
import { Button, ButtonLink } from '../../../kit/look/Button.tsx'
import { IconButton } from '../../../kit/look/IconButton.tsx'
import { Skeleton } from '../../../kit/look/Skeleton.tsx'
import { StatusMark } from '../../../kit/look/StatusMark.tsx'
import { SeverityTag, Tag } from '../../../kit/look/Tag.tsx'
import { toast } from '../../../kit/look/Toasts.tsx'
import { signedIn } from '../../../kit/me.ts'
import { number } from '../../../kit/numbers.ts'
import { tell } from '../../../kit/problems.ts'
import { ago, clock, duration, moment } from '../../../kit/times.ts'
import { common } from '../../../kit/words/common.ts'
import { language } from '../../../kit/words/language.ts'
import { PlaceAge } from '../../aged/PlaceAge.tsx'
import { askedMoment } from '../../live.ts'
import { isPast, lineOf, pointOf } from '../../store.ts'
import { roomWords } from '../../words/room.ts'
import { groupName } from '../filter/FilterBar.tsx'
import { claimOf, organisationOf, placeOf } from '../list/Row.tsx'
import { openReport, reportAddress, spot, stepBack } from '../selection.ts'
import { bringLines } from './bring.ts'
import { useWhole } from './facts.ts'
import styles from './card.module.css'

/** The selected report over the map: what it says, how far it is, and what this person may do with it. */
export function ReportCard({ id }: { id: string }) {
  const words = roomWords()
  const whole = useWhole(id, !isPast.value)
  const line = lineOf(id)?.value
  const isThen = isPast.value
  // A moment comes with the lines of its first page alone.
  useEffect(() => void (isThen && !line && bringLines([{ id }])), [id, isThen, line])
  const notThere = isThen && pointOf(id) === undefined
  const back = spot.value === null ? { icon: X, label: words.closeCard } : { icon: ArrowLeft, label: words.stepBack }
  useKey('o', words.open, () => openReport(id))
  useKey('Enter', words.open, () => openReport(id))
  return (
    <article class={styles['card']} data-card={id} aria-live="off">
      <span class={styles['close']}><IconButton framed icon={back.icon} label={back.label} keyHint="Escape" onClick={() => void stepBack()} /></span>
      {line ? <Known line={line} whole={whole === 'gone' ? null : whole} /> : <div class={styles['body']}>{whole === 'gone' ? <p>{common().problems.not_found}</p> : notThere ? <p>{words.past.notThere}</p> : <Skeleton lines={6} />}</div>}
    </article>
  )
}

function Known({ line, whole }: { line: ReportLine; whole: ReportPage | null }) {
  const words = roomWords()
  const present = usePresent(10)
  const now = askedMoment.value === null ? present : new Date(askedMoment.value)
  const { mission } = signedIn()
  const category = mission.pack.categories.find((one) => one.code === line.category)
  const title = titleOf(mission.pack, line.category, language.value)
  return (
    <div class={styles['told']}>
      <Pictures key={line.id} line={line} whole={whole} title={title} />
      <div class={styles['body']}>
        <p class={styles['tags']}>
          <SeverityTag severity={line.severity} />
          {category && <Tag>{groupName(mission.pack, category.group)}</Tag>}
          <span class={styles['number']}>{reportNumber(line.number)}</span>
        </p>
        <h2 class={styles['title']}>{title}</h2>
        <p class={styles['place']}>{placeOf(line)}{line.municipality && ` · ${line.municipality}`}</p>
        {line.words !== '' && <p class={styles['quote']}>{words.inWords(line.words)}</p>}
        <ul class={styles['facts']}>
          <li><StatusMark status={line.status} severity={line.severity} size={16} />{common().statuses[line.status]}{whole?.duplicateOf && `: ${reportNumber(whole.duplicateOf.number)}`}{line.awaitsSecond && `, ${line.awaitsThird ? words.third : words.second}`}</li>
          <li class="numbers">{words.seenAndReceived(`${moment(line.observedAt, now)} (${ago(line.observedAt, now)})`, moment(line.receivedAt, now))}</li>
          <li>{words.by(line.author.number === null ? null : personNumber(line.author.number), line.author.name, organisationOf(line))}</li>
          {line.amended && <li class="numbers" data-amended={line.amended.how}>{words.amended[line.amended.how](moment(line.amended.at, now))}</li>}
          {line.channel !== 'web' && <li data-channel={line.channel}>{cameBy(line, whole)}</li>}
          <li data-signed={line.signed}>{words.signed[line.signed]}</li>
          {whole?.distanceMetres != null && whole.position && <li class="numbers">{words.distance(number(whole.distanceMetres), number(whole.position.accuracyMetres))}</li>}
          {whole?.position && <li><PlaceAge page={whole} now={now} /></li>}
          {whole && <li class="numbers">{words.skew(skewOf(whole.skewSeconds))}</li>}
        </ul>
      </div>
      <footer class={styles['does']}>
        {!pointOf(line.id) && <p class={styles['outside']}>{words.cardGone}</p>}
        {isPast.value && <p class={styles['outside']}>{words.past.card}</p>}
        <Actions line={line} whole={whole} now={now} />
      </footer>
    </div>
  )
}

/** What somebody else filed is told with who did, once that is known. */
function cameBy({ channel }: ReportLine, whole: ReportPage | null): string | null {
  const words = roomWords()
  return whole?.filedBy && (channel === 'phone' || channel === 'messenger') ? words.filedBy[channel](whole.filedBy.name) : words.channels[channel]
}

/** Phones' clocks within a few seconds agree: the way takes as long. */
function skewOf(seconds: number): string {
  const words = roomWords()
  if (Math.abs(seconds) < 5) return words.skewNone
  const time = duration(Math.abs(seconds) * 1000)
  return seconds > 0 ? words.skewAhead(time) : words.skewBehind(time)
}

function Actions({ line, whole, now }: { line: ReportLine; whole: ReportPage | null; now: Date }) {
  const words = roomWords()
  const [busy, setBusy] = useState(false)
  const claim = claimOf(line, now)
  const isMine = claim?.by === signedIn().person.id
  const mayClaim = whole?.may.includes('claim') === true && !isMine
  const mayHandBack = whole?.may.includes('hand_back') === true
  const doing = (work: () => Promise<unknown>, done: string) => {
    if (busy) return
    setBusy(true)
    work().then(() => toast(done), (thrown: unknown) => toast(tell(thrown))).finally(() => setBusy(false))
  }
  const take = () => doing(() => call(claimReportCall, { id: line.id }), words.claimed(reportNumber(line.number)))
  const giveBack = () => doing(() => call(handBackReportCall, { id: line.id }), words.handedBack(reportNumber(line.number)))
  useKey('c', words.claim, take, { on: mayClaim })
  return (
    <>
      {claim && <p class={styles['claim']}><Hand size={16} strokeWidth={1.75} aria-hidden />{isMine ? words.heldByYou(clock(claim.until)) : words.heldBy(claim.name, clock(claim.until))}</p>}
      <div class={styles['actions']}>
        <ButtonLink kind="filled" icon={ArrowUpRight} keyHint="o" href={reportAddress(line.id)}>{words.open}</ButtonLink>
        {mayClaim && <Button icon={Hand} keyHint="c" busy={busy} onClick={take}>{words.claim}</Button>}
        {mayHandBack && <Button icon={Undo2} busy={busy} onClick={giveBack}>{words.handBack}</Button>}
      </div>
    </>
  )
}

/** The pictures that can be shown so far; a strip chooses. */
function Pictures({ line, whole, title }: { line: ReportLine; whole: ReportPage | null; title: string }) {
  const words = roomWords()
  const shown = whole?.photos.filter((photo) => photo.state === 'preview' || photo.state === 'ready').map((photo) => photo.id) ?? (line.picture ? [line.picture] : [])
  const [chosen, setChosen] = useState<string | null>(null)
  const photo = shown.find((one) => one === chosen) ?? shown[0]
  if (line.photoCount === 0) return null
  if (photo === undefined) return <p class={styles['awaited']}>{words.noPictureYet}<small>{words.picturesAwaited(line.photosReceived, line.photoCount)}</small></p>
  return (
    <div class={styles['pictures']}>
      <a href={reportAddress(line.id)} tabIndex={-1}><img key={photo} src={addressFor(photoImageCall, { id: photo, size: 'screen' })} alt={words.pictureOf(title)} decoding="async" /></a>
      {shown.length > 1 && (
        <div class={styles['strip']}>
          {shown.slice(0, 5).map((one, at) => <button key={one} type="button" aria-label={`${words.pictureOf(title)} ${at + 1}`} aria-pressed={one === photo} onClick={() => setChosen(one)}><img src={addressFor(photoImageCall, { id: one, size: 'thumb' })} alt="" /></button>)}
        </div>
      )}
    </div>
  )
}
