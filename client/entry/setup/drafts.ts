import * as z from 'zod/mini'
import { CheckingRules } from '../../../shared/mission.ts'
import { Role } from '../../../shared/roles.ts'
import type { Draft } from '../../kit/form.ts'
import { keepAs, keptAs } from '../../kit/keep.ts'
import { signedIn } from '../../kit/me.ts'
import type { Step } from './steps.ts'

/** What was typed in a step and not sent: in this browser, for the person who typed it, until the step is sent. */
function draftOf<Values>(step: Step, schema: z.ZodMiniType<Values>): Draft<Values> {
  const name = () => `setUp.${signedIn().person.id}.${step}`
  return { find: () => keptAs(schema, name()), keep: (values) => keepAs(name(), values) }
}

const text = z.string()

export const drafts = {
  mission: draftOf('mission', z.object({ name: text, country: text, zone: text, languages: z.array(text), days: z.array(text), leadName: text, organisation: text })),
  checking: draftOf('checking', z.object({ credit: text, rules: CheckingRules })),
  people: draftOf('people', z.object({ role: Role, name: text, organisation: text, language: text, telephone: z.optional(text) })),
  open: draftOf('open', CheckingRules),
}

/** An open mission needs none of them. */
export function forgetDrafts(): void {
  for (const draft of Object.values(drafts)) draft.keep(null)
}
