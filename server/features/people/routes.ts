import { leaveCall } from '../../../shared/mission.ts'
import { changeRoleCall, endAccessCall, inviteCall, listOrganisationsCall, listPeopleCall, makeTransferCall, newCardsCall, newLinkCall, retireCall, takeBackCall } from '../../../shared/people.ts'
import type { Link } from '../../../shared/people.ts'
import { serve, serveEnding, serveSignOut } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { changeRole, endAccess, invite, leave, listOrganisations, listPeople, makeTransfer, newCards, newLink, retire, takeBack } from './actions.ts'
import type { Invited } from './actions.ts'

export function peopleRoutes(doors: Doors): void {
  const address = (token: string): string => `${doors.publicAddress ?? ''}/join#${token}`
  const withLink = ({ person, token, code, until }: Invited): Link => ({ person, link: address(token), code, until })

  serve(doors, listPeopleCall, listPeople)
  serve(doors, listOrganisationsCall, listOrganisations)
  serve(doors, inviteCall, async (input, work) => withLink(await invite(input, work)))
  serve(doors, newLinkCall, async (input, work) => withLink(await newLink(input, work)))
  serve(doors, takeBackCall, async (input, work) => withLink(await takeBack(input, work)))
  serve(doors, newCardsCall, async (input, work) => ({ cards: (await newCards(input, work)).map(withLink) }))
  serve(doors, makeTransferCall, async (input, work) => {
    const { token, code, until } = await makeTransfer(input, work)
    return { link: address(token), code, until }
  })
  serveEnding(doors, endAccessCall, endAccess)
  serveEnding(doors, changeRoleCall, changeRole)
  serveEnding(doors, retireCall, retire)
  serveSignOut(doors, leaveCall, leave)
}
