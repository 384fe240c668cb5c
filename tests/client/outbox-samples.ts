import type { Me } from '../../shared/mission.ts'
import type { Pack } from '../../shared/pack.ts'
import type { Draft, Filed, FiledPhoto } from '../../client/observer/outbox/records.ts'
import { fileDraft } from '../../client/observer/outbox/statement.ts'

export const mission = '01927000-0000-7000-8000-00000000000a'
export const author = '01927000-0000-7000-8000-00000000000b'
export const reportId = (last: number): string => `01927000-0000-7000-8000-${last.toString(16).padStart(12, '0')}`
export const sha = (letter: string): string => letter.repeat(64)

const texts = (es: string, en: string) => ({ es, en })

export const pack: Pack = {
  v: 1,
  languages: ['es', 'en'],
  phases: [{ code: 'counting', titles: texts('Escrutinio', 'Counting') }],
  groups: [
    { code: 'counting', titles: texts('Escrutinio', 'Counting'), captions: texts('Papeletas', 'Ballots') },
    { code: 'voting', titles: texts('Votación', 'Voting'), captions: texts('Fila', 'Queue') },
  ],
  categories: [
    { code: 'counting.unfolded_ballots', group: 'counting', severity: 'critical', titles: texts('Papeletas sin doblez', 'Ballots without folds'), phases: ['counting'] },
    { code: 'counting.disorder', group: 'counting', severity: 'medium', titles: texts('Conteo en desorden', 'Count in disorder'), phases: ['counting'] },
    { code: 'voting.queue', group: 'voting', severity: 'low', titles: texts('Fila', 'Queue'), phases: [] },
  ],
  flaggedWords: [],
}

export const me: Me = {
  person: { id: author, name: 'Ana Ejemplo', role: 'observer', number: 147, organisation: 'delegacion-a', organisationName: 'Delegación A', language: 'es' },
  mission: {
    id: mission, name: 'San Lorenzo', country: 'SV', zone: 'America/El_Salvador', languages: ['es', 'en'], days: ['2027-02-28'], credit: 'Misión', exercise: true, open: true, closed: false, step: 'done', pack,
    rules: { eyes: 1, otherOrganisation: false, releaserNotVerifier: false },
  },
  serverTime: '2027-02-28T20:00:00.000Z',
}

export const now = Date.parse('2027-03-01T02:14:33.120Z')

export const draft = (change: Partial<Draft> = {}): Draft => ({
  id: reportId(1), author, mission, startedAt: '2027-03-01T02:13:00.000Z', place: { station: 'CV-01', table: '6121', by: 'position' }, atStation: true, category: 'counting.unfolded_ballots', severity: null,
  observedAt: null, words: '', fix: null, photos: [], faults: [], ...change,
})

/** A saved report with pictures named by letters: `filed(1, 'ab')`. */
export function filed(last: number, letters = '', change: Partial<Filed> = {}, severity: Draft['severity'] = null): Filed {
  const photos = [...letters].map((letter) => ({ sha256: sha(letter), sizeBytes: 1000, how: 'phone_camera' as const, position: null, capturedAt: null }))
  return { ...fileDraft(draft({ id: reportId(last), photos, severity }), { me, now: now + last, zone: 'America/El_Salvador', language: 'es' }), ...change }
}

export const receipt = { number: 4812, receivedAt: '2027-03-01T02:15:00.000Z', signed: `${'a'.repeat(100)}.${'b'.repeat(86)}` }

/** The same with its pictures changed. */
export const withPhotos = (one: Filed, change: Partial<FiledPhoto>): Filed => ({ ...one, photos: one.photos.map((photo) => ({ ...photo, ...change })) })
