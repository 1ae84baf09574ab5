import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { countPlaces, isExactNumber } from '../../src/domain/exact-number.ts'
import { measureProcessorMs } from '../support/processor-time.ts'

describe('a written number', () => {
  it.each([
    '0',
    '-0',
    '007',
    '28900',
    '28900.00',
    '-11.2',
    '0.30000000000000004',
    '1e-7',
    '1E+5',
    '5e-324',
    '9007199254740991',
  ])('%s is kept by a double', (written) => expect(isExactNumber(written)).toBe(true))

  it.each([
    '2020.9999999999999999',
    '30999.99999999999999999',
    '28900.000000000001',
    '28900.0000000000000000000000001',
    '12345678901234567890',
    '-9007199254740993',
    '9007199254740992',
    '1e20',
    '0.1234567890123456789',
    '1e400',
    '-1e400',
    '1e-400',
    '0.10000000000000001',
  ])('%s is another one', (written) => expect(isExactNumber(written)).toBe(false))

  it('of many digits is judged without delay', async () => {
    const written = `1.${'0'.repeat(50_000)}1`
    const ms = await measureProcessorMs(async () => expect(isExactNumber(written)).toBe(false))
    expect(ms).toBeLessThan(1_500)
  })

  it('is kept wherever it is the shortest text of a double below 2^53', () => {
    const double = fc.double({
      noNaN: true,
      noDefaultInfinity: true,
      min: -(2 ** 53 - 1),
      max: 2 ** 53 - 1,
    })
    fc.assert(
      fc.property(
        double,
        (number) => isExactNumber(String(number)) && isExactNumber(JSON.stringify(number)),
      ),
    )
  })

  it.each([
    [0, 0],
    [-0, 0],
    [28900, 0],
    [28900.25, 2],
    [28900.000000001, 9],
    [40.00000000000001, 14],
    [1.5e-7, 8],
    [1e21, 0],
  ])('%d has %i decimal places', (number, places) => expect(countPlaces(number)).toBe(places))
})
