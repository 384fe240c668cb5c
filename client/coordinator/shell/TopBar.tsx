import { useEffect, useState } from 'preact/hooks'
import { Clock, History, UsersRound } from 'lucide-preact'
import { usePresent } from '../../kit/clock.ts'
import { stroke } from '../../kit/look/icon.ts'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { Menu } from '../../kit/look/Menu.tsx'
import { SearchField } from '../../kit/look/SearchField.tsx'
import { ExerciseTag } from '../../kit/look/Tag.tsx'
import { Completeness } from '../../kit/complete/Completeness.tsx'
import { signedIn } from '../../kit/me.ts'
import { number } from '../../kit/numbers.ts'
import { ago, clock, moment } from '../../kit/times.ts'
import { useTyped } from '../../kit/typed.ts'
import { Aged } from '../aged/Aged.tsx'
import { showAway } from '../away/since.ts'
import { askedMoment, isLoading, live, pastHead } from '../live.ts'
import { keptQuery, router } from '../router.ts'
import { openReport, selected } from '../room/selection.ts'
import { inMission, order } from '../store.ts'
import { roomWords } from '../words/room.ts'
import styles from './shell.module.css'

/** Which mission, find, up to when all is here, what time it is there, who else is here. */
export function TopBar() {
  const { mission } = signedIn()
  return (
    <header class={styles['top']}>
      <h1 class={styles['mission']} title={mission.name}>{mission.name}</h1>
      {mission.exercise && <ExerciseTag />}
      <div class={styles['find']}><Find /></div>
      <Held />
      <MissionClock zone={mission.zone} />
      <IconButton icon={History} label={roomWords().awayKey} keyHint="w" onClick={showAway} />
      <Here />
    </header>
  )
}

function Held() {
  const words = roomWords()
  const { value: count } = inMission
  // The room alone shows the moment that the address keeps; every other page is of now.
  const asked = router.route.value === '' ? askedMoment.value : null
  if (asked === null) return <Completeness live={live.value} count={count} counted={words.reports(count)} why={words.inMission(count)} />
  const then = pastHead.value?.moment === asked ? pastHead.value.all : null
  return <Completeness live={live.value} past={words.past.asOf(moment(asked))} count={then ?? 0} counted={then === null ? '' : words.reports(then)} {...(then === null ? {} : { why: words.past.inMission(then) })} />
}

/** Words are part of the filter: they stand in the address a moment after they were typed. */
function Find() {
  const words = roomWords()
  const asked = router.query.value.get('words') ?? ''
  const { typed, setTyped, askNow } = useTyped(asked, (next) => {
    if (router.route.peek() === '') router.ask({ words: next })
    else router.go('', { query: { ...keptQuery(), words: next } })
  })
  const [isOpening, setOpening] = useState(false)
  // Enter opens what is found once it is: the selected one, else the first.
  const isFound = isOpening && typed.trim() === asked.trim() && router.route.value === '' && !isLoading.value
  useEffect(() => {
    if (!isFound) return
    setOpening(false)
    const ids = order.peek()
    const hit = ids.find((id) => id === selected.peek()) ?? ids[0]
    if (hit === undefined) return
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    openReport(hit)
  }, [isFound])
  return (
    <SearchField
      label={words.find}
      placeholder={words.find}
      value={typed}
      onValue={(text) => {
        setOpening(false)
        setTyped(text.slice(0, 200))
      }}
      onEnter={() => {
        if (typed.trim() === '') return
        if (typed.trim() !== asked.trim() || router.route.peek() !== '') askNow()
        setOpening(true)
      }}
      onLeave={() => document.querySelector<HTMLElement>('[data-list]')?.focus({ preventScroll: true })}
    />
  )
}

function MissionClock({ zone }: { zone: string }) {
  const now = usePresent(5)
  return <span class={styles['clock']} title={roomWords().zoneClock(zone.replace(/_/g, ' '))}><Clock {...stroke} /><b class="numbers">{clock(now)}</b></span>
}

/** The coordinators who have the room open. */
function Here() {
  const words = roomWords()
  const here = live.value?.here.value ?? []
  const earlier = live.value?.earlier.value ?? []
  const now = usePresent(10)
  if (here.length === 0) return null
  const me = signedIn().person.id
  return (
    <span class={styles['here']} data-here={here.length}>
      <Menu
        icon={UsersRound}
        label={words.here(here.length)}
        groups={[]}
        head={(
          <div class={styles['names']}>
            <b>{words.hereNow}</b>
            <ul>{here.map((one) => <li key={one.id}>{one.name}{one.id === me && <span class={styles['you']}> ({words.you})</span>}</li>)}</ul>
            {earlier.length > 0 && <b>{words.earlier}</b>}
            {earlier.length > 0 && <ul data-earlier>{earlier.map((one) => <Aged key={one.id} as="li" since={one.at} now={now}>{one.name}, <span class="numbers">{ago(one.at, now)}</span></Aged>)}</ul>}
          </div>
        )}
      />
      <b class="numbers" aria-hidden="true">{number(here.length)}</b>
    </span>
  )
}
