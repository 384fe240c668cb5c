import { importDelegationCall, previewDelegationCall, wrongPeopleCall } from '../../../shared/delegation.ts'
import { serve, serveFile } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { findWrongPeople, importDelegation, prepareDelegation, prepareImport, previewDelegation, writeWrongPeople } from './actions.ts'

export function delegationRoutes(doors: Doors): void {
  serve(doors, previewDelegationCall, previewDelegation, prepareDelegation)
  serve(doors, importDelegationCall, async (input, work, file: Awaited<ReturnType<typeof prepareImport>>) => ({
    cards: (await importDelegation(input, work, file)).map(({ person, token, code, until }) => ({ person, link: `${doors.publicAddress ?? ''}/join#${token}`, code, until })),
  }), prepareImport)
  serveFile(doors, wrongPeopleCall, findWrongPeople, writeWrongPeople)
}
