import { describe, expect, it } from '@jest/globals'
import { isBeforeVins, readCharacters } from '../../src/domain/vin-reading.ts'

describe('a model year', () => {
  it('is before VINs until 1980; an unknown one is not', () => {
    expect([1980, 1981, undefined].map(isBeforeVins)).toEqual([true, false, false])
  })
})

describe('the characters of a number', () => {
  it('are normalized', () =>
    expect(readCharacters(' 1hgcm-82633a004352', 'vin')).toEqual({ text: '1HGCM82633A004352' }))

  it.each([
    ['', 'vin', 'is empty; it must have 17 characters.'],
    ['A'.repeat(201), 'vin', 'is far too long'],
    [
      'ABC',
      'vin',
      'has 3 characters; it must have 17 characters. Only cars from model years before 1981',
    ],
    ['ABC', 'chassis number', 'has 3 characters; it must have 5 to 17 characters.'],
    ['1HG/', 'vin', 'has "/" at position 4: retype it'],
    [
      'VIN: 1HGCM82633A004352',
      'vin',
      'Did you mean the VIN inside it? 1HGCM82633A004352 is valid.',
    ],
  ] as const)('of %j as a %s are refused', (raw, kind, words) => {
    const read = readCharacters(raw, kind)
    expect('problem' in read && read.problem.message).toContain(words)
  })
})
