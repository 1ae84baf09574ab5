import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  parseListingUrl,
  parsePriceCents,
  parseCount,
  parseMiles,
  parseText,
  parseListingVin,
  parseModelYear,
} from '../../plugins/scraping/domain/listing-values.ts'
import { DOLLARS } from '../support/in-dollars.ts'

describe('a price', () => {
  it.each<[unknown, number]>([
    ['$12,345*', 1_234_500],
    ['12345', 1_234_500],
    [12_345, 1_234_500],
    [12_345.5, 1_234_550],
    ['$ 9,995.00 USD', 999_500],
    ['12345.67', 1_234_567],
    [15_999.999999, 1_600_000],
    ['Selling Price: $24,995', 2_499_500],
    ['$24,995 ($24,995)', 2_499_500],
    ['Price\n\t$1,234,567.89\n', 123_456_789],
    ['99999999.99', 9_999_999_999],
    ['US$12,345', 1_234_500],
    ['Marked down to $12,345', 1_234_500],
    ['Moved to CA: $12,345', 1_234_500],
    ['$12,\u200B345', 1_234_500],
  ])('of %j is %d cents', (result, cents) => {
    expect(parsePriceCents(result, DOLLARS)).toBe(cents)
  })

  it.each<unknown>([
    'Call for price',
    'Please call',
    '',
    '$',
    '0',
    0,
    '$0.00',
    null,
    undefined,
    true,
    {},
    ['$1'],
    NaN,
    Infinity,
    '-$5,000',
    '$-5,000',
    -12_345,
    1e300,
    '1e300',
    '99999999999999999999',
    100_000_000,
    '$20,000 $18,000',
    '$299/mo',
    '€25,000',
    '25.000 €',
    '£12,000',
    'CAD 25,000',
    '25,000 CAD',
    'C$25,000',
    'CA$25,000',
    'MX$250,000',
    '25.000',
    '$299 per mo',
    '$299 mo.',
    '$299 monthly',
    '$99 weekly',
    '$2,000 down',
    '$12 345',
    '($1,000)',
    '$(1,000)',
    'CDN $12,345',
    'Mex$350,000',
    '$299 per month',
    '12K',
    '12.5k',
    '1,23',
    '12,34,567',
    'ABC123',
    '$10,000 - $12,000',
    '\u221212,345',
    '1'.repeat(5_000),
  ])('of %j is not known', (message) => {
    expect(parsePriceCents(message, DOLLARS)).toBeNull()
  })

  it('comes back to the cent, however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (cents) => {
        const [whole, rest] = [Math.floor(cents / 100), String(cents % 100).padStart(2, '0')]
        const written = [
          `$${whole.toLocaleString('en-US')}.${rest}*`,
          `${whole}.${rest}`,
          cents / 100,
        ]
        expect(written.map((one) => parsePriceCents(one, DOLLARS))).toEqual([cents, cents, cents])
      }),
    )
  })
})

describe('mileage', () => {
  it.each<[unknown, number]>([
    ['45,231 mi', 45_231],
    ['45231 miles', 45_231],
    [45_231, 45_231],
    ['45231 SMI', 45_231],
    ['72,420 km', 45_000],
    ['72420 KMT', 45_000],
    ['72420 kilometers', 45_000],
    ['Mileage: 12', 12],
    [0, 0],
    ['10.4 mi', 10],
  ])('of %j is %d miles', (reported, miles) => {
    expect(parseMiles(reported)).toBe(miles)
  })

  it.each<unknown>([
    '',
    'N/A',
    -5,
    '-5 mi',
    '45K',
    '45.231',
    '45.231 km',
    1e300,
    9_999_999,
    '10 mi (16 km)',
    null,
    {},
    [1],
  ])('of %j is not known', (output) => {
    expect(parseMiles(output)).toBeNull()
  })
})

describe('a model year', () => {
  it('is four digits from 1900 to 2100, or the date that begins with them', () => {
    expect([2021, '2021', ' 1967 ', '2021-01-01'].map(parseModelYear)).toEqual([
      2021, 2021, 1967, 2021,
    ])
    expect(['2021.0', '2021-06', 'MY2021', 'Year: 2021'].map(parseModelYear)).toEqual(
      Array(4).fill(2021),
    )
    expect(
      [21, '21', 1899, 2101, '2021x', '20211', 2021.5, null, 1e300, '2021-22'].map(parseModelYear),
    ).toEqual(Array(10).fill(null))
  })
})

