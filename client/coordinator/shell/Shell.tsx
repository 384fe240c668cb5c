import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { LogOut } from 'lucide-preact'
import type { LeadNotice } from '../../../shared/people.ts'
import { goOnIn, useKey } from '../../kit/keys.ts'
import { moment } from '../../kit/times.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { LateReminders } from '../../kit/signin/LateReminders.tsx'
import { common } from '../../kit/words/common.ts'
import { followLooks, hideAway, isAwayShown, showAway } from '../away/since.ts'
import { DropOver } from '../file/DropOver.tsx'
import { useDroppedFiles } from '../file/dropped.ts'
import { late } from '../Late.tsx'
import { router } from '../router.ts'
import { acknowledge, followRoom, live, unread as unreadParts, unreadNotices } from '../live.ts'
import { roomWords } from '../words/room.ts'
import { DeskNotices } from './Notices.tsx'
import { AsideAlarm } from './Aside.tsx'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import styles from './shell.module.css'

const Away = late(async () => (await import('../away/Away.tsx')).Away)

/** What stands around every place of the room: where one can go, up to when it is complete, who is here. */
export function Shell({ children }: { children: ComponentChildren }) {
  const words = roomWords()
  useEffect(followRoom, [])
  useEffect(followLooks, [])
  useDroppedFiles()
  useKey('w', words.awayKey, showAway)
  // Another place, without a load: who reads with keys goes on there.
  const shown = useRef(router.route.value)
  useEffect(() => {
    if (shown.current !== router.route.value) goOnIn()
    shown.current = router.route.value
  }, [router.route.value])
  if (live.value?.state.value === 'ended') return <Ended />
  return (
    <div class={styles['shell']}>
      <a class={styles['skip']} href="#main">{common().skipToContent}</a>
      <Rail />
      <TopBar />
      <main id="main" class={styles['main']} tabIndex={-1}>
        <Banners />
        <div class={styles['place']}>{children}</div>
      </main>
      <DropOver />
      {isAwayShown.value && <Away onClose={hideAway} />}
    </div>
  )
}

/** After the session nothing of the room stays on a screen that somebody else may hold. */
function Ended() {
  const words = roomWords()
  return (
    <main id="main" role="alert">
      <EmptyState icon={LogOut} title={words.endedTitle} action={<Button kind="filled" onClick={() => location.reload()}>{words.signInAgain}</Button>}>{words.endedWhat}</EmptyState>
    </main>
  )
}

function noticed({ what, name, at, role, by }: LeadNotice): string {
  const words = roomWords()
  if (role !== null) return words.roleChanged(by?.name ?? '', name, common().roles[role], moment(at))
  return what === 'lead_link' ? words.leadLink(name, moment(at)) : words.wayEnded(by?.name ?? '', name, what === 'ways_ended', moment(at))
}

const mostOfPart = 60
const short = (part: string): string => (part.length > mostOfPart ? `${part.slice(0, mostOfPart)}…` : part)

function Banners() {
  const words = roomWords()
  const unread = unreadNotices.value
  const parts = unreadParts.value
  return (
    <div class={styles['banners']}>
      {parts.length > 0 && (
        <Banner alert tone="medium" action={<Button small onClick={() => (unreadParts.value = [])}>{words.dismiss}</Button>}>
          <p>{words.unread(parts.map(short).join(' '))}</p>
        </Banner>
      )}
      <AsideAlarm />
      <DeskNotices />
      {unread.length > 0 && (
        <Banner alert tone="medium" action={<Button small onClick={() => acknowledge(unread)}>{words.dismiss}</Button>}>
          {unread.map((one) => <p key={one.number}>{noticed(one)}</p>)}
          <p>{words.leadLinkAsk}</p>
        </Banner>
      )}
      <LateReminders />
    </div>
  )
}
