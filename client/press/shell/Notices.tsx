import { SquareX, WifiOff } from 'lucide-preact'
import type { Notice } from '../../../shared/notices.ts'
import type { ReleasedPicture } from '../../../shared/press.ts'
import { usePresent } from '../../kit/clock.ts'
import { longLost } from '../../kit/complete/lost.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { NoticeBanner } from '../../kit/notice/NoticeBanner.tsx'
import { openNotices } from '../../kit/notices.ts'
import { LateReminders } from '../../kit/signin/LateReminders.tsx'
import { clock } from '../../kit/times.ts'
import { noticeWords } from '../../kit/words/notices.ts'
import { addressOfPicture } from '../router.ts'
import { dismiss, isEnded, live, withdrawn } from '../store.ts'
import { textLanguage, textOf } from '../texts.ts'
import { pressWords } from '../words/press.ts'
import styles from './shell.module.css'

/** What matters before any picture: withdrawals first, then that this screen may not have heard of one. */
export function Notices() {
  const now = usePresent()
  const lost = live.value && !isEnded.value && longLost(live.value, now)
  const words = pressWords()
  return (
    <div class={styles['notices']}>
      {!isEnded.value && openNotices.value.map((notice) => <Told key={notice.id} notice={notice} />)}
      {withdrawn.value.map((picture) => <Withdrawn key={picture.id} picture={picture} />)}
      {lost && <Banner tone="medium" icon={WifiOff} title={words.lostTitle(clock(lost))}>{words.lostWhat}</Banner>}
      {!isEnded.value && <LateReminders />}
    </div>
  )
}

/** What this person took and what became of it, until they say that they have read it; a picture that can still be had is a way away. */
function Told({ notice }: { notice: Notice }) {
  const { picture, kind } = notice
  return (
    <NoticeBanner
      notice={notice}
      picture={picture && <p class={styles['which']} lang={textLanguage.value}>{textOf(picture.alternatives)}</p>}
      link={picture?.stands && kind === 'correction' ? <a href={addressOfPicture(picture.id)}>{noticeWords().newFile}</a> : undefined}
    />
  )
}

/** It is told by its texts: the picture itself is gone. */
function Withdrawn({ picture }: { picture: ReleasedPicture }) {
  const words = pressWords()
  return (
    <Banner alert tone="critical" icon={SquareX} title={words.withdrawnTitle} action={<Button small onClick={() => dismiss(picture.id)}>{words.seen}</Button>}>
      <p class={styles['which']} lang={textLanguage.value}>{textOf(picture.alternatives)}</p>
      <p>{words.withdrawnWhat}</p>
    </Banner>
  )
}
