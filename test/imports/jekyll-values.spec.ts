import { describe, expect, it } from '@jest/globals'
import type { FrontMatterValue } from '../../src/imports/jekyll/front-matter.ts'
import { moneyParser, textParser, integerParser } from '../../src/imports/jekyll/values.ts'
import type { FieldContext } from '../../src/imports/jekyll/values.ts'

const at = (key: string): FieldContext => ({
  key,
  now: new Date('2026-11-21T12:00:00Z'),
  currency: 'USD',
})

describe('a text', () => {
  it('is trimmed and otherwise kept as it is written', () => {
    expect(textParser(100)('  TESLA ', at('make'))).toEqual({ value: 'TESLA' })
    expect(textParser()('3 Month / 3,000 Mile\nPowertrain', at('warranty'))).toEqual({
      value: '3 Month / 3,000 Mile\nPowertrain',
    })
  })

  it('is composed, and has one line where its column has', () => {
    expect(textParser(100)('E\u0301clair', at('trim'))).toEqual({ value: '\u00c9clair' })
    expect(textParser(100)('Te\nsla', at('make'))).toEqual({
      problem: 'make "Te\\nsla" contains a tab or a line break; write it on one line.',
    })
    expect(textParser()('bell\u0007', at('warranty'))).toHaveProperty('problem')
  })

  it('takes as many characters as the column and not one more', () => {
    expect(textParser(50)('x'.repeat(50), at('transmission'))).toEqual({ value: 'x'.repeat(50) })
    expect(textParser(50)('x'.repeat(51), at('transmission'))).toEqual({
      problem: `transmission "${'x'.repeat(51)}" has 51 characters; the limit is 50.`,
    })
  })

  it('is shortened where a sentence names it', () => {
    const parsed = textParser(100)('x'.repeat(5000), at('make'))
    expect(parsed).toEqual({
      problem: `make "${'x'.repeat(80)}…" has 5000 characters; the limit is 100.`,
    })
  })

  it('takes the name the lot has for a spelling', () => {
    const style = textParser(50, { 'sedan/saloon': 'Sedan' })
    expect(style('Sedan/Saloon', at('body_type'))).toEqual({ value: 'Sedan' })
    expect(style('Sedan', at('body_type'))).toEqual({ value: 'Sedan' })
    expect(style('constructor', at('body_type'))).toEqual({ value: 'constructor' })
  })

  it.each<[string, FrontMatterValue, string]>([
    ['a list', ['Honda'], 'make a list is not a single value; write one after the colon.'],
    [
      'a group',
      new Map([['a', 'b']]),
      'make a group of keys is not a single value; write one after the colon.',
    ],
    [
      'a NUL',
      'Hon\0da',
      'make "Hon\\u0000da" contains a character that cannot be stored; remove it.',
    ],
    [
      'half a character',
      'Honda\uD800',
      'make "Honda\\ud800" contains a character that cannot be stored; remove it.',
    ],
  ])('refuses %s', (_, raw, problem) => {
    expect(textParser(100)(raw, at('make'))).toEqual({ problem })
  })
})

describe('an amount of money', () => {
  it.each([
    ['14499.00', 14499],
    ['26500', 26500],
    ['14499.5', 14499.5],
    ['14,499.99', 14499.99],
    ['$14,499', 14499],
    ['0.01', 0.01],
    ['99999999.99', 99_999_999.99],
  ])('reads %s', (written, value) => {
    expect(moneyParser('why')(written, at('price'))).toEqual({ value })
  })

  it('may have the sign of the lot’s currency, but no other', () => {
    const inEuros = { ...at('price'), currency: 'EUR' }
    expect(moneyParser()('€14,499', inEuros)).toEqual({ value: 14_499 })
    expect(moneyParser()('$14,499', inEuros)).toHaveProperty('problem')
    expect(moneyParser()('€14,499', at('price'))).toHaveProperty('problem')
  })

  it('refuses 0 with the reason of the column', () => {
    for (const zero of ['0', '0.00', '$0']) {
      expect(moneyParser('name a price')(zero, at('price'))).toEqual({
        problem: `price "${zero}" is 0: name a price.`,
      })
    }
  })

  it('may be 0 where the column has no reason against it', () => {
    expect(moneyParser()('0.00', at('msrp'))).toEqual({ value: 0 })
  })

  it.each([
    '14.499,00',
    '1,4499',
    '14499.001',
    '-5',
    '1e5',
    '15k',
    'call',
    '٣',
    '14 499',
    '',
    'NaN',
    'Infinity',
    '€5',
  ])('refuses %j', (written) => {
    expect(moneyParser('why')(written, at('price'))).toHaveProperty('problem')
  })

  it('refuses more than the column takes', () => {
    expect(moneyParser('why')('100000000', at('msrp'))).toEqual({
      problem: 'msrp "100000000" exceeds the maximum of 99999999.99.',
    })
  })
})

describe('a whole number', () => {
  const miles = integerParser({
    from: 1,
    to: 1_000_000,
    unit: / ?(?:miles?|mi)$/i,
    zero: 'not read',
  })

  it.each([
    ['66000', 66_000],
    ['66,000', 66_000],
    ['66000 miles', 66_000],
    ['1 mile', 1],
    ['12mi', 12],
    ['66000.0', 66_000],
  ])('reads %s', (written, value) => {
    expect(miles(written, at('mileage'))).toEqual({ value })
  })

  it.each([
    ['0', 'mileage "0" is 0: not read.'],
    ['66000.5', 'mileage "66000.5" is not a whole number.'],
    ['66k', 'mileage "66k" is not a whole number.'],
    ['66000 km', 'mileage "66000 km" is not a whole number.'],
    ['-1', 'mileage "-1" is not a whole number.'],
    ['1000001', 'mileage "1000001" is not between 1 and 1000000.'],
    ['99999999999999999999', 'mileage "99999999999999999999" is not a whole number.'],
  ])('refuses %s', (written, problem) => {
    expect(miles(written, at('mileage'))).toEqual({ problem })
  })
})
