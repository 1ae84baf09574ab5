import { describe, expect, it } from '@jest/globals'
import { planApproval } from '../../src/review/domain/plan-approval.ts'

const KNOWN = { vin: '1HGCM82633A004352', mileage: 48_200, offer: 14_250 }

describe('the plan of an approval', () => {
  it('takes the mileage of the customer and the offer of the appraisal', () => {
    expect(planApproval({ price: 18_900 }, KNOWN)).toEqual({
      facts: { price: 18_900, cost: 14_250, mileage: 48_200, vin: KNOWN.vin },
    })
  })

  it('prefers what the manager enters', () => {
    const input = { price: 18_900, cost: 13_000, mileage: 48_900 }
    expect(planApproval(input, KNOWN)).toEqual({ facts: { ...input, vin: KNOWN.vin } })
  })

  it.each([
    ['price', {}, KNOWN],
    ['mileage', { price: 1 }, { ...KNOWN, mileage: null }],
    ['mileage', { price: 1 }, { ...KNOWN, mileage: 0 }],
    ['vin', { price: 1, vin: '1HGCM82633A004353' }, KNOWN],
    ['vin', { price: 1 }, { ...KNOWN, vin: null }],
    ['vin', { price: 1, vin: '' }, { ...KNOWN, vin: null }],
  ])('asks for the %s instead of guessing it', (path, input, known) => {
    expect(planApproval(input, known)).toMatchObject({ path, problem: expect.any(String) })
  })

  it('takes a VIN only if the submission has none', () => {
    const plan = planApproval({ price: 1, vin: KNOWN.vin }, { ...KNOWN, vin: null })
    expect(plan).toMatchObject({ facts: { vin: KNOWN.vin } })
  })
})
