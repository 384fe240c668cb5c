import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Pack, flaggedIn, fold, packFaults, titleOf } from '../../shared/pack.ts'
import { divisionsOf, findDivision } from '../../shared/packs/divisions.ts'

const pack = Pack.parse(JSON.parse(readFileSync(new URL('../../shared/packs/default.json', import.meta.url), 'utf8')))

/** Group, then each type with its severity: C critical, H high, M medium, L low. */
const types: Record<string, string> = {
  access: 'denied C, expelled C, limited M, photo L',
  safety: 'violence C, intimidation C, observer C, forces M',
  opening: 'late M, quorum H, box_unseen C, persons M',
  material: 'missing H, seal C, box C',
  list: 'turned_away H, signature M, impersonation H, identity M',
  voting: 'queue L, multiple C, ink M, assistance M, agents H',
  secrecy: 'booth M, violated C, photo M, group M',
  campaign: 'material L, pressure C, buying H',
  closing: 'hours H, refused H, loose C',
  counting: 'unfolded_ballots C, marker H, same_hand C, unauthentic H, more_than_signatures C, criteria H, handled C, hidden C, disorder M',
  sheet: 'sums H, blank C, unsigned M, copy H, altered H',
  transmission: 'kit M, system H, custody C',
  tabulation: 'not_uniform H, uncompared H, changed C, objection H, agents M, published C',
  place: 'steps M, good L',
}
const letters = { critical: 'C', high: 'H', medium: 'M', low: 'L' }
const languages = ['es', 'en'] as const
const texts = (given: Record<string, string>) => languages.map((language) => given[language] ?? '')

describe('the default pack', () => {
  test('names nothing that is not there and lacks no text in either language', () => {
    expect(packFaults(pack, languages)).toEqual([])
    expect(pack.phases.map((phase) => phase.code)).toEqual(['opening', 'voting', 'closing', 'counting', 'tabulation'])
  })

  test('is set with the apostrophe of print, and found with the one of a keyboard', () => {
    expect(JSON.stringify(pack)).not.toContain("'")
    expect(fold(titleOf(pack, 'access.limited', 'en'))).toContain(fold("table's work"))
  })

  test('has every group and type of the field, with its severity', () => {
    const ours = Object.fromEntries(pack.groups.map(({ code }) => {
      const own = pack.categories.filter((category) => category.group === code)
      return [code, own.map((category) => `${category.code.slice(code.length + 1)} ${letters[category.severity]}`).join(', ')]
    }))
    expect(ours).toEqual(types)
    for (const category of pack.categories) expect(category.code.startsWith(`${category.group}.`)).toBe(true)
  })

  test('asks for something in both languages, and belongs to a phase, for every category', () => {
    for (const category of pack.categories) {
      expect(category.phases.length, category.code).toBeGreaterThan(0)
      for (const text of texts(category.ask ?? {})) expect(text, category.code).toMatch(/^\p{Lu}.*\.$/u)
    }
  })

  test('has titles that are sentences of at most 60 characters, each once', () => {
    for (const language of languages) {
      const titles = pack.categories.map((category) => titleOf(pack, category.code, language))
      for (const title of titles) expect(title).toMatch(/^\p{Lu}.{5,59}$/u)
      expect(new Set(titles).size).toBe(titles.length)
    }
    expect(titleOf(pack, 'counting.unfolded_ballots', 'es')).toBe('Papeletas sin doblez entre las contadas')
    expect(titleOf(pack, 'counting.unfolded_ballots', 'en')).toBe('Ballots without folds among those counted')
  })

  test('begins captions so that a place can follow: capital first, no stop last, no flagged word', () => {
    const captions = [...pack.groups, ...pack.categories].flatMap((one) => (one.captions ? [one.captions] : []))
    for (const caption of captions) {
      for (const language of languages) {
        const text = caption[language] ?? ''
        expect(text).toMatch(/^\p{Lu}.*[\p{L}]$/u)
        expect(flaggedIn(pack, language, text).map((one) => one.text), text).toEqual([])
      }
    }
  })

  test('keeps its own titles and questions free of flagged words', () => {
    for (const { titles, ask } of pack.categories) {
      for (const language of languages) expect(flaggedIn(pack, language, `${titles[language]} ${ask?.[language]}`).map((one) => one.text)).toEqual([])
    }
  })

  test('gives each flagged word once in its language, with the reason in both', () => {
    const named = pack.flaggedWords.map((one) => `${one.language} ${one.word}`)
    expect(new Set(named).size).toBe(named.length)
    for (const flagged of pack.flaggedWords) for (const why of texts(flagged.why)) expect(why, flagged.word).toMatch(/\.$/)
  })

  test.each([
    ['es', 'Papeletas fraudulentas, robadas; esto demuestra un delito ilegal y amañado', ['fraudulentas', 'robadas', 'demuestra', 'delito', 'ilegal', 'amañado']],
    ['es', 'Alguien robó la urna', ['robó']],
    ['es', 'Al amanecer, Roberto Robles contó papeletas aprobadas con violencia cerca', []],
    ['en', 'The rigged count proves fraud: stolen ballots, illegal and manipulated, a crime', ['rigged', 'proves', 'fraud', 'stolen', 'illegal', 'manipulated', 'crime']],
    ['en', 'Evidence of origin: an improved rigid box, forgetful clerks', []],
  ])('%s: %s', (language, text, words) => {
    expect(flaggedIn(pack, language, text).map((one) => one.text)).toEqual(words)
  })
})

