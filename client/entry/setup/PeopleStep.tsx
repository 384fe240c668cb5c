import { useEffect, useState } from 'preact/hooks'
import { proposeRulesCall } from '../../../shared/mission.ts'
import { call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { People } from '../../kit/people/People.tsx'
import { setUpWords } from '../words/setup.ts'
import { loadCounts } from './counts.ts'
import { drafts } from './drafts.ts'
import { BackLink, Foot, StepPage } from './Frame.tsx'
import { show } from './route.ts'

/** Invites those who open the mission together; the page that the room has, too. */
export function PeopleStep() {
  const words = setUpWords()
  const [coordinators, setCoordinators] = useState<number | null>(null)
  const count = () => {
    call(proposeRulesCall, {}).then((proposed) => setCoordinators(proposed.coordinators), () => setCoordinators(null))
  }
  useEffect(count, [])
  return (
    <StepPage
      wide
      flush
      title={words.peopleTitle}
      what={words.peopleWhat}
      foot={<Foot note={coordinators !== null && words.peopleNote(coordinators)}><BackLink to="register" /><Button kind="filled" onClick={() => show('open')}>{words.goOn}</Button></Foot>}
    >
      <People primary={false} draft={drafts.people} onChange={() => { count(); loadCounts().catch(() => null) }} />
    </StepPage>
  )
}
