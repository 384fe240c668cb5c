import { describe, expect, it } from 'vitest'
import { chosen, merged } from '../../client/coordinator/report/meanwhile.ts'

type Fields = { severity: string; place: { station: string | null; table: string | null } }
const stood: Fields = { severity: 'low', place: { station: 'CE-01', table: null } }

describe('a form over what others may change', () => {
  it('holds what stands, and of itself only what this person chose', () => {
    const stands = { ...stood, severity: 'critical' }
    const place = { station: 'CE-01', table: '6119' }
    expect(merged(stood, stands, { place })).toEqual({ stood, stands, values: { severity: 'critical', place }, changed: ['place'], moved: ['severity'] })
    expect(merged(stood, stands, {})).toMatchObject({ values: stands, changed: [], moved: ['severity'] })
  })

  it('names what both changed, and what others made just so is changed here no more', () => {
    expect(merged(stood, { ...stood, severity: 'critical' }, { severity: 'high' })).toMatchObject({ values: { severity: 'high' }, changed: ['severity'], moved: ['severity'] })
    expect(merged(stood, { ...stood, severity: 'high' }, { severity: 'high' })).toMatchObject({ changed: [], moved: ['severity'] })
  })

  it('who goes back to what stands has chosen nothing, and who goes back to what stood has', () => {
    const mine = chosen(stood, {}, { severity: 'high', place: { station: null, table: null } })
    expect(chosen(stood, mine, { severity: 'low' })).toEqual({ place: { station: null, table: null } })
    expect(chosen({ ...stood, severity: 'critical' }, mine, { severity: 'low' })).toEqual({ ...mine, severity: 'low' })
  })
})
