import { useEffect, useState } from 'preact/hooks'
import { beginSetUpCall, meCall } from '../../../shared/mission.ts'
import { Problem } from '../../../shared/problem.ts'
import { call } from '../../kit/call.ts'
import { PlainPage } from '../../kit/look/PlainPage.tsx'
import { homeOf, me, takeMe } from '../../kit/me.ts'
import { CannotBegin } from '../../kit/start.tsx'
import { token } from '../token.ts'
import { setUpWords } from '../words/setup.ts'
import { Doors } from './Doors.tsx'
import { drafts } from './drafts.ts'
import { Frame } from './Frame.tsx'
import { CheckingStep } from './CheckingStep.tsx'
import { MissionStep } from './MissionStep.tsx'
import { OpenStep } from './OpenStep.tsx'
import { PeopleStep } from './PeopleStep.tsx'
import { RegisterStep } from './register/RegisterStep.tsx'
import { router } from './route.ts'
import { type Step, lasting, stepToShow } from './steps.ts'

/** `/setup#token`: begins, or goes on where it stopped, also on another day and with nothing but the cookie. */
export function SetUp() {
  const [thrown, setThrown] = useState<unknown>(null)
  const begin = async () => {
    setThrown(null)
    try {
      await takeMe(await findLead())
      // A first step that was begun is not asked for again.
      if (!router.query.value.has('step') && drafts.mission.find()) router.ask({ step: stepToShow('mission', 'mission') ?? undefined })
    } catch (refused) {
      setThrown(refused)
    }
  }
  useEffect(() => void begin(), [])
  useEffect(() => {
    const words = setUpWords()
    const asked = lasting.find((one) => one === router.query.value.get('step'))
    document.title = `${me.value?.mission.open && asked ? words.steps[asked] : words.newMission} · Veedor`
  })

  if (thrown instanceof Problem && thrown.code === 'not_found') return <LinkEnded />
  if (thrown !== null) return <CannotBegin thrown={thrown} again={() => void begin()} />
  if (!me.value) return null
  const { person, mission } = me.value
  const asked = router.query.value.get('step')
  if (person.role !== 'lead' || (mission.open && !lasting.some((one) => one === asked))) {
    location.replace(homeOf(me.value))
    return null
  }
  const step = stepToShow(asked, mission.step)
  if (step === null) return <Doors />
  return <Frame step={step}><Page step={step} /></Frame>
}

function Page({ step }: { step: Step }) {
  // Said in the address, so that a step which reaches the next one stays in view until the person goes on.
  useEffect(() => router.ask({ step }), [step])
  switch (step) {
    case 'mission': return <MissionStep />
    case 'checking': return <CheckingStep />
    case 'register': return <RegisterStep />
    case 'people': return <PeopleStep />
    case 'open': return <OpenStep />
  }
}

/** Who is here: by the link if there is one, else, or where it was used before, by this browser's session. */
async function findLead() {
  if (!token) return call(meCall, {})
  try {
    return await call(beginSetUpCall, { token })
  } catch (refused) {
    if (!(refused instanceof Problem)) throw refused
    return call(meCall, {}).catch(() => {
      throw refused
    })
  }
}

function LinkEnded() {
  const words = setUpWords()
  return (
    <PlainPage title={words.linkEndedTitle}>
      <p>{words.linkEndedWhat}</p>
      <ul>{words.linkEndedDo.map((one) => <li key={one}>{one}</li>)}</ul>
    </PlainPage>
  )
}
