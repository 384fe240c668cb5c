import { useEffect, useState } from 'preact/hooks'
import { Camera, CircleAlert, EllipsisVertical, Images, MapPin, PencilLine, Trash2 } from 'lucide-preact'
import { titleOf } from '../../../shared/pack.ts'
import type { How } from '../../../shared/photos.ts'
import { reportNumber } from '../../../shared/statement.ts'
import { usePresent } from '../../kit/clock.ts'
import { Button } from '../../kit/look/Button.tsx'
import { cx } from '../../kit/look/cx.ts'
import { Mark } from '../../kit/look/Mark.tsx'
import { ExerciseTag, SeverityTag, Tag } from '../../kit/look/Tag.tsx'
import { me, signedIn } from '../../kit/me.ts'
import { moment } from '../../kit/times.ts'
import { language } from '../../kit/words/language.ts'
import type { Draft, Filed } from '../outbox/records.ts'
import { open } from '../nav.ts'
import { pick } from '../parts/Cameras.tsx'
import { Confirm } from '../parts/Confirm.tsx'
import { later } from '../parts/later.tsx'
import { Delivery } from '../parts/Delivery.tsx'
import { useHeading } from '../parts/heading.ts'
import { icon } from '../parts/icon.ts'
import { Refused } from '../parts/Refused.tsx'
import { Steps } from '../parts/Steps.tsx'
import { Thumb } from '../parts/Thumb.tsx'
import { fix, fixState, look, lookIfAllowed } from '../place/fix.ts'
import { metresBetween, pointOf } from '../place/nearest.ts'
import { accuracyOf, freshFix, tooFar } from '../place/suggest.ts'
import { distance, rowOf, stationName } from '../place/words.ts'
import { dropDraft } from '../outbox/queue.ts'
import { beginReport, placeNow } from '../report.ts'
import { mine, myDrafts, othersUnsent, register } from '../state.ts'
import { phone } from '../words/index.ts'
import styles from './home.module.css'

const Advice = later(async () => (await import('../parts/Advice.tsx')).Advice, false)

export function Home() {
  const words = phone().home
  const heading = useHeading(words.list)
  // What the rows say of times grows old.
  usePresent(20)
  useEffect(() => void lookIfAllowed(), [])
  return (
    <div class={styles['home']}>
      <header class={styles['head']}>
        <div class={styles['bar']}>
          <Mark size={30} />
          <h1 ref={heading} tabIndex={-1} class={styles['mission']} title={me.value?.mission.name}>{me.value?.mission.name}</h1>
          {me.value?.mission.exercise && <ExerciseTag />}
          <button type="button" class={styles['menu']} aria-label={words.menu} onClick={() => open({ at: 'menu' })}><EllipsisVertical {...icon} /></button>
        </div>
        <Delivery />
        <Advice />
      </header>
      <Here />
      <main class={styles['main']} aria-label={words.list}>
        <Others />
        {myDrafts.value.length + mine.value.length === 0 ? <Empty /> : (
          <ul>
            {myDrafts.value.map((draft) => <DraftRow key={draft.id} draft={draft} />)}
            {mine.value.map((filed) => <li key={filed.id}><ReportRow filed={filed} /></li>)}
          </ul>
        )}
      </main>
      <footer class={styles['foot']}>
        <button type="button" class={styles['side']} onClick={() => start('gallery')}><span><Images {...icon} size={26} /></span>{words.gallery}</button>
        <button type="button" class={styles['camera']} onClick={() => start('phone_camera')}><span><Camera {...icon} size={36} /></span>{words.camera}</button>
        <button type="button" class={styles['side']} onClick={() => start(null)}><span><PencilLine {...icon} size={26} /></span>{words.noPicture}</button>
      </footer>
    </div>
  )
}

function start(way: Exclude<How, 'in_app_camera'> | null): void {
  const draft = beginReport()
  if (way) pick(way, draft)
  open({ draft })
}

/** Where the phone is taken to be, and the way to say otherwise. */
function Here() {
  const words = phone()
  // A position ages, and what was chosen ends, while nothing else changes.
  usePresent(30)
  const [asked, setAsked] = useState(0)
  const place = placeNow()
  const hasStations = register.value?.code.length !== 0
  const row = rowOf(register.value, place.station)
  const fresh = freshFix(fix.value, Date.now())
  const metres = fresh && register.value && row >= 0 ? metresBetween(fresh, pointOf(register.value, row)) : null
  const accuracy = words.place.accuracy[accuracyOf(fresh)].toLowerCase()
  const isFar = tooFar(register.value, place.station, fresh) !== null
  const where = metres === null ? null : isFar ? words.home.elsewhere(distance(metres)) : `${words.place.away(distance(metres))}, ${accuracy}`
  const more = [place.table ? words.place.tableIs(place.table) : null, where].filter(Boolean).join(' · ')
  const find = () => {
    setAsked(asked + 1)
    look()
  }
  return (
    <section class={styles['here']} aria-label={words.home.place}>
      <MapPin {...icon} />
      <div class={styles['where']}>
        <p class={styles['station']}>{place.station !== null ? stationName(register.value, place.station) : hasStations ? words.home.whereAreYou : words.home.place}</p>
        {place.station === null ? <Nowhere hasStations={hasStations} asked={asked} /> : <p class={styles['more']}>{more || words.place.wholeCentre}</p>}
      </div>
      <div class={cx(styles['do'], place.station === null && styles['below'])}>
        {place.station === null && fixState.value !== 'known' && <Button busy={fixState.value === 'looking'} onClick={find}>{words.home.findMe}</Button>}
        {hasStations && <Button onClick={() => open({ at: 'place' })}>{place.station === null ? words.home.choose : words.home.change}</Button>}
      </div>
    </section>
  )
}

