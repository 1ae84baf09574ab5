import { describe, expect, it } from '@jest/globals'
import { photoParser } from '../../src/imports/jekyll/car-values.ts'
import type { FrontMatterValue } from '../../src/imports/jekyll/front-matter.ts'
import {
  booleanParser,
  countParser,
  listParser,
  enumParser,
  recordsParser,
  textParser,
  webAddressParser,
} from '../../src/imports/jekyll/values.ts'
import type { FieldContext } from '../../src/imports/jekyll/values.ts'

const at = (key: string): FieldContext => ({
  key,
  now: new Date('2026-11-21T12:00:00Z'),
  currency: 'USD',
})

describe('a count in words', () => {
  const owners = countParser(99, /^none$/i, / owners?$/i)

  it.each([
    ['2', 2],
    ['1 owner', 1],
    ['None', 0],
    ['0', 0],
  ])('reads %s', (written, value) => {
    expect(owners(written, at('previous_owners'))).toEqual({ value })
  })

  it('keeps 4+ as 4 and says what was lost', () => {
    expect(owners('4+', at('previous_owners'))).toEqual({
      value: 4,
      notes: ['previous_owners "4+" is saved as 4: the column cannot store "or more".'],
    })
  })

  it.each(['many', '+4', '4++', '1.5', '-1', '1000'])('refuses %s', (written) => {
    expect(owners(written, at('previous_owners'))).toEqual({
      problem: `previous_owners "${written}" is not a number; write how many, or None.`,
    })
  })
})

describe('a count beyond the column', () => {
  it('is refused', () => {
    expect(countParser(99, /^none$/i, / owners?$/i)('100', at('previous_owners'))).toEqual({
      problem: 'previous_owners "100" exceeds the maximum of 99.',
    })
  })
})

describe('service records', () => {
  it.each([
    ['Available', true],
    ['yes', true],
    ['None', false],
    ['false', false],
    ['0', false],
  ])('are %s: nothing is lost', (written, value) => {
    expect(recordsParser()(written, at('service_records'))).toEqual({ value })
  })

  it.each(['5-10', '10-20', '20+ records', '20+', 'Less than 5', '12'])(
    'of which there are %s are kept without their number',
    (written) => {
      const notes = [
        `service_records_on_file "${written}" is saved as yes: there is no column for how many.`,
      ]
      expect(recordsParser()(written, at('service_records_on_file'))).toEqual({
        value: true,
        notes,
      })
    },
  )

  it('that are complete are kept without that word', () => {
    const notes = [
      'service_records "Complete" is saved as yes: there is no column for how complete they are.',
    ]
    expect(recordsParser()('Complete', at('service_records'))).toEqual({ value: true, notes })
  })

  it('that say neither yes nor no are refused', () => {
    const problem =
      'service_records "ask Bob" does not indicate whether records are available; write ' +
      'Available or None.'
    expect(recordsParser()('ask Bob', at('service_records'))).toEqual({ problem })
  })
})

describe('a flag, a word and an address', () => {
  it('reads true and false as YAML and Jekyll write them', () => {
    expect(
      ['true', 'Yes', 'on'].map((written) => booleanParser()(written, at('featured'))),
    ).toEqual(Array(3).fill({ value: true }))
    expect(
      ['FALSE', 'no', 'off'].map((written) => booleanParser()(written, at('featured'))),
    ).toEqual(Array(3).fill({ value: false }))
    expect(booleanParser()('maybe', at('featured'))).toEqual({
      problem: 'featured "maybe" is not true or false.',
    })
  })

  it('reads one of a few words in any case', () => {
    expect(enumParser(['available', 'sold'])('Sold', at('status'))).toEqual({ value: 'sold' })
    expect(enumParser(['available', 'sold'])('gone', at('status'))).toEqual({
      problem: 'status "gone" is not one of available, sold.',
    })
  })

  it('takes http addresses that fit the column', () => {
    expect(webAddressParser(30)('https://example.com/a', at('carfax_url'))).toEqual({
      value: 'https://example.com/a',
    })
    expect(
      webAddressParser(30)(`https://example.com/${'a'.repeat(11)}`, at('carfax_url')),
    ).toHaveProperty('problem')
    for (const other of [
      'javascript:alert(1)',
      '//example.com',
      '/report',
      'example.com',
      'https://',
      'ftp://example.com',
    ]) {
      expect(webAddressParser(500)(other, at('carfax_url'))).toHaveProperty('problem')
    }
  })
})

describe('a list', () => {
  it('keeps its order, leaves out blank items, and may be empty', () => {
    expect(listParser(textParser(), 200)(['Sunroof', null, ' ', 'AWD'], at('features'))).toEqual({
      value: ['Sunroof', 'AWD'],
    })
    expect(listParser(textParser(), 200)([], at('features'))).toEqual({ value: [] })
  })

  it('of one may be written without a dash', () => {
    expect(listParser(textParser(), 200)('Sunroof, heated', at('features'))).toEqual({
      value: ['Sunroof, heated'],
    })
  })

  it('has no more items than the column takes', () => {
    expect(listParser(textParser(), 2)(['a', 'b'], at('features'))).toHaveProperty('value')
    expect(listParser(textParser(), 2)(['a', 'b', 'c'], at('features'))).toEqual({
      problem: 'features a list has 3 items; the limit is 2.',
    })
  })

  it('names every item that it refuses, five of them in full', () => {
    const nested: FrontMatterValue = ['ok', ['a'], new Map()]
    expect(listParser(textParser(), 200)(nested, at('features'))).toEqual({
      problem:
        'features item 2 a list is not a single value; write one after the colon. features ' +
        'item 3 a group of keys is not a single value; write one after the colon.',
    })
    expect(listParser(photoParser(), 100)(Array(9).fill('x'), at('images'))).toHaveProperty(
      'problem',
      expect.stringMatching(/item 5.*\. There are problems with 4 more of the images\.$/),
    )
  })

  it('takes photos of other hosts and of the own site', () => {
    const photos = ['https://cdn.example.com/a.jpg', '/assets/images/front.jpg']
    expect(listParser(photoParser(), 100)(photos, at('images'))).toEqual({ value: photos })
    expect(listParser(photoParser(), 100)(['javascript:alert(1)'], at('images'))).toEqual({
      problem:
        'images item 1: "javascript:alert(1)" is not a photo URL; it must start with ' +
        'https://, http:// or /.',
    })
  })
})
