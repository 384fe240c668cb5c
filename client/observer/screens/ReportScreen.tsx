import { Check, ChevronRight, FileText, ReceiptText } from 'lucide-preact'
import { titleOf } from '../../../shared/pack.ts'
import { reportNumber } from '../../../shared/statement.ts'
import { cx } from '../../kit/look/cx.ts'
import { Button } from '../../kit/look/Button.tsx'
import type { Icon } from '../../kit/look/icon.ts'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { SeverityTag } from '../../kit/look/Tag.tsx'
import { me } from '../../kit/me.ts'
import { number, size } from '../../kit/numbers.ts'
import { duration, moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { close, open, pictureShown, replace, screenShown } from '../nav.ts'
import { asksAuthor, goingOf, isNotToSend, isWithdrawn } from '../outbox/standing.ts'
import type { Filed, FiledPhoto } from '../outbox/records.ts'
import { type LadderStep, isTroubled, ladderSteps, photosReceived, seenAfter, stepsOf } from '../outbox/steps.ts'
import { icon } from '../parts/icon.ts'
import { Screen } from '../parts/Screen.tsx'
import { Thumb } from '../parts/Thumb.tsx'
import { distance, stationName } from '../place/words.ts'
import { filed as allFiled, myDrafts, register } from '../state.ts'
import { phone } from '../words/index.ts'
import { late } from '../words/late.ts'
import { signing } from '../words/signing.ts'
import { Held, whyOf } from './Held.tsx'
import { HeldLater, LaterWays, Said, Withdrawn } from './Later.tsx'
import { Viewer } from './Picture.tsx'
import { Receipt } from './Receipt.tsx'
import { Sent } from './Sends.tsx'
import styles from './report.module.css'

/** One saved report: how far it is, what holds it, and what was in it. */
export default function ReportScreen({ id }: { id: string }) {
  const words = late().report
  const filed = allFiled.value.find((one) => one.id === id)
  if (!filed) return <Gone id={id} />
  if (screenShown.value === 'sends') return <Sent filed={filed} />
  if (screenShown.value === 'receipt') return <Receipt filed={filed} />
  const at = filed.photos.findIndex((photo) => photo.sha256 === pictureShown.value)
  if (pictureShown.value && at >= 0) return <Viewer report={id} sha256={pictureShown.value} title={phone().capture.picture(at + 1, filed.photos.length)} onLeave={() => close({ report: id })} />
  return (
    <Screen title={filed.receipt ? reportNumber(filed.receipt.number) : words.title} onLeave={() => close()}>
      <div class={styles['top']}>
        <h2 class={styles['title']}>{me.value ? titleOf(me.value.mission.pack, filed.stated.category, language.value) : filed.stated.category}</h2>
        <p><SeverityTag severity={filed.stated.severity} /></p>
        <Withdrawn filed={filed} />
        {filed.lostReceipt && <p class={styles['more']} data-lost>{words.lost(reportNumber(filed.lostReceipt.number), moment(filed.lostReceipt.receivedAt), isDone(filed))}</p>}
        {filed.elsewhere && <p class={styles['more']}>{words.elsewhere}</p>}
      </div>
      <Held filed={filed} />
      <HeldLater filed={filed} />
      <Ladder filed={filed} />
      {filed.photos.length > 0 && <Photos filed={filed} />}
      <Facts filed={filed} />
      <ul class={styles['ways']}>
        <LaterWays filed={filed} />
        <Way icon={FileText} at="sends" report={id}>{signing().sends.title}</Way>
        <Way icon={ReceiptText} at="receipt" report={id}>{signing().receipt.title}</Way>
      </ul>
    </Screen>
  )
}

/** Whether nothing of it goes by itself any more: it has arrived, but for what waits for its author. */
const isDone = (filed: Filed): boolean => filed.receipt !== null && filed.photos.every((photo) => photo.receivedAt ?? photo.hold ?? isNotToSend(filed, photo)) && goingOf(filed).every(({ receipt }) => receipt !== null)

/** No report any more: deleted, or a draft again that is being mended, here or in another window. */
function Gone({ id }: { id: string }) {
  const words = late().report
  const isMended = myDrafts.value.some((draft) => draft.id === id)
  return (
    <Screen title={words.title} onLeave={() => close()}>
      <div class={styles['gone']}>
        <p>{isMended ? words.mended : words.gone}</p>
        {isMended && <Button onClick={() => replace({ draft: id })}>{words.toDraft}</Button>}
      </div>
    </Screen>
  )
}

function Way({ icon: Sign, at, report, children }: { icon: Icon; at: string; report: string; children: string }) {
  return <li><button type="button" class={styles['way']} onClick={() => open({ report, at })}><Sign {...icon} /><span class={styles['grow']}>{children}</span><ChevronRight {...icon} /></button></li>
}

function Ladder({ filed }: { filed: Filed }) {
  const words = late().report
  const { row } = phone()
  const reached = stepsOf(filed)
  const status = filed.ladder?.status
  const leftOut = filed.photos.filter((photo) => photo.isLeftOut && !photo.receivedAt).length
  // What was left out does not come, whatever one waits for.
  const isShort = leftOut > 0 && leftOut + photosReceived(filed) === filed.photos.length
  const more: Partial<Record<LadderStep, string>> = {
    all_photos: filed.photos.length === 0 ? row.noPictures : reached.all_photos ? '' : leftOut > 0 ? `${words.receivedOf(photosReceived(filed), filed.photos.length)}, ${words.leftOut(leftOut)}` : row.pictureOf(photosReceived(filed), filed.photos.length),
    seen: seenAfter(filed) === null ? '' : words.afterSent(duration(seenAfter(filed) ?? 0)),
    decided: reached.decided && status ? common().statuses[status] : '',
  }
  return (
    <ol class={styles['ladder']}>
      {ladderSteps.map((step) => {
        const at = reached[step]
        // Nothing is decided any more of what was withdrawn.
        if (step === 'decided' && isWithdrawn(filed)) return null
        return (
          <li key={step} class={cx(styles['step'], at !== null && styles['reached'])} data-step={step} data-reached={at !== null}>
            <span class={styles['dot']}>{at && <Check {...icon} size={16} />}</span>
            <span class={styles['grow']}>{step === 'all_photos' && filed.photos.length === 0 ? words.allReceived : words.steps[step]}{more[step] && <span class={styles['more']}>{step === 'decided' && status && <StatusMark status={status} severity={filed.stated.severity} />} {more[step]}</span>}</span>
            <span class={styles['at']}>{at ? moment(at) : step === 'all_photos' && isShort ? '' : words.notYet}</span>
          </li>
        )
      })}
      {([['taken', filed.ladder?.takenAt], ['used', filed.ladder?.usedAt]] as const).map(([step, at]) => at && (
        <li key={step} class={cx(styles['step'], styles['reached'])} data-step={step} data-reached>
          <span class={styles['dot']}><Check {...icon} size={16} /></span>
          <span class={styles['grow']}>{words.press[step]}</span>
          <span class={styles['at']}>{moment(at)}</span>
        </li>
      ))}
    </ol>
  )
}

function Photos({ filed }: { filed: Filed }) {
  const words = phone().capture
  return (
    <section aria-label={words.pictures}>
      <ul>
        {filed.photos.map((photo, at) => (
          <li key={photo.sha256} class={styles['photo']} data-photo={photo.sha256} data-received={photo.receivedAt !== null}>
            {!photo.isLeftOut && <button type="button" class={styles['thumb']} aria-label={words.enlarge(at + 1)} onClick={() => open({ report: filed.id, picture: photo.sha256 })}><Thumb report={filed.id} sha256={photo.sha256} alt="" /></button>}
            <span class={styles['grow']}>{words.picture(at + 1, filed.photos.length)} · {size(photo.sizeBytes)}<span class={cx(styles['more'], (asksAuthor(filed, photo) || breaksOn(filed, photo)) && styles['trouble'])}>{stateOf(filed, photo)}</span></span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const breaksOn = (filed: Filed, photo: FiledPhoto): boolean => isTroubled(filed) && !photo.hold && !photo.receivedAt && filed.brokeOn?.sha256 === photo.sha256

function stateOf(filed: Filed, photo: FiledPhoto): string {
  const words = late().report.photo
  const { receivedAt, hold, isLeftOut, upload, preview, sizeBytes } = photo
  if (breaksOn(filed, photo)) return words.trouble
  if (receivedAt) return words.received(moment(receivedAt))
  if (isLeftOut) return words.leftOut
  if (hold && !asksAuthor(filed, photo)) return words.notMissed
  if (hold) return `${words.held}: ${whyOf(hold)}`
  if (filed.hold) return words.afterReport
  if (upload && upload.offset > 0) return words.progress(`${number(Math.min(99, Math.floor((upload.offset / sizeBytes) * 100)))} %`)
  return words[preview === 'sent' ? 'preview' : 'waiting']
}

function Facts({ filed }: { filed: Filed }) {
  const { stated } = filed
  const words = late().report
  const { place: places } = phone()
  const place = stated.station === null ? words.noPlace : [stationName(register.value, stated.station), stated.table ? places.tableIs(stated.table) : places.wholeCentre].join(' · ')
  return (
    <dl class={styles['facts']}>
      <dt>{words.place}</dt>
      <dd>{place}{stated.atStation !== null && <span class={styles['more']}>{stated.atStation ? words.atStation : words.notAtStation}</span>}</dd>
      <dt>{words.position}</dt>
      <dd>{stated.position ? words.within(distance(stated.position.accuracyMetres), stated.position.ageSeconds < 5 ? null : duration(stated.position.ageSeconds * 1000)) : words.noPosition}</dd>
      <dt>{words.observed}</dt>
      <dd>{moment(stated.times.observedAt)}</dd>
      <dt>{words.saved}</dt>
      <dd>{moment(stated.times.finishedAt)}</dd>
      <dt>{words.words}</dt>
      <dd><Said filed={filed} /></dd>
    </dl>
  )
}
