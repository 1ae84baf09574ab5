import { describe, expect, it } from '@jest/globals'
import { GARAGE_VIN_FIELDS } from '../../src/vin/domain/facts.ts'
import { planFill } from '../../src/vin/domain/plan-fill.ts'
import { buildMatch, merge } from '../support/vin-facts.ts'

const options = { fields: GARAGE_VIN_FIELDS, fillsGuessedYear: false }
const decoding = merge({
  offline: { status: 'decoded', matches: [buildMatch(2003, { trim: 'EX-V6', doors: 2 })] },
})

describe('filling in', () => {
  it('fills what is empty, and keeps what was entered', () => {
    const plan = planFill(decoding, { model: 'Accord Coupe', trim: ' ' }, options)
    expect(plan.filled).toEqual([
      { field: 'year', value: 2003, confidence: 'confirmed' },
      { field: 'make', value: 'Honda', confidence: 'confirmed' },
      { field: 'trim', value: 'EX-V6', confidence: 'likely' },
    ])
    expect(plan.kept).toEqual(['model'])
    expect(plan.unknown).toEqual(['engine', 'transmission'])
  })

  it('fills nothing if the make that was entered is another one', () => {
    const plan = planFill(decoding, { make: 'Toyota' }, options)
    expect(plan.filled).toEqual([])
    expect(plan.contradictions).toMatchObject([{ field: 'make', typed: 'Toyota' }])
  })

  it('fills a guessed year only where a person sees it', () => {
    const truck = merge({ vin: '4ENGAAA81R1003437' })
    const find = (fillsGuessedYear: boolean) =>
      planFill(truck, {}, { fields: ['year'], fillsGuessedYear }).filled
    expect(find(false)).toEqual([])
    expect(find(true)).toEqual([{ field: 'year', value: 2024, confidence: 'likely' }])
  })
})
