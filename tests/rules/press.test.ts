import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dateCreated, faultsOf, hourOf, keptIn, openTickets, placesOf, precisionOf, whyNotPicture, withheldNames } from '../../server/features/press/rules.ts'
import { coveredSentence, headlineOf, instructionsOf, markedAsExercise, proposedCaptions, quoteOf } from '../../shared/captions.ts'
import { Pack } from '../../shared/pack.ts'
import type { Precision } from '../../shared/press.ts'

const pack = Pack.parse(JSON.parse(readFileSync(new URL('../../shared/packs/default.json', import.meta.url), 'utf8')))
const mission = { pack, languages: ['es', 'en'], credit: 'Misión de prueba' }
const place = { municipality: 'La Libertad Este', department: 'La Libertad', country: 'El Salvador' }
const near: Precision = { level: 'municipality_hour', ...place, day: '2027-02-28', hour: 20 }
const wide: Precision = { level: 'department_halfday', department: 'La Libertad', country: 'El Salvador', day: '2027-02-28', half: 'afternoon' }

describe('the hour that holds an instant', () => {
  test.each([
    ['El Salvador is six hours behind', '2027-03-01T02:13:44.120Z', 'America/El_Salvador', '2027-02-28 20 2027-03-01T02:00:00.000Z 2027-03-01T03:00:00.000Z'],
    ['an hour’s first moment is in it', '2027-03-01T02:00:00.000Z', 'America/El_Salvador', '2027-02-28 20 2027-03-01T02:00:00.000Z 2027-03-01T03:00:00.000Z'],
    ['and its last', '2027-03-01T02:59:59.999Z', 'America/El_Salvador', '2027-02-28 20 2027-03-01T02:00:00.000Z 2027-03-01T03:00:00.000Z'],
    ['the last hour of a day', '2027-03-01T05:59:59.999Z', 'America/El_Salvador', '2027-02-28 23 2027-03-01T05:00:00.000Z 2027-03-01T06:00:00.000Z'],
    ['midnight begins the next day, at hour 0', '2027-03-01T06:00:00.000Z', 'America/El_Salvador', '2027-03-01 0 2027-03-01T06:00:00.000Z 2027-03-01T07:00:00.000Z'],
    ['hours of a zone that is off by 45 minutes', '2027-03-01T02:20:00.000Z', 'Asia/Kathmandu', '2027-03-01 8 2027-03-01T02:15:00.000Z 2027-03-01T03:15:00.000Z'],
    ['UTC', '2027-02-28T00:00:00.001Z', 'UTC', '2027-02-28 0 2027-02-28T00:00:00.000Z 2027-02-28T01:00:00.000Z'],
  ])('%s', (_, instant, zone, expected) => {
    const { day, hour, from, until } = hourOf(instant, zone)
    expect(`${day} ${hour} ${from} ${until}`).toBe(expected)
  })
})

describe('one precision leaves', () => {
  test.each<[string, Parameters<typeof precisionOf>, Precision]>([
    ['five observers: municipality and hour', [place, { day: '2027-02-28', hour: 20 }, 5], near],
    ['four observers: department and half-day', [place, { day: '2027-02-28', hour: 20 }, 4], wide],
    ['none at the place', [place, { day: '2027-02-28', hour: 20 }, 0], wide],
    ['no municipality, however many', [{ ...place, municipality: null }, { day: '2027-02-28', hour: 20 }, 50], wide],
    ['before noon is morning', [place, { day: '2027-02-28', hour: 11 }, 4], { ...wide, half: 'morning' }],
    ['noon is afternoon', [place, { day: '2027-02-28', hour: 12 }, 4], wide],
    ['midnight is morning', [place, { day: '2027-03-01', hour: 0 }, 4], { ...wide, day: '2027-03-01', half: 'morning' }],
  ])('%s', (_, given, expected) => {
    expect(precisionOf(...given)).toEqual(expected)
  })

  test('the file’s date and the names that it is found by say no more', () => {
    expect([dateCreated(near), dateCreated({ ...near, hour: 7 }), dateCreated(wide)]).toEqual(['2027-02-28T20', '2027-02-28T07', '2027-02-28'])
    expect([placesOf(near), placesOf(wide)]).toEqual([['La Libertad Este', 'La Libertad'], ['La Libertad']])
  })
})

