import { ShieldAlert } from 'lucide-preact'
import { type ReportLine, reportNumber } from '../../../shared/reports.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { moment } from '../../kit/times.ts'
import { unseenAside } from '../aside.ts'
import { reportAddress } from '../room/selection.ts'
import { router } from '../router.ts'
import { roomWords } from '../words/room.ts'

const mostShown = 3

/** The alarm of a report that was set aside when it came: read out at once, and there until somebody has had it open. */
export function AsideAlarm() {
  const words = roomWords().aside
  const lines = unseenAside.value
  if (lines.length === 0) return null
  return (
    <Banner alert tone="critical" icon={ShieldAlert} title={words.title(lines.length)}>
      {lines.slice(0, mostShown).map((line) => <p key={line.id} data-alarm={line.id}><a href={reportAddress(line.id)}>{reportNumber(line.number)}</a>: {why(line)} {line.author.name}, {moment(line.receivedAt)}.</p>)}
      {lines.length > mostShown && <p><a href={router.address('', { status: 'set_aside' })}>{words.all(lines.length)}</a></p>}
    </Banner>
  )
}

const why = ({ signed }: ReportLine): string => roomWords().aside[signed === 'fails' ? 'signature' : 'phone']
