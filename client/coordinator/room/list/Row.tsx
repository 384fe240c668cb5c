import { ImageOff, Image as ImageIcon, StickyNote } from 'lucide-preact'
import { titleOf } from '../../../../shared/pack.ts'
import { photoImageCall } from '../../../../shared/photos.ts'
import { type ReportLine, reportNumber } from '../../../../shared/reports.ts'
import { addressFor } from '../../../kit/call.ts'
import { stroke } from '../../../kit/look/icon.ts'
import { cx } from '../../../kit/look/cx.ts'
import { StatusMark } from '../../../kit/look/StatusMark.tsx'
import { Tag } from '../../../kit/look/Tag.tsx'
import { signedIn } from '../../../kit/me.ts'
import { number } from '../../../kit/numbers.ts'
import { duration, moment } from '../../../kit/times.ts'
import { common } from '../../../kit/words/common.ts'
import { language } from '../../../kit/words/language.ts'
import { organisations } from '../../live.ts'
import { roomWords } from '../../words/room.ts'
import { isOnPaper } from '../print.ts'
import styles from './row.module.css'

/** Where a report is, in words: its station and table, else what is known. */
export function placeOf({ stationName, table, placedBy, department, channel }: ReportLine): string {
  const words = roomWords()
  if (stationName !== null) return table === null ? stationName : `${stationName} · ${words.table(table)}`
  const where = placedBy === 'phone' ? (channel === 'web' ? words.atPhone : words.atGiven) : words.noPlace
  return department === null ? where : `${where} · ${department}`
}

export const organisationOf = (line: ReportLine): string => organisations.value.get(line.author.organisation) ?? line.author.organisation

/** Claims end by the clock, and the journal says so; until it does the time itself counts. */
export const claimOf = ({ claim }: ReportLine, now: Date) => (claim && Date.parse(claim.until) > now.getTime() ? claim : null)

/** A report as a line of the list: pressed once it is selected, pressed again it opens. `brief`: in a card that says the place already. */
export function Row({ line, now, isSelected, brief = false, onPress }: { line: ReportLine; now: Date; isSelected: boolean; brief?: boolean; onPress: () => void }) {
  const { mission } = signedIn()
  return (
    <button type="button" class={styles['row']} data-brief={brief || undefined} data-report={line.id} data-number={line.number} aria-current={isSelected || undefined} onClick={onPress}>
      <StatusMark status={line.status} severity={line.severity} size={17} label={common().statuses[line.status]} />
      <span class={styles['words']}>
        <b class={styles['title']}>{titleOf(mission.pack, line.category, language.value)}</b>
        {!brief && <span class={styles['place']}>{placeOf(line)}</span>}
        <span class={styles['facts']}>
          <span class={styles['status']}>{common().statuses[line.status]}</span>
          <span class={styles['severity']} data-severity={line.severity}>{common().severities[line.severity]}</span>
          <span class="numbers">{moment(line.observedAt, now)}</span>
          <span>{organisationOf(line)}</span>
          <Tags line={line} now={now} />
          <span class={cx('visually-hidden', styles['reportNumber'])}>{reportNumber(line.number)}</span>
        </span>
      </span>
      {line.photoCount > 0 && <Thumb line={line} />}
    </button>
  )
}

function Tags({ line, now }: { line: ReportLine; now: Date }) {
  const words = roomWords()
  const claim = claimOf(line, now)
  const waits = now.getTime() - Date.parse(line.receivedAt)
  // Handed back without a verdict it waits as before.
  const isWaiting = line.status === 'received' || (line.status === 'in_review' && !claim && !line.awaitsSecond)
  return (
    <>
      {line.amended && <Tag tone={line.amended.how === 'withdrawal' ? 'high' : 'accent'}>{words.amended[line.amended.how](moment(line.amended.at, now))}</Tag>}
      {line.quarantined && <Tag tone="medium">{words.quarantined}</Tag>}
      {isWaiting && <Tag tone={line.severity}>{waits < 60_000 ? words.justCame : words.waiting(duration(waits))}</Tag>}
      {claim && <Tag tone="accent">{claim.by === signedIn().person.id ? words.claimedYou : claim.name}</Tag>}
      {line.awaitsSecond && <Tag>{line.awaitsThird ? words.third : words.second}</Tag>}
      {words.channels[line.channel] && <Tag>{words.channels[line.channel]}</Tag>}
      {line.signed === 'fails' && <Tag tone="critical">{words.signed.fails}</Tag>}
      {(line.notes ?? 0) > 0 && <Tag icon={StickyNote}><span data-notes={line.notes}><span aria-hidden="true">{number(line.notes ?? 0)}</span><span class="visually-hidden">{words.notes(line.notes ?? 0)}</span></span></Tag>}
      {line.releases > 0 && <Tag tone="good">{words.released}</Tag>}
    </>
  )
}

/** The first picture, once there is one to show, and how many there are. */
function Thumb({ line }: { line: ReportLine }) {
  const words = roomWords()
  const isComplete = line.photosReceived >= line.photoCount
  const label = isComplete ? words.picturesOf(line.photoCount) : words.picturesAwaited(line.photosReceived, line.photoCount)
  return (
    <span class={styles['thumb']} title={label} data-picture={line.picture ?? undefined}>
      {line.picture === null
        ? isComplete ? <ImageOff {...stroke} /> : <ImageIcon {...stroke} />
        : <img key={line.picture} src={addressFor(photoImageCall, { id: line.picture, size: 'thumb' })} alt="" loading={isOnPaper.value ? 'eager' : 'lazy'} decoding="async" />}
      <span class={styles['count']} aria-hidden="true">{number(line.photoCount)}</span>
      <span class="visually-hidden">{label}</span>
    </span>
  )
}
