import { beforeAll, describe, expect, test, vi } from 'vitest'
import { standIn } from '../support/stand-in.ts'

// The language is the browser's at the first look, so there has to be one before anything is imported.
standIn({ navigator: { languages: ['es-SV', 'en'] }, document: { documentElement: { lang: '' } } })

const { chooseLanguage, language, loadWords } = await import('../../client/kit/words/language.ts')
const { common } = await import('../../client/kit/words/common.ts')
const { missionPlace, nameOfLanguage, number, short, size } = await import('../../client/kit/numbers.ts')
const times = await import('../../client/kit/times.ts')
const { beside, tell } = await import('../../client/kit/problems.ts')
const { Problem, refuse } = await import('../../shared/problem.ts')

beforeAll(async () => {
  missionPlace.value = { zone: 'America/El_Salvador', country: 'SV' }
  await loadWords()
})
const inEnglish = async (tell: () => void) => {
  await chooseLanguage('en')
  tell()
  await chooseLanguage('es')
}

const evening = '2027-03-01T02:14:33.120Z'

describe('words', () => {
  test('the browser’s first language that is ours', () => expect(language.value).toBe('es'))

  test('change at once, and stay when another cannot be had', async () => {
    expect(common().severities.critical).toBe('Crítico')
    await inEnglish(() => expect(common().severities.critical).toBe('Critical'))
    expect(common().severities.critical).toBe('Crítico')
  })
})

describe('times are the mission’s, whatever the zone of the device', () => {
  test('clock and day', async () => {
    expect(times.clock(evening)).toBe('20:14')
    expect(times.clockSeconds(evening)).toBe('20:14:33')
    expect(times.dayOf(evening)).toBe('2027-02-28')
    expect(times.day('2027-02-28')).toBe('domingo, 28 de febrero de 2027')
    await inEnglish(() => expect(times.day('2027-02-28')).toMatch(/^Sunday,? 28 February 2027$/))
  })

  test('today by the clock alone, another day with its date', () => {
    expect(times.moment(evening, new Date('2027-03-01T05:00:00.000Z'))).toBe('20:14')
    expect(times.moment(evening, new Date('2027-03-01T07:00:00.000Z'))).toMatch(/^28 feb\.?, 20:14$/)
    // By the mission's calendar: in El Salvador it is still the year before.
    expect(times.moment('2028-01-01T03:00:00.000Z', new Date('2027-12-01T07:00:00.000Z'))).toMatch(/^31 dic\.?, 21:00$/)
    expect(times.moment('2024-03-01T15:30:00.000Z', new Date(evening))).toMatch(/^1 mar\.? 2024, 09:30$/)
    expect(times.moment('2028-01-01T08:00:00.000Z', new Date('2027-12-31T07:00:00.000Z'))).toMatch(/^1 ene\.? 2028, 02:00$/)
  })

  test('on paper always with date and year, in UTC too where that has another', () => {
    expect(times.dated(evening)).toMatch(/^28 feb\.? 2027, 20:14 \(1 mar\.? 2027, 02:14 UTC\)$/)
    expect(times.dated('2027-02-28T18:00:00.000Z')).toMatch(/^28 feb\.? 2027, 12:00 \(18:00 UTC\)$/)
  })

  test.each([
    [0, 'ahora'],
    [-60_000, 'ahora'],
    [38_000, 'hace 38 s'],
    [240_000, 'hace 4 min'],
    [(2 * 60 + 22) * 60_000, 'hace 2 h 22 min'],
    [23 * 3_600_000 + 60_000, 'hace 23 h'],
    [3 * 86_400_000, 'hace 3 días'],
  ])('%d ms before', (before, words) => {
    expect(times.ago(evening, new Date(Date.parse(evening) + before))).toBe(words)
  })
})

test('numbers as the mission’s country writes them', async () => {
  expect(number(8597)).toBe('8,597')
  expect(size(612_000)).toBe('612 kB')
  expect(size(3_600_000)).toBe('3.6 MB')
  missionPlace.value = { zone: 'Europe/Madrid', country: 'ES' }
  expect(number(18_597)).toBe('18.597')
  missionPlace.value = { zone: 'America/El_Salvador', country: 'SV' }
  expect(nameOfLanguage('en')).toBe('Inglés')
})

test('[R397] numbers where there is little room, never more than there are, in words of either language', async () => {
  const shown = () => [9_999, 10_000, 12_999, 999_999, 1_290_000].map((value) => short(value).replace(/\s/g, ' '))
  expect(shown()).toEqual(['9,999', '10 mil', '12 mil', '999 mil', '1.2 M'])
  missionPlace.value = { zone: 'Europe/Madrid', country: 'ES' }
  expect(shown()).toEqual(['9999', '10 mil', '12 mil', '999 mil', '1,2 M'])
  language.value = 'en'
  expect(shown()).toEqual(['9,999', '10k', '12k', '999k', '1.2M'])
  language.value = 'es'
  missionPlace.value = { zone: 'America/El_Salvador', country: 'SV' }
})

describe('problems in words', () => {
  test('beside their field, and beside the field that holds them', async () => {
    const problem = new Problem('invalid_input', { fields: [{ path: 'name', reason: 'required' }, { path: 'days.1', reason: 'format' }] })
    expect(beside(problem, 'name')).toBe('Falta este dato.')
    expect(beside(problem, 'days')).toBe('No está escrito como debe ser.')
    expect(beside(problem, 'day')).toBeUndefined()
    await inEnglish(() => expect(beside(problem, 'name')).toBe('This is needed.'))
  })

  test('what happened, with the limit, the wait, the reference or the reason', () => {
    expect(tell(new Error('fetch failed'))).toBe(common().noAnswer)
    expect(tell(new Problem('too_large', { limit: 50_000_000 }))).toContain('50 MB')
    expect(tell(new Problem('slow_down', { retryAfterSeconds: 1 }))).toContain('1 segundo.')
    expect(tell(new Problem('slow_down', { retryAfterSeconds: 862 }))).toContain('15 minutos.')
    expect(tell(new Problem('broken', { reference: 'ad38a63b' }))).toContain('ad38a63b')
    expect(tell(refuse('id', 'own_report', 'not_allowed'))).toBe(common().fields.own_report)
  })
})

test('[R371] make no format anew for each row of a long list', () => {
  const [dates, figures] = [vi.spyOn(Intl, 'DateTimeFormat'), vi.spyOn(Intl, 'NumberFormat')]
  for (let at = 0; at < 200; at += 1) expect(times.moment(new Date(Date.UTC(2027, 1, 1 + (at % 28), at % 24)).toISOString(), new Date('2027-02-28T20:00:00Z')) + times.duration(at * 1e7)).not.toBe('')
  expect([dates.mock.calls.length <= 4, figures.mock.calls.length <= 1]).toEqual([true, true])
  dates.mockRestore()
  figures.mockRestore()
})
