import { rm, writeFile } from 'node:fs/promises'
import { openMissionCall, setBasicsCall, setCheckingCall } from '../../shared/mission.ts'
import type { CheckingRules, Mission } from '../../shared/mission.ts'
import { importRegisterCall, previewRegisterCall } from '../../shared/stations.ts'
import { beginSetUp, openMission, openSetUp, setBasics, setChecking } from '../features/mission/actions.ts'
import { invite, join } from '../features/people/actions.ts'
import { importRegister, prepareImport, prepareRegister, previewRegister } from '../features/stations/actions.ts'
import type { House } from '../house.ts'
import type { PersonActor } from '../platform/journal/work.ts'
import { act } from './file.ts'
import { invited, lead } from './people.ts'
import { zone } from './plan.ts'
import type { Plan } from './plan.ts'
import { registerText } from './register.ts'

const visitor = { kind: 'visitor' } as const
const firstName = (name: string): string => name.split(' ')[0] ?? name

/** Two pairs of eyes of other organisations; who verified may also release, so that two coordinators are enough to play the whole story. */
const rules: CheckingRules = { eyes: 2, otherOrganisation: true, releaserNotVerifier: false }

/** Takes a mission that has just begun through its set-up, as a lead would; `tick` moves the clock between two acts. Gives everyone who joined, by first name. */
export async function setUp(house: House, plan: Plan, tick: () => void): Promise<{ mission: Mission; actors: Map<string, PersonActor> }> {
  const { engine, files } = house
  const token = await engine.write({ kind: 'server' }, openSetUp)
  if (token === null) throw new Error('the sample mission is open before it was set up')
  tick()
  const signedIn = await engine.write(visitor, (work) => beginSetUp({ token }, work))
  if ('refused' in signedIn) throw signedIn.refused
  const actor: PersonActor = { kind: 'person', id: signedIn.reply.person.id, role: 'lead', session: null }
  const actors = new Map([[firstName(lead.name), actor]])

  tick()
  await act(house, actor, setBasicsCall, { name: 'San Lorenzo', country: 'SV', zone, languages: ['es', 'en'], days: [plan.day], leadName: lead.name, organisation: lead.organisation }, setBasics)
  tick()
  await act(house, actor, setCheckingCall, { credit: 'Misión de observación San Lorenzo', rules }, setChecking)
  tick()
  const file = { path: files.incomingPath(), name: 'centros-san-lorenzo.csv', sizeBytes: 0 }
  await writeFile(file.path, registerText(plan.centres))
  const { upload, right, wrong } = await act(house, actor, previewRegisterCall, {}, previewRegister, prepareRegister, { file })
  await act(house, actor, importRegisterCall, { upload, right, wrong }, importRegister, prepareImport)
  await rm(file.path, { force: true })

  for (const { name, role, organisation, language, awaited } of invited) {
    tick()
    const person = plan.people.find((one) => one.name === name)
    if (!person) throw new Error(`${name} is not in the plan`)
    const { token } = await engine.write(actor, (work) => invite({ id: person.id, name, role, organisation, language }, work))
    if (awaited) continue
    tick()
    const joined = await engine.write(visitor, (work) => join({ token }, work))
    if ('refused' in joined) throw joined.refused
    actors.set(firstName(name), joined.person)
  }
  tick()
  const { mission } = await act(house, actor, openMissionCall, { rules }, openMission)
  return { mission, actors }
}
