import { describe, expect, it } from '@jest/globals'
import {
  type DecimalSign,
  detectDecimal,
  parseWrittenNumber,
} from '../../src/garage/imports/domain/written-number.ts'

describe('the decimal sign of numbers', () => {
  it.each([
    [['12345', '10'], 'point'],
    [['10.5'], 'point'],
    [['10,5'], 'comma'],
    [['10,567', '35,20'], 'comma'],
    [['10.567', '35.20'], 'point'],
    [['12.345', '40,5'], 'comma'],
    [['1,234.50'], 'point'],
    [['1.234,50'], 'comma'],
    [['1.234.567'], 'comma'],
    [['0.567'], 'point'],
    [['0,567'], 'comma'],
    [['12345.678'], 'point'],
    [['12.345'], 'unknown'],
    [['12,345', '10.567'], 'unknown'],
    [['1.5', '1,5'], 'unknown'],
    [['€ 1 234,50'], 'comma'],
  ])('%j is %s', (texts, sign) => expect(detectDecimal(texts)).toBe(sign))
})

describe('a number in a file', () => {
  it.each<[string, DecimalSign, number]>([
    ['12345', 'comma', 12_345],
    ['12.345', 'comma', 12_345],
    ['12.345', 'point', 12.345],
    ['1,234.5', 'point', 1_234.5],
    ['1.234,5', 'comma', 1_234.5],
    ['$35.20', 'point', 35.2],
    ['12 345,5', 'comma', 12_345.5],
    ["1'234.5", 'point', 1_234.5],
    ['.5', 'point', 0.5],
    ['-3,5', 'comma', -3.5],
  ])('%j with a %s is %d', (text, sign, value) =>
    expect(parseWrittenNumber(text, sign)).toEqual({ value }),
  )

  it.each<[string, DecimalSign]>([
    ['ten', 'point'],
    ['10,5', 'point'],
    ['10.5', 'comma'],
    ['1,23,456', 'point'],
    ['1e5', 'point'],
    ['', 'point'],
  ])('%j with a %s is refused with an example', (text, sign) =>
    expect(parseWrittenNumber(text, sign)).toMatchObject({
      problem: expect.stringContaining('must be a number such as 1234'),
    }),
  )
})
