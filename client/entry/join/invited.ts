import type { ReplyOf } from '../../../shared/contract.ts'
import type { Me } from '../../../shared/mission.ts'
import type { lookAtLinkCall } from '../../../shared/people.ts'

/** Whom a link is for. */
export type Invited = ReplyOf<typeof lookAtLinkCall>

/** Whether someone who has a session here is not the one who is invited. */
export const isOther = ({ person }: Me, { role, name, number }: Invited): boolean => person.role !== role || person.number !== number || person.name !== name
