import { vi } from 'vitest'

// A catalogue asks for its reader's language when it is read; outside a page there is none.
vi.stubGlobal('navigator', { languages: ['en'] })

const catalogues = {
  common: { en: () => import('../../client/kit/words/common.en.ts'), es: () => import('../../client/kit/words/common.es.ts') },
  desk: { en: () => import('../../client/kit/words/desk.en.ts'), es: () => import('../../client/kit/words/desk.es.ts') },
  notices: { en: () => import('../../client/kit/words/notices.en.ts'), es: () => import('../../client/kit/words/notices.es.ts') },
  start: { en: () => import('../../client/kit/words/start.en.ts'), es: () => import('../../client/kit/words/start.es.ts') },
  people: { en: () => import('../../client/kit/people/words/en.ts'), es: () => import('../../client/kit/people/words/es.ts') },
  room: { en: () => import('../../client/coordinator/words/room.en.ts'), es: () => import('../../client/coordinator/words/room.es.ts') },
  report: { en: () => import('../../client/coordinator/words/report.en.ts'), es: () => import('../../client/coordinator/words/report.es.ts') },
  audit: { en: () => import('../../client/coordinator/words/audit.en.ts'), es: () => import('../../client/coordinator/words/audit.es.ts') },
  release: { en: () => import('../../client/coordinator/words/release.en.ts'), es: () => import('../../client/coordinator/words/release.es.ts') },
  press: { en: () => import('../../client/press/words/press.en.ts'), es: () => import('../../client/press/words/press.es.ts') },
  phone: { en: () => import('../../client/observer/words/en.ts'), es: () => import('../../client/observer/words/es.ts') },
  late: { en: () => import('../../client/observer/words/late.en.ts'), es: () => import('../../client/observer/words/late.es.ts') },
  delivering: { en: () => import('../../client/observer/words/delivery.en.ts'), es: () => import('../../client/observer/words/delivery.es.ts') },
  signing: { en: () => import('../../client/observer/words/signing.en.ts'), es: () => import('../../client/observer/words/signing.es.ts') },
  fileFor: { en: () => import('../../client/coordinator/words/file.en.ts'), es: () => import('../../client/coordinator/words/file.es.ts') },
  plug: { en: () => import('../../client/coordinator/words/plug.en.ts'), es: () => import('../../client/coordinator/words/plug.es.ts') },
  delegation: { en: () => import('../../client/kit/people/delegation/words.en.ts'), es: () => import('../../client/kit/people/delegation/words.es.ts') },
  join: { en: () => import('../../client/entry/words/join.en.ts'), es: () => import('../../client/entry/words/join.es.ts') },
  check: { en: () => import('../../client/entry/words/check.en.ts'), es: () => import('../../client/entry/words/check.es.ts') },
  api: { en: () => import('../../client/entry/words/api.en.ts'), es: () => import('../../client/entry/words/api.es.ts') },
  signIn: { en: () => import('../../client/kit/signin/words/en.ts'), es: () => import('../../client/kit/signin/words/es.ts') },
  setUp: { en: () => import('../../client/entry/words/setup.en.ts'), es: () => import('../../client/entry/words/setup.es.ts') },
} as const

type Catalogues = typeof catalogues
export type Language = 'en' | 'es'
/** All words of all screens in one language. */
export type Words = { [Name in keyof Catalogues]: Awaited<ReturnType<Catalogues[Name]['en']>>['words'] }

export async function readWords(language: Language): Promise<Words> {
  const { common, desk, notices, start, people, room, report, audit, release, press, phone, late, delivering, signing, check, api, join, signIn, setUp, delegation, fileFor, plug } = catalogues
  return {
    common: (await common[language]()).words, desk: (await desk[language]()).words, start: (await start[language]()).words, notices: (await notices[language]()).words, people: (await people[language]()).words,
    room: (await room[language]()).words, report: (await report[language]()).words, audit: (await audit[language]()).words, release: (await release[language]()).words, press: (await press[language]()).words,
    phone: (await phone[language]()).words, late: (await late[language]()).words, delivering: (await delivering[language]()).words, signing: (await signing[language]()).words, check: (await check[language]()).words, api: (await api[language]()).words, join: (await join[language]()).words, signIn: (await signIn[language]()).words, setUp: (await setUp[language]()).words, delegation: (await delegation[language]()).words, fileFor: (await fileFor[language]()).words, plug: (await plug[language]()).words,
  }
}

const textsIn = (words: object): string[] => Object.values(words).flatMap((value: unknown) => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? textsIn(value) : []))

/** The texts that belong to one language alone: on a screen in the other they are words that nobody translated. */
export function textsOnlyIn(words: Words, other: Words): ReadonlySet<string> {
  const theirs = new Set(textsIn(other))
  return new Set(textsIn(words).filter((text) => !theirs.has(text)))
}