describe('a caption', () => {
  const seen = { pack, category: 'counting.unfolded_ballots', languages: ['es', 'en'], credit: 'Misión San Lorenzo', exercise: false }

  test.each<[string, Precision, string, string]>([
    [
      'department and half-day', wide,
      'Lo que parecen ser papeletas sin dobleces visibles se cuentan en La Libertad, El Salvador, después del mediodía del domingo 28 de febrero de 2027. (Misión San Lorenzo.)',
      'What appear to be ballots without visible folds are counted in La Libertad, El Salvador, after midday on Sunday, 28 February 2027. (Misión San Lorenzo.)',
    ],
    [
      'morning', { ...wide, half: 'morning' },
      'Lo que parecen ser papeletas sin dobleces visibles se cuentan en La Libertad, El Salvador, antes del mediodía del domingo 28 de febrero de 2027. (Misión San Lorenzo.)',
      'What appear to be ballots without visible folds are counted in La Libertad, El Salvador, before midday on Sunday, 28 February 2027. (Misión San Lorenzo.)',
    ],
    [
      'municipality and hour', near,
      'Lo que parecen ser papeletas sin dobleces visibles se cuentan en La Libertad Este, La Libertad, El Salvador, entre las 20:00 y las 21:00 del domingo 28 de febrero de 2027. (Misión San Lorenzo.)',
      'What appear to be ballots without visible folds are counted in La Libertad Este, La Libertad, El Salvador, between 20:00 and 21:00 on Sunday, 28 February 2027. (Misión San Lorenzo.)',
    ],
    [
      'the hour after midnight', { ...near, day: '2027-03-01', hour: 0 },
      'Lo que parecen ser papeletas sin dobleces visibles se cuentan en La Libertad Este, La Libertad, El Salvador, entre las 00:00 y la 01:00 del lunes 1 de marzo de 2027. (Misión San Lorenzo.)',
      'What appear to be ballots without visible folds are counted in La Libertad Este, La Libertad, El Salvador, between 00:00 and 01:00 on Monday, 1 March 2027. (Misión San Lorenzo.)',
    ],
  ])('from verified fields: %s', (_, precision, es, en) => {
    expect(proposedCaptions({ ...seen, precision })).toEqual({ es, en })
  })

  test('of an exercise begins by saying so, and the file too', () => {
    const { es, en } = proposedCaptions({ ...seen, exercise: true, precision: wide })
    expect([es?.slice(0, 11), en?.slice(0, 10)]).toEqual(['Ejercicio. ', 'Exercise. '])
    expect(headlineOf({ ...seen, exercise: true, precision: wide })).toBe('Ejercicio. Escrutinio, La Libertad')
    expect(instructionsOf(['es', 'en'], true)).toMatch(/^Ejercicio\. .* \/ Exercise\. /)
    expect(instructionsOf(['es', 'en'], false)).not.toMatch(/Ejercicio|Exercise/)
  })

  test('of every category says nothing that the pack itself flags', () => {
    for (const { code } of pack.categories) expect([code, keptIn(mission, [proposedCaptions({ ...seen, category: code, precision: near })])]).toEqual([code, []])
  })

  test('in a language without words of its own has names and digits, and phrases in English', () => {
    expect(proposedCaptions({ ...seen, languages: ['fr'], precision: near })['fr']).toMatch(/\. La Libertad Este, La Libertad, El Salvador\. dimanche 28 février 2027, 20:00–21:00\. \(Misión San Lorenzo\.\)$/)
    expect(proposedCaptions({ ...seen, languages: ['fr'], precision: wide })['fr']).toContain('12:00–24:00')
    expect(quoteOf(1, ['fr'])['fr']).toBe('Verified by one person of the mission.')
  })

  test('of an exercise is marked, whatever a person wrote, once', () => {
    expect(markedAsExercise({ es: 'Papeletas.', en: 'Exercise. Ballots.', fr: 'Bulletins.' })).toEqual({ es: 'Ejercicio. Papeletas.', en: 'Exercise. Ballots.', fr: 'Exercise. Bulletins.' })
  })

  test('ends, once something is covered, by saying why; the quote says how many verified it', () => {
    expect(coveredSentence(['es', 'en'], [{ what: 'face' }, { what: 'face' }])).toEqual({ es: 'Rostros cubiertos por la misión para proteger a votantes.', en: 'Faces covered by the mission to protect voters.' })
    expect(coveredSentence(['es', 'en'], [{ what: 'face' }, { what: 'list' }])).toEqual({ es: 'Partes cubiertas por la misión para proteger a las personas.', en: 'Parts covered by the mission to protect people.' })
    expect(quoteOf(2, ['en'])).toEqual({ en: 'Verified by two people of the mission, neither of whom saw the other’s verdict.' })
    expect(quoteOf(1, ['es'])).toEqual({ es: 'Verificada por una persona de la misión.' })
  })
})

