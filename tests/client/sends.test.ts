import * as z from 'zod/mini'
import { beforeAll, describe, expect, it } from 'vitest'
import { Amendment } from '../../shared/amendments.ts'
import { StatedPhoto, Statement } from '../../shared/statement.ts'
import { draft, me as someone, now, sha } from './outbox-samples.ts'
import { fileDraft } from '../../client/observer/outbox/statement.ts'
import { readWords } from '../support/screen-words.ts'
import { standIn } from '../support/stand-in.ts'

standIn({
  BroadcastChannel: class { addEventListener() { return undefined } },
  navigator: { languages: ['en'] },
  document: { documentElement: {} },
  location: { search: '', pathname: '/observer/', hash: '' },
  addEventListener: () => undefined,
  matchMedia: () => ({ matches: false, addEventListener: () => undefined }),
  localStorage: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
})

/** Every path of a single value in a schema, as zod knows it when it runs. */
function pathsIn(schema: z.core.$ZodType, path = ''): string[] {
  if (schema instanceof z.core.$ZodObject) return Object.entries((schema as z.ZodMiniObject).def.shape).flatMap(([key, inner]) => pathsIn(inner, path ? `${path}.${key}` : key))
  if (schema instanceof z.core.$ZodNullable || schema instanceof z.core.$ZodOptional) return pathsIn(schema._zod.def.innerType, path)
  if (schema instanceof z.core.$ZodArray) return pathsIn(schema._zod.def.element, path)
  return [path]
}

const sends = await import('../../client/observer/sends/told.ts')
beforeAll(async () => {
  const { me } = await import('../../client/kit/me.ts')
  const { loadWords } = await import('../../client/kit/words/language.ts')
  me.value = someone
  await loadWords()
})

describe('[R131] what this sends', () => {
  it('has a line for each field that is signed, and words for it in every language', async () => {
    const signed = pathsIn(Statement).sort()
    expect(signed.length).toBeGreaterThan(25)
    expect([...sends.toldFields].sort()).toEqual(signed)
    const later = pathsIn(Amendment).sort()
    expect([...sends.toldLaterFields].sort()).toEqual(later)
    for (const language of ['es', 'en'] as const) expect(Object.keys((await readWords(language)).signing.sends.fields).sort()).toEqual([...new Set([...signed, ...later])].sort())
    expect(pathsIn(StatedPhoto)).toContain('position.latitude')
  })

  it('[R336] tells each value of a statement, each picture its own', () => {
    const photo = { sha256: sha('a'), sizeBytes: 3_612_004, how: 'gallery' as const, position: { latitude: 13.7, longitude: -89.2, accuracyMetres: 12.3, ageSeconds: 8 }, capturedAt: null }
    const { stated } = fileDraft(draft({ fix: { latitude: 13.7012345, longitude: -89.25, accuracyMetres: 12.34, at: now - 8000 }, words: 'Twenty of them', photos: [photo] }), { me: someone, now, zone: 'America/El_Salvador', language: 'es' })
    const { parts, photos } = sends.told(stated)
    const lines = Object.fromEntries(parts.flatMap((part) => part.lines).map(({ field, told }) => [field, told]))
    expect(lines).toMatchObject({ author: `Ana Ejemplo (${someone.person.id})`, mission: `San Lorenzo (${someone.mission.id})`, words: 'Twenty of them', 'position.latitude': '13.7012345°', 'position.ageSeconds': '8 s', table: '6121', 'times.zone': 'America/El_Salvador', severity: 'Critical' })
    expect(Object.fromEntries(photos[0]?.map(({ field, told }) => [field, told]) ?? [])).toMatchObject({ 'photos.sha256': sha('a'), 'photos.sizeBytes': '3.6 MB', 'photos.position.latitude': '13.7°', 'photos.capturedAt': 'not known' })
    expect(photos).toHaveLength(1)
    for (const field of ['times.observedAt', 'times.finishedAt']) expect(lines[field]).toMatch(/20\d\d, \d\d:\d\d \(.*UTC\)$/)
    expect(Object.values(lines).every((told) => told !== '')).toBe(true)
  })
})
