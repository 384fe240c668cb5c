import { signal } from '@preact/signals'
import type { Me } from '../../shared/mission.ts'
import { setServerTime } from './clock.ts'
import { missionPlace } from './numbers.ts'
import { suggestLanguage } from './words/language.ts'

/** Who is signed in here, and in which mission; null before it is known. */
export const me = signal<Me | null>(null)

/** The same where an app runs only for someone who is signed in. */
export function signedIn(): Me {
  if (!me.value) throw new Error('nobody is signed in yet')
  return me.value
}

/** Takes what the server says of the person and the mission: zone, country, clock, and a language where the browser has none of ours. */
export async function takeMe(next: Me): Promise<void> {
  setServerTime(next.serverTime)
  missionPlace.value = { zone: next.mission.zone, country: next.mission.country }
  await suggestLanguage([next.person.language, ...next.mission.languages])
  me.value = next
}

/** The address of the app for this person; a lead whose mission is not open yet goes on with its set-up. */
export function homeOf({ person, mission }: Me): string {
  if (person.role === 'observer') return '/observer/'
  if (person.role === 'press') return '/press/'
  return person.role === 'lead' && !mission.open ? '/setup' : '/room/'
}
