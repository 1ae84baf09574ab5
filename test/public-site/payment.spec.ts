import { describe, expect, it } from '@jest/globals'
import { computePayment, type PaymentTerms } from '../../src/public-site/domain/payment.ts'

/** A loan alone: no fees and no tax, so that the price is what is financed. */
const aLoan = (price: number, months: number, interestRate: number): PaymentTerms => ({
  price,
  documentFee: 0,
  registrationFee: 0,
  taxRate: 0,
  downPayment: 0,
  months,
  interestRate,
})

describe('a monthly payment', () => {
  // The payments of 1,000 dollars in the usual loan tables, such as those of Thorndike's.
  it.each([
    [100_000, 12, 6_000, 8_607],
    [100_000, 36, 5_000, 2_997],
    [100_000, 60, 6_000, 1_933],
    [100_000, 72, 8_000, 1_753],
    [1_000_000, 60, 7_500, 20_038],
    [2_000_000, 48, 4_900, 45_968],
    [2_500_000, 72, 6_990, 42_611],
    [2_500_000, 60, 0, 41_667],
  ])(
    'of %d cents in %d months at %d thousandths of a percent is %d',
    (price, months, rate, cents) => {
      expect(computePayment(aLoan(price, months, rate)).monthlyPayment).toBe(cents)
    },
  )

  it.each([
    [2_500_000, 72, 6_990],
    [999_999, 120, 29_990],
    [1, 120, 0],
    [100, 7, 100_000],
  ])('pays off %d cents in %d months at %d to the cent', (price, months, rate) => {
    const { monthlyPayment, lastPayment, totalInterest } = computePayment(
      aLoan(price, months, rate),
    )
    expect(monthlyPayment * (months - 1) + lastPayment).toBe(price + totalInterest)
    expect(Math.abs(lastPayment - monthlyPayment)).toBeLessThan(400)
  })

  it('of a loan without interest is what is owed, in equal parts', () => {
    const payment = computePayment(aLoan(1_000, 3, 0))
    expect(payment).toMatchObject({ monthlyPayment: 333, lastPayment: 334, totalInterest: 0 })
  })
})

describe('a price out of the door', () => {
  it('has the fees, and the tax on the price and the document fee, half a cent up', () => {
    const terms = { ...aLoan(1_850_010, 60, 6_000), documentFee: 8_500, registrationFee: 35_000 }
    const payment = computePayment({ ...terms, taxRate: 9_375, downPayment: 200_000 })
    expect(payment).toMatchObject({
      salesTax: 174_235, // 174235.3125
      outTheDoor: 2_067_745,
      amountFinanced: 1_867_745,
    })
    expect(computePayment({ ...aLoan(50, 1, 0), taxRate: 1_000 }).salesTax).toBe(1) // 0.5
  })

  it('may be paid at once', () => {
    const payment = computePayment({ ...aLoan(100_000, 12, 6_000), downPayment: 100_000 })
    expect(payment).toMatchObject({ amountFinanced: 0, monthlyPayment: 0, totalInterest: 0 })
  })
})
