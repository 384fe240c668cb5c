import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { CircleCheck, FilePen, Hourglass, Info, SquareX } from 'lucide-preact'
import { type Notice, type NoticeKind, saysOtherwise } from '../../../shared/notices.ts'
import { Banner, type BannerTone } from '../look/Banner.tsx'
import { Button } from '../look/Button.tsx'
import type { Icon } from '../look/icon.ts'
import { confirmNotice } from '../notices.ts'
import { moment } from '../times.ts'
import { noticeWords } from '../words/notices.ts'
import styles from './notice.module.css'

const looks: Record<NoticeKind, { tone: BannerTone; icon: Icon }> = {
  correction: { tone: 'medium', icon: FilePen }, withhold: { tone: 'high', icon: Hourglass }, lifted: { tone: 'good', icon: CircleCheck }, kill: { tone: 'critical', icon: SquareX },
  reopened: { tone: 'medium', icon: Hourglass }, decided_otherwise: { tone: 'high', icon: Hourglass }, exported: { tone: 'accent', icon: Info },
}

/** Something that this person has to know, until they say that they do. `picture`: which one, in words; `link`: the way to what it is about. */
export function NoticeBanner({ notice, picture, link }: { notice: Notice; picture?: ComponentChildren; link?: ComponentChildren }) {
  const words = noticeWords()
  const { kind, at, by, wrong, right, reason, amended } = notice
  const isOther = kind === 'decided_otherwise' && reason === saysOtherwise
  const [busy, setBusy] = useState(false)
  const confirm = () => {
    setBusy(true)
    void confirmNotice(notice.id).finally(() => setBusy(false))
  }
  return (
    <Banner alert {...looks[kind]} title={amended ? words.amended[amended].title : isOther ? words.saysOtherwise.title : words.titles[kind]} action={<Button small busy={busy} onClick={confirm}>{words.confirm}</Button>}>
      <div class={styles['notice']} data-notice={kind}>
        {picture}
        {wrong !== null && <p>{words.wrong(wrong)}</p>}
        {right !== null && <p>{words.right(right)}</p>}
        {reason !== null && !isOther && <p>{amended ? words.amended[amended].says(reason) : kind === 'exported' ? words.exported(reason) : words.reason(reason)}</p>}
        <p>{amended ? words.amended[amended].what : isOther ? words.saysOtherwise.what : words.what[kind]}</p>
        <p class={styles['when']}>{by === null ? moment(at) : words.byAt(by, moment(at))}{link !== undefined && <> {link}</>}</p>
      </div>
    </Banner>
  )
}