describe('what a release still lacks', () => {
  const right = {
    answers: { voterOrMinor: false, voteLinked: false, observer: false }, captions: { es: 'Papeletas se cuentan.', en: 'Ballots are counted.' }, alternatives: { es: 'Una mesa.', en: 'A table.' }, credit: 'Misión de prueba',
    covers: [{ left: 90, top: 0, width: 10, height: 50, what: 'face' as const }], keptWords: [] as string[],
  }
  const picture = { width: 100, height: 50, withheld: ['Centro Escolar Ejemplo 07', 'Sociedad', 'La Libertad Este', '0101', 'Red B'], proposed: { en: 'Ballots are counted between 20:00 and 21:00.' } }
  const faults = (change: Partial<typeof right> = {}) => faultsOf({ ...right, ...change }, mission, picture).map(({ path, reason }) => `${path} ${reason}`)

  test.each<[string, Partial<typeof right>, string[]]>([
    ['nothing', {}, []],
    ['a voter who can be recognised', { answers: { ...right.answers, voterOrMinor: true } }, ['answers.voterOrMinor blocks_release']],
    ['each yes blocks', { answers: { voterOrMinor: false, voteLinked: true, observer: true } }, ['answers.voteLinked blocks_release', 'answers.observer blocks_release']],
    ['a caption in each language of the mission', { captions: { es: '', en: 'Ballots are counted.' } }, ['captions.es required']],
    ['an alternative text in each', { alternatives: { es: 'Una mesa.', en: '' } }, ['alternatives.en required']],
    ['no other language', { captions: { ...right.captions, fr: 'x' } as typeof right.captions }, ['captions.fr not_in_list']],
    ['a flagged word that nobody kept', { captions: { ...right.captions, es: 'Papeletas fraudulentas.' } }, ['captions.es blocks_release']],
    ['a flagged word that was kept, written otherwise', { captions: { ...right.captions, es: 'Papeletas FRAUDULENTAS.' }, keptWords: ['fraudulentas'] }, []],
    ['a flagged word beside another that was kept', { captions: { ...right.captions, es: 'Fraude: papeletas fraudulentas.' }, keptWords: ['fraudulentas'] }, ['captions.es blocks_release']],
    ['a flagged word in an alternative text', { alternatives: { ...right.alternatives, es: 'Una papeleta falsificada.' } }, ['alternatives.es blocks_release']],
    ['the mission’s own name, which has a flagged word in it', { captions: { ...right.captions, es: 'Papeletas se cuentan. (Misión de prueba.)' } }, []],
    ['that word anywhere else', { captions: { ...right.captions, es: 'Una prueba. (Misión de prueba.)' } }, ['captions.es blocks_release']],
    ['a place that the precision withholds', { captions: { ...right.captions, en: 'Ballots are counted at Centro Escolar Ejemplo 07.' } }, ['captions.en does_not_agree']],
    ['a municipality that the precision withholds', { alternatives: { ...right.alternatives, es: 'Una mesa (La Libertad Este).' } }, ['alternatives.es does_not_agree']],
    ['a word that is only spelt like a place', { captions: { ...right.captions, es: 'La sociedad observa; Sociedades también.' } }, []],
    ['a clock time that the precision does not say', { captions: { ...right.captions, en: 'Ballots are counted at 14:06.' } }, ['captions.en does_not_agree']],
    ['that time as it is spoken', { alternatives: { es: 'Una mesa a las 2 p. m.', en: 'A table at 2.06 pm.' } }, ['alternatives.es does_not_agree', 'alternatives.en does_not_agree']],
    ['the hour that leaves anyhow', { captions: { ...right.captions, en: 'Ballots are counted between 20:00 and 21:00.' } }, []],
    ['figures that are no time', { captions: { ...right.captions, en: '2 of 14 ballots, 3.50 metres away, in 2027, 12 ambiguous marks.' } }, []],
    ['that time with a dot, and as an hour', { captions: { es: 'Se cuentan a las 20.16.', en: 'Counted at 20.16.' } }, ['captions.es does_not_agree', 'captions.en does_not_agree']],
    ['a station in other letters and with other spaces', { captions: { es: 'En el CENTRO  ESCOLAR EJEMPLO 07.', en: 'At centro escolar ejemplo 07, seen by RED B.' } }, ['captions.es does_not_agree', 'captions.en does_not_agree']],
    ['who observed, by number and organisation', { captions: { es: 'Observación 0101.', en: 'Seen by Red B.' } }, ['captions.es does_not_agree', 'captions.en does_not_agree']],
    ['a credit that names them', { credit: 'Observer 0101' }, ['credit does_not_agree']],
    ['a cover beyond the right edge', { covers: [{ ...right.covers[0]!, width: 11 }] }, ['covers.0 does_not_agree']],
    ['a cover beyond the lower edge', { covers: [right.covers[0]!, { ...right.covers[0]!, top: 1 }] }, ['covers.1 does_not_agree']],
  ])('%s', (_, change, expected) => {
    expect(faults(change)).toEqual(expected)
  })

  test('kept words are those that stand there, each once', () => {
    expect(keptIn(mission, [{ es: 'Fraude, fraude y robo.', en: 'Fine.' }, { es: 'Robo.', en: 'An illegal thing.' }])).toEqual(['fraude', 'robo', 'illegal'])
  })

  test('a name that the proposed caption holds anyhow is not withheld', () => {
    const station = { stationName: 'Centro Escolar Ejemplo 07', district: 'San Lorenzo', municipality: 'La Libertad Este', stationCode: null, tableCode: null, authorName: '', authorNumber: null, authorOrganisation: null }
    expect(withheldNames(station, { es: 'Papeletas en La Libertad, El Salvador. (Misión San Lorenzo.)' })).toEqual(['Centro Escolar Ejemplo 07', 'La Libertad Este'])
    expect(withheldNames({ stationName: null, district: '', municipality: null, stationCode: null, tableCode: null, authorName: '', authorNumber: null, authorOrganisation: null }, {})).toEqual([])
  })

  test('a table, a station’s code and the observer tell as much as a place; a short code is any number', () => {
    const told = { stationName: null, district: null, municipality: null, authorName: 'Ana Ejemplo', authorNumber: 7, authorOrganisation: 'Red B' }
    expect(withheldNames({ ...told, stationCode: 'CE-07', tableCode: '90031' }, { en: 'Ballots are counted.' })).toEqual(['CE-07', '90031', 'Ana Ejemplo', '0007', 'Red B'])
    expect(withheldNames({ ...told, stationCode: '7', tableCode: '31' }, {})).toEqual(['Ana Ejemplo', '0007', 'Red B'])
  })
})

