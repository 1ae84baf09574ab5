import { describe, expect, it } from '@jest/globals'
import { joinPlainText, toPlainValue } from '../../plugins/scraping/domain/plain-value.ts'

describe('a value of JSON', () => {
  it.each<[unknown, unknown]>([
    ['$20,000', '$20,000'],
    [20_000, 20_000],
    [{ value: '$20,000' }, '$20,000'],
    [{ _type: 'localized', en_US: 'EX-L' }, 'EX-L'],
    [{ name: { '@value': 'Kia' } }, 'Kia'],
    [{ value: '72,420', unitCode: 'KMT' }, '72,420 KMT'],
    [{ amount: 20_000, currency: 'CAD' }, '20000 CAD'],
    [[{}, null, { uri: '/a.jpg' }, '/b.jpg'], '/a.jpg'],
    [true, null],
    [null, null],
    [undefined, null],
    [{}, null],
    [[], null],
    [{ a: { b: 1 } }, null],
    [[[[[['deep']]]]], null],
  ])('of %j is %j', (value, plain) => {
    expect(toPlainValue(value)).toBe(plain)
  })

  it('that is a text in parts is all of them', () => {
    expect(joinPlainText(['2020 Honda', { value: 'CR-V EX' }, null])).toBe('2020 Honda CR-V EX')
    expect([joinPlainText('2020 Honda'), joinPlainText([]), joinPlainText([{}])]).toEqual([
      '2020 Honda',
      null,
      null,
    ])
  })
})
