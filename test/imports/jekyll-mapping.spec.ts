import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { FrontMatterValue } from '../../src/imports/jekyll/front-matter.ts'
import { COLUMNS, parseStockNumber, WITHOUT_COLUMN } from '../../src/imports/jekyll/mapping.ts'
import { isBlank } from '../../src/imports/jekyll/values.ts'
import type { FieldContext } from '../../src/imports/jekyll/values.ts'

const at = (key: string, modelYear?: number): FieldContext => ({
  key,
  now: new Date('2026-11-21T12:00:00Z'),
  currency: 'USD',
  ...(modelYear === undefined ? {} : { modelYear }),
})

/** What the column of this key says of a value. */
const read = (key: string, raw: FrontMatterValue): unknown =>
  COLUMNS.find((column) => column.key === key)?.read(raw, at(key), {})

describe('the mapping', () => {
  it('reads every key once, and no key that it says has no column', () => {
    const keys = COLUMNS.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.filter((key) => WITHOUT_COLUMN.has(key))).toEqual([])
  })

  it.each([
    ['make', 100],
    ['model', 100],
    ['trim', 100],
    ['exterior_color', 100],
    ['interior_color', 100],
    ['engine', 100],
    ['transmission', 50],
    ['fuel_type', 50],
    ['drivetrain', 50],
    ['body_type', 50],
    ['condition', 50],
    ['title_status', 50],
    ['stock_number', 50],
  ])('takes a %s of %i characters and refuses one more by its key', (key, longest) => {
    expect(read(key, 'x'.repeat(longest))).toEqual({ value: 'x'.repeat(longest) })
    const problem = expect.stringMatching(
      new RegExp(`^${key} .* has ${longest + 1} characters; the limit is ${longest}\\.$`),
    )
    expect(read(key, 'x'.repeat(longest + 1))).toEqual({ problem })
  })

  it.each([
    ['primary_image', '/'],
    ['carfax_url', 'https://example.com/'],
    ['autocheck_url', 'https://example.com/'],
  ])('takes a %s of 500 characters', (key, start) => {
    expect(read(key, start.padEnd(500, 'x'))).toHaveProperty('value')
    expect(read(key, start.padEnd(501, 'x'))).toHaveProperty(
      'problem',
      expect.stringContaining('the limit is 500'),
    )
  })

  it.each([
    ['body_type', 'Sedan/Saloon', 'Sedan'],
    ['body_type', 'Pickup Truck', 'Pickup'],
    ['body_type', 'SUV', 'SUV'],
    ['accident_history', 'No accidents', 0],
    ['accident_history', 'None', 0],
    ['accident_history', '2 accidents reported', 2],
    ['previous_owners', '2 previous owners', 2],
    ['mileage', '66,000 mi.', 66_000],
    ['status', 'Hold', 'hold'],
  ])('reads %s %s as %s', (key, raw, value) => {
    expect(read(key, raw)).toEqual({ value })
  })
})

describe('the stock number in a permalink', () => {
  it('is not guessed from another address', () => {
    for (const other of [
      '/cars/PF424688/',
      '/vehicles/',
      '/vehicles/a/b/',
      '/vehicles/a b',
      `/vehicles/${'x'.repeat(51)}`,
      undefined,
    ]) {
      expect(parseStockNumber(other)).toBeNull()
    }
    expect(parseStockNumber('/vehicles/PF424688')).toBe('PF424688')
  })
})

describe('every column', () => {
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constant(null),
    fc.integer().map(String),
    fc.double().map(String),
  )
  const { value } = fc.letrec<{ value: FrontMatterValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .array(fc.tuple(fc.string(), tie('value')), { maxLength: 4 })
        .map((pairs) => new Map(pairs)),
    ),
  }))

  it('never throws, and says either a value or a sentence that names its key', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...COLUMNS),
        value,
        fc.option(fc.integer({ min: 1900, max: 2030 })),
        (column, raw, year) => {
          fc.pre(!isBlank(raw))
          const draft = {}
          const parsed = column.read(raw, at(column.key, year ?? undefined), draft)
          if ('value' in parsed) return column.field in draft
          const key =
            column.key === 'vin' ? /^(vin|VIN|chassis number) / : new RegExp(`^${column.key}[: ]`)
          return (
            Object.keys(draft).length === 0 &&
            key.test(parsed.problem) &&
            parsed.problem.endsWith('.')
          )
        },
      ),
      { numRuns: 2000 },
    )
  })
})