test.each<[string, Parameters<typeof whyNotPicture>[0], string | undefined]>([
  ['looked into', { state: 'ready', width: 4000, height: 3000 }, undefined],
  ['only named', { state: 'awaited', width: null, height: null }, 'not_yet'],
  ['only a preview here', { state: 'preview', width: null, height: null }, 'not_yet'],
  ['not looked into yet', { state: 'received', width: null, height: null }, 'not_yet'],
  ['damaged', { state: 'unreadable', width: null, height: null }, 'wrong_kind'],
])('a picture that is %s', (_, photo, reason) => {
  const problem = whyNotPicture(photo)
  expect(problem?.details.fields?.[0]?.reason).toBe(reason)
})

test('a download’s address is one person’s, for 60 seconds', () => {
  const tickets = openTickets()
  tickets.give('t', { person: 'P', release: 'R', size: 'full' }, '2027-02-28T20:00:00.000Z')
  expect(tickets.find('t', 'P', '2027-02-28T20:00:59.999Z')).toMatchObject({ release: 'R', size: 'full' })
  expect(tickets.find('t', 'P', '2027-02-28T20:01:00.000Z')).toBeNull()
  expect(tickets.find('t', 'Q', '2027-02-28T20:00:01.000Z')).toBeNull()
  expect(tickets.find('u', 'P', '2027-02-28T20:00:01.000Z')).toBeNull()
})