/** Why no place is known, and what can be done about it. */
function Nowhere({ hasStations, asked }: { hasStations: boolean; asked: number }) {
  const { home, place } = phone()
  const isRefused = fixState.value === 'refused'
  const why = fixState.value === 'looking' ? place.looking : fixState.value === 'not_found' ? place.notFoundYet : null
  return (
    <>
      {!hasStations && <p class={styles['more']}>{place.noStations} {place.describe}</p>}
      {hasStations && !isRefused && <p class={styles['more']}>{home.noPlaceWhy}</p>}
      {isRefused && <Refused asked={asked} />}
      <p class={styles['more']} role="status">{why}</p>
    </>
  )
}

function ReportRow({ filed }: { filed: Filed }) {
  const words = phone()
  const { stated } = filed
  const [first] = stated.photos
  const title = titleOf(signedIn().mission.pack, stated.category, language.value)
  return (
    <button type="button" class={styles['row']} data-report={filed.id} onClick={() => open({ report: filed.id })}>
      {first ? <Thumb report={filed.id} sha256={first.sha256} alt="" /> : <span class={styles['noPicture']}><PencilLine {...icon} /></span>}
      <span class={styles['what']}>
        <span class={styles['title']}>{title}</span>
        <span class={styles['facts']}><SeverityTag severity={stated.severity} /> {moment(stated.times.observedAt)} · {filed.photos.length === 0 ? words.row.noPictures : words.pictures(filed.photos.length)}{filed.receipt && <> · <span class={styles['number']}>{reportNumber(filed.receipt.number)}</span></>}</span>
        <Steps filed={filed} />
      </span>
    </button>
  )
}

function DraftRow({ draft }: { draft: Draft }) {
  const words = phone().home
  const [asking, setAsking] = useState(false)
  const [first] = draft.photos
  return (
    <li class={styles['draft']}>
      <button type="button" class={styles['row']} data-draft={draft.id} onClick={() => open({ draft: draft.id })}>
        {first ? <Thumb report={draft.id} sha256={first.sha256} alt="" /> : <span class={styles['noPicture']}><PencilLine {...icon} /></span>}
        <span class={styles['what']}>
          <span class={styles['title']}>{draft.category ? titleOf(signedIn().mission.pack, draft.category, language.value) : words.noCategory}</span>
          {draft.words.trim() && <span class={styles['said']}>{draft.words}</span>}
          <span class={styles['facts']}><Tag tone="medium">{draft.amends ? words.amends[draft.amends.type] : words.draft}</Tag> {moment(draft.startedAt)} · {draft.photos.length === 0 ? phone().row.noPictures : phone().pictures(draft.photos.length)}</span>
          {draft.refused && <span class={styles['needs']}><CircleAlert {...icon} size={18} /> {phone().row.attention}</span>}
        </span>
      </button>
      <button type="button" class={styles['drop']} aria-label={words.dropDraft} onClick={() => setAsking(true)}><Trash2 {...icon} /></button>
      {asking && (
        <Confirm title={words.dropTitle} action={words.drop} onConfirm={() => void dropDraft(draft.id)} onClose={() => setAsking(false)}>
          {draft.refused && !draft.amends && `${words.dropRefused} `}{words.dropWhat(draft.photos.length)}{myDrafts.value.some(({ amends }) => amends?.report === draft.id) && ` ${words.dropBegun}`}
        </Confirm>
      )}
    </li>
  )
}

/** What someone else left on this phone: it waits for them. */
function Others() {
  const names = [...new Set(othersUnsent.value.map((filed) => filed.authorName))]
  return <>{names.map((name) => <p key={name} class={styles['others']}>{phone().home.others(othersUnsent.value.filter((filed) => filed.authorName === name).length, name)}</p>)}</>
}

function Empty() {
  const words = phone().home
  return (
    <div class={styles['empty']}>
      <p class={styles['title']}>{words.emptyTitle}</p>
      <p>{words.emptyWhat}</p>
    </div>
  )
}
