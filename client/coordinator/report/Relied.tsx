import { useEffect, useState } from 'preact/hooks'
import type { DeskRelease } from '../../../shared/press.ts'
import { NoticeKind } from '../../../shared/notices.ts'
import { moment } from '../../kit/times.ts'
import { reportWords } from '../words/report.ts'
import { inOurs } from './told.ts'
import styles from './report.module.css'

const nameOf = ({ name, organisation }: { name: string; organisation: string | null }): string => [name, organisation].filter(Boolean).join(', ')

/** Who took and who used a release, what they were told, and who has confirmed that. */
export function Relied({ release }: { release: DeskRelease }) {
  const words = reportWords().relied
  const { takes, uses, notices, versions } = release
  const waiting = notices.flatMap(({ copies }) => copies).filter(({ confirmedAt }) => confirmedAt === null).length
  // It opens where somebody is waited for, and nothing but a hand closes it.
  const [isOpen, setOpen] = useState(waiting > 0)
  useEffect(() => {
    if (waiting > 0) setOpen(true)
  }, [waiting])
  if (takes.length + uses.length + notices.length + versions.length === 0) return <p class={styles['note']}>{words.nobody}</p>
  return (
    <details class={styles['relied']} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.summary(new Set(takes.map(nameOf)).size, uses.filter(({ takenBackAt }) => takenBackAt === null).length)}{waiting > 0 && <b> {words.waiting(waiting)}</b>}</summary>
      {uses.length > 0 && (
        <ul aria-label={words.uses}>
          {uses.map((use) => (
            <li key={use.id}>
              <p><b>{nameOf(use)}</b> {words.used(use.place, moment(use.at))}{use.takenBackAt !== null && ` (${words.takenBack})`}</p>
              {use.link !== null && <p><a href={use.link} target="_blank" rel="noreferrer noopener">{use.link}</a></p>}
              {use.words !== '' && <p>{use.words}</p>}
            </li>
          ))}
        </ul>
      )}
      {takes.length > 0 && <ul aria-label={words.takes}>{takes.map((one, at) => <li key={at}>{nameOf(one)}: {words.took(words.sizes[one.size], moment(one.at), release.version > 1 ? one.version : null)}</li>)}</ul>}
      {notices.map((notice) => (
        <div key={notice.id}>
          <p><b>{words.told[NoticeKind.parse(notice.kind)]}</b>, {moment(notice.at)}</p>
          <ul>{notice.copies.map((copy, at) => <li key={at}>{nameOf(copy)}: {copy.confirmedAt === null ? words.notConfirmed : words.confirmed(moment(copy.confirmedAt))}</li>)}</ul>
        </div>
      ))}
      {versions.map((one) => <p key={one.version}>{words.before(one.version, moment(one.until))}: {inOurs(one.captions)}</p>)}
    </details>
  )
}