describe('divisions of El Salvador', () => {
  const salvador = divisionsOf('SV')
  if (!salvador) throw new Error('no divisions for SV')
  const place = (department: string, municipality: string, district: string) => findDivision(salvador, { department, municipality, district })

  test('14 departments, 44 municipalities, 262 districts, each name once where it is looked up', () => {
    const municipalities = salvador.departments.flatMap((department) => department.municipalities)
    expect([salvador.departments.length, municipalities.length, municipalities.flatMap((one) => one.districts).length]).toEqual([14, 44, 262])
    for (const department of salvador.departments) {
      const districts = department.municipalities.flatMap((one) => one.districts)
      expect(new Set(districts).size).toBe(districts.length)
    }
    expect(salvador.source).toContain('762')
  })

  test('other countries have none', () => {
    expect(divisionsOf('GT')).toBeNull()
    expect(divisionsOf(null)).toBeNull()
    expect(divisionsOf('constructor')).toBeNull()
  })

  test.each([
    [['AHUACHAPAN', 'ahuachapán  norte', 'San Lorenzo'], ['Ahuachapán', 'Ahuachapán Norte', 'San Lorenzo']],
    [['San Vicente', 'San Vicente Norte', 'San Lorenzo'], ['San Vicente', 'San Vicente Norte', 'San Lorenzo']],
    [['La Unión', 'La Unión Sur', ' '], ['La Unión', 'La Unión Sur', '']],
  ])('%j is %j', (given, found) => {
    const [department, municipality, district] = found
    expect(place(given[0]!, given[1]!, given[2]!)).toEqual({ place: { department, municipality, district } })
  })

  test.each([
    [['San Salvadro', 'San Salvador Centro', ''], 'unknown_department', 'San Salvador'],
    [['Atlántida', 'San Salvador Centro', ''], 'unknown_department', null],
    [['San Salvador', 'Mejicanos', 'Mejicanos'], 'unknown_municipality', 'San Salvador Centro'],
    [['San Salvador', 'San Salvador Cento', ''], 'unknown_municipality', 'San Salvador Centro'],
    [['San Miguel', 'La Libertad Costa', ''], 'unknown_municipality', null],
    [['La Libertad', 'La Libertad Sur', 'Santa Tecl'], 'unknown_district', 'Santa Tecla'],
    [['La Libertad', 'La Libertad Sur', 'Mejicanos'], 'unknown_district', null],
  ])('%j: %s, hint %s', (given, reason, hint) => {
    expect(place(given[0]!, given[1]!, given[2]!)).toMatchObject({ fault: { reason, hint } })
  })
})
