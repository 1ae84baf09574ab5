import { describe, expect, it } from '@jest/globals'
import { formatCarTitle } from '../../src/domain/car-title.ts'

describe('the title of a car', () => {
  it('is its year, make, model and both ends of its VIN', () => {
    expect(
      formatCarTitle({ year: 2021, make: 'TESLA', model: 'Model 3', vin: '5YJ3E1EA5MF009071' }),
    ).toBe('2021 TESLA Model 3 · 5YJ3…9071')
  })

  it('shows a chassis number of ten characters or fewer whole', () => {
    expect(formatCarTitle({ year: 1965, make: 'Ford', model: 'Mustang', vin: '5F07C12345' })).toBe(
      '1965 Ford Mustang · 5F07C12345',
    )
  })

  it('shortens a chassis number of eleven', () => {
    expect(formatCarTitle({ year: 1965, make: 'Ford', model: 'Mustang', vin: '5F07C123456' })).toBe(
      '1965 Ford Mustang · 5F07…3456',
    )
  })

  it('keeps the spelling of make and model', () => {
    expect(formatCarTitle({ year: 1988, make: 'Citroën', model: '2CV', vin: 'AZKA1' })).toBe(
      '1988 Citroën 2CV · AZKA1',
    )
  })
})
