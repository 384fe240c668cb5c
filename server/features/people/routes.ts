import { leaveCall } from '../../../shared/mission.ts'
import { inviteCall, listOrganisationsCall, listPeopleCall, newLinkCall, retireCall } from '../../../shared/people.ts'
import type { Link } from '../../../shared/people.ts'
import { serve, serveEnding, serveSignOut } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { invite, leave, listOrganisations, listPeople, newLink, retire } from './actions.ts'
import type { Invited } from './actions.ts'

export function peopleRoutes(doors: Doors): void {
  const withLink = ({ person, token, until }: Invited): Link => ({ person, link: `${doors.publicAddress ?? ''}/join#${token}`, until })

  serve(doors, listPeopleCall, listPeople)
  serve(doors, listOrganisationsCall, listOrganisations)
  serve(doors, inviteCall, async (input, work) => withLink(await invite(input, work)))
  serve(doors, newLinkCall, async (input, work) => withLink(await newLink(input, work)))
  serveEnding(doors, retireCall, retire)
  serveSignOut(doors, leaveCall, leave)
}
