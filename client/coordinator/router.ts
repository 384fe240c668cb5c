import { createRouter } from '../kit/router.ts'

/** The coordinators' room; filters and what is selected stand in the query and stay there while a report is open. */
export const router = createRouter('/room/')

/** What is of one page alone: a report's picture and how it is looked at, the open panel and what it tells of. */
const ofOnePage: readonly string[] = ['picture', 'near', 'turn', 'panel', 'since']

/** The query as it is, so that a link keeps the filters. */
export const keptQuery = (): Record<string, string> => Object.fromEntries([...router.query.value].filter(([name]) => !ofOnePage.includes(name)))
