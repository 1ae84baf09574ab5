import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { chooseStockNumber } from '../../src/domain/stock-number.ts'

const VIN = '1HGCM82633A004352'

describe('the stock number of a car that comes without one', () => {
  it('is the last eight characters of its VIN', () => {
    expect(chooseStockNumber(VIN, new Set())).toBe('3A004352')
  })

  it('gets the first free ending where another car has it', () => {
    expect(chooseStockNumber(VIN, new Set(['3A004352']))).toBe('3A004352-2')
    expect(chooseStockNumber(VIN, new Set(['3A004352', '3A004352-2', '3A004352-4']))).toBe(
      '3A004352-3',
    )
  })

  it('is the whole of a short chassis number', () => {
    expect(chooseStockNumber('12345', new Set())).toBe('12345')
  })

  it('is never one that is taken, and always fits its column', () => {
    const endings = fc.array(fc.integer({ min: 2, max: 60 }), { maxLength: 60 })
    fc.assert(
      fc.property(endings, fc.boolean(), (numbers, bare) => {
        const taken = new Set([
          ...(bare ? ['3A004352'] : []),
          ...numbers.map((number) => `3A004352-${number}`),
        ])
        const given = chooseStockNumber(VIN, taken)
        expect(taken.has(given)).toBe(false)
        expect(given.length).toBeLessThanOrEqual(50)
      }),
    )
  })
})