describe('a text', () => {
  it('is one line without control characters, and no longer than its column', () => {
    expect(parseText(' EX-L \n\t Sedan\0\u0007 ', 100)).toBe('EX-L Sedan')
    expect(parseText('x'.repeat(3_000), 100)).toHaveLength(100)
    expect(parseText('\u202Egnp.exe\u202C', 100)).toBe('gnp.exe')
    expect([
      parseText('', 9),
      parseText(' \0 ', 9),
      parseText(null, 9),
      parseText({}, 9),
      parseText(true, 9),
    ]).toEqual(Array(5).fill(null))
    expect(parseText(330, 9)).toBe('330')
  })

  it('keeps markup as the text that it is', () => {
    expect(parseText('<script>alert(1)</script>', 100)).toBe('<script>alert(1)</script>')
  })

  it('never ends in half a character, and never holds what a column refuses', () => {
    expect(parseText('1234🚗', 5)).toBe('1234')
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (rawValue, longest) => {
          const text = parseText(rawValue, longest) ?? 'x'
          expect(text.length).toBeLessThanOrEqual(longest)
          expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E]|^\s|\s$/u)
        },
      ),
    )
  })
})

describe('an address', () => {
  const base = 'https://dealer.example/used/list?page=2'

  it('is absolute and http(s), without its fragment', () => {
    expect(
      ['/used/1', '2', '?x=1', 'https://cdn.example/a.jpg#top', '//cdn.example/b.jpg'].map((href) =>
        parseListingUrl(href, base),
      ),
    ).toEqual([
      'https://dealer.example/used/1',
      'https://dealer.example/used/2',
      'https://dealer.example/used/list?x=1',
      'https://cdn.example/a.jpg',
      'https://cdn.example/b.jpg',
    ])
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'mailto:a@b.example',
    'https://a:b@c.example/',
    'http://',
    '',
    ' ',
  ])('is not %j', (href) => {
    expect(parseListingUrl(href, base)).toBeNull()
  })

  it('fits its column, and is a text', () => {
    expect(parseListingUrl(`/${'x'.repeat(500)}`, base)).toBeNull()
    expect([
      parseListingUrl(7, base),
      parseListingUrl({}, base),
      parseListingUrl(null, base),
    ]).toEqual([null, null, null])
  })
})

describe('a VIN', () => {
  it('is normalised, and none where it does not hold', () => {
    expect(parseListingVin(' 1hgcm82633a004352-', 2003)).toBe('1HGCM82633A004352')
    expect(parseListingVin('1HGCM82643A004352', 2003)).toBeNull()
    expect(parseListingVin('VIN #: 1HGCM82633A004352', 2003)).toBe('1HGCM82633A004352')
    expect(parseListingVin('VIN: 1HGCM82633A004352 or 5YJ3E1EA7KF317000', 2003)).toBeNull()
    expect(parseListingVin('Ref 1HGCM82633A0043521', 2003)).toBeNull()
    expect(
      ['11111111111111111', '1HGCM82633A00435', 'N/A', '', null, {}].map((rawValue) =>
        parseListingVin(rawValue, 2003),
      ),
    ).toEqual(Array(6).fill(null))
  })

  it('of a car made abroad may have any check digit', () => {
    expect(parseListingVin('WVWZZZ3CZEE140287', 2014)).toBe('WVWZZZ3CZEE140287')
    expect(parseListingVin('WBAVL1C50FVY41004', 2015)).toBe('WBAVL1C50FVY41004')
  })

  it('of a car before 1981 is its chassis number', () => {
    expect(parseListingVin('7R02C123456', 1967)).toBe('7R02C123456')
    expect(parseListingVin('7R02C123456', null)).toBeNull()
    expect(['1HGCM82643A004352', '11111'].map((text) => parseListingVin(text, 1967))).toEqual([
      null,
      null,
    ])
    expect(['NG668790', 'BNR32-012345'].map((text) => parseListingVin(text, 1990))).toEqual([
      null,
      null,
    ])
  })
})

describe('a count', () => {
  it.each<[unknown, number | null]>([
    [60, 60],
    ['60', 60],
    ['1,234 cars', 1_234],
    ['Showing 1-9 of 60 cars', 60],
    ['60 cars (page 1 of 8)', 60],
    ['Page 1 of 8', null],
    ['1-9 / 60', 60],
    [0, 0],
    [-1, null],
    ['-1', null],
    [1.5, null],
    ['1 2', null],
    [1e300, null],
    ['many', null],
    [null, null],
    [{}, null],
  ])('of %j is %j', (rawValue, count) => {
    expect(parseCount(rawValue)).toBe(count)
  })
})
