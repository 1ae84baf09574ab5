import { describe, expect, it } from '@jest/globals'
import type { VpicResult } from '../../src/vin/domain/source-result.ts'
import { buildFacts, buildMatch, merge } from '../support/vin-facts.ts'

const decoded = (...matches: ReturnType<typeof buildMatch>[]) => ({
  status: 'decoded' as const,
  matches,
})
const vpic = (facts: Parameters<typeof buildFacts>[0], isConfirmed = true): VpicResult => ({
  status: 'decoded',
  facts: buildFacts(facts),
  isConfirmed,
  message: isConfirmed ? null : 'vPIC has doubts.',
})

describe('one answer from several sources', () => {
  it('takes each fact from the best source, and says from which one', () => {
    const { fields } = merge({
      vpic: vpic({ year: 2003, make: 'Honda', model: 'Accord', transmission: 'Automatic' }),
      offline: decoded(buildMatch(2003, { trim: 'EX-V6', doors: 2 })),
      economy: {
        status: 'decoded',
        facts: { doors: 4, mpgCity: 18, mpgHighway: 26 },
        message: null,
      },
    })
    expect(fields).toMatchObject({
      model: { value: 'Accord', source: 'vpic', confidence: 'confirmed' },
      transmission: { value: 'Automatic', source: 'vpic', confidence: 'confirmed' },
      trim: { value: 'EX-V6', source: 'offline', confidence: 'likely' },
      doors: { value: 2, source: 'offline', confidence: 'likely' },
      mpgCity: { value: 18, source: 'epa', confidence: 'likely' },
    })
  })

  it('calls an offline model likely, and a make that the VIN confirms confirmed', () => {
    const { fields } = merge({ offline: decoded(buildMatch(2003)) })
    expect(fields.model).toEqual({ value: 'Accord', source: 'offline', confidence: 'likely' })
    expect(fields.make).toEqual({ value: 'Honda', source: 'vin', confidence: 'confirmed' })
  })

  it('calls what vPIC doubts likely', () => {
    expect(merge({ vpic: vpic({ model: 'Accord' }, false) }).fields.model?.confidence).toBe(
      'likely',
    )
  })

  it('names what no source knows, and why', () => {
    const { unknown, sources } = merge({
      offline: { status: 'no_data', message: 'No such vehicle.' },
      vpic: { status: 'unavailable', message: 'vPIC did not respond in time.' },
    })
    expect(unknown).toEqual(expect.arrayContaining(['model', 'trim', 'mpgCity']))
    expect(sources).toMatchObject({
      offline: { status: 'no_data', message: 'No such vehicle.' },
      vpic: { status: 'unavailable', message: 'vPIC did not respond in time.' },
      epa: { status: 'off' },
    })
  })

  it('has maker and country of a European VIN that no source describes', () => {
    const { country, fields } = merge({ vin: 'WVWZZZ3CZEE140287' })
    expect(country).toBe('Germany')
    expect(fields.make).toEqual({ value: 'Volkswagen', source: 'vin', confidence: 'confirmed' })
    expect(fields.year).toBeNull()
  })
})

describe('the model year', () => {
  it('is the entered one, whatever the VIN says', () => {
    const { fields, contradictions } = merge({
      typedYear: 2005,
      vpic: vpic({ year: 2003 }),
    })
    expect(fields.year).toEqual({ value: 2005, source: 'typed', confidence: 'confirmed' })
    expect(contradictions).toMatchObject([
      { field: 'year', typed: 2005, decoded: 2003, source: 'vin' },
    ])
  })

  it('contradicts the years that the VIN of such a vehicle can stand for, and no others', () => {
    const { contradictions, modelYears } = merge({
      vin: '1FTFW5L86RFB45612',
      typedYear: 2021,
      offline: decoded(buildMatch(2024)),
    })
    expect(modelYears).toEqual([2024])
    expect(contradictions[0]?.message).toBe(
      'VIN 1FTFW5L86RFB45612 stands for model year 2024, but the year entered is 2021.',
    )
  })

  it('is certain for a car, whose VIN distinguishes the years', () => {
    const { fields, modelYears } = merge({
      vin: 'KM8K2CAB4PU001140',
      offline: decoded(buildMatch(2023)),
    })
    expect(fields.year).toEqual({ value: 2023, source: 'vin', confidence: 'confirmed' })
    expect(modelYears).toEqual([2023])
  })

  it('is a guess for a heavy truck that exists in both years, and contradicts neither', () => {
    const matches = [2024, 1994].map((year) => ({ ...buildMatch(year), kind: 'other' as const }))
    const truck = { vin: '4ENGAAA81R1003437', offline: decoded(...matches) }
    expect(merge(truck).fields.year).toEqual({ value: 2024, source: 'vin', confidence: 'likely' })
    expect(merge(truck).modelYears).toEqual([2024, 1994])
    expect(merge({ ...truck, typedYear: 1994 })).toMatchObject({
      fields: { year: { value: 1994, source: 'typed' } },
      contradictions: [],
    })
  })

  it('is the one of which there is such a heavy truck', () => {
    const matches = [{ ...buildMatch(1994), kind: 'other' as const }]
    const { fields } = merge({ vin: '4ENGAAA81R1003437', offline: decoded(...matches) })
    expect(fields.year).toEqual({ value: 1994, source: 'offline', confidence: 'likely' })
  })

  it('is unknown, not wrong, for a 0 at position 10 outside North America', () => {
    const { fields, modelYears, contradictions } = merge({ vin: 'WBAKV210500V39117' })
    expect(fields.year).toBeNull()
    expect(modelYears).toEqual([])
    expect(contradictions).toEqual([])
  })
})
