import { describe, expect, it } from '@jest/globals'
import { createRowParser } from '../../src/catalog/domain/catalog-row.ts'

const HEADER = { year: 0, make: 1, model: 2, trim: 3, engine: 4, transmission: 5 }
const parse = createRowParser(HEADER, 6, 2027)
const problemOf = (...cells: string[]) => {
  const parsed = parse(cells)
  return 'problem' in parsed ? parsed.problem : null
}

describe('a line of a catalog file', () => {
  it('is a combination, without the spaces around its texts', () => {
    expect(parse([' 2021 ', ' Honda', 'Accord ', 'EX-L', '1.5L Turbo I4', 'CVT'])).toEqual({
      value: {
        year: 2021,
        make: 'Honda',
        model: 'Accord',
        trim: 'EX-L',
        engine: '1.5L Turbo I4',
        transmission: 'CVT',
      },
    })
  })

  it('may leave out the engine and the transmission', () => {
    expect(parse(['2021', 'Honda', 'Accord', 'LX', '', ' '])).toMatchObject({
      value: { engine: null, transmission: null },
    })
    const short = createRowParser({ ...HEADER, engine: null, transmission: null }, 4, 2027)
    expect(short(['2021', 'Honda', 'Accord', 'LX'])).toMatchObject({
      value: { engine: null, transmission: null },
    })
  })

  it.each([
    [['1899', 'A', 'B', 'C', '', ''], 'year must be a year from 1900 to 2027, not "1899"'],
    [['2028', 'A', 'B', 'C', '', ''], 'year must be a year from 1900 to 2027, not "2028"'],
    [['2021.5', 'A', 'B', 'C', '', ''], 'year must be a year from 1900 to 2027, not "2021.5"'],
    [['2021', '', 'B', ' ', '', ''], 'make is empty; trim is empty'],
    [['2021', 'A'.repeat(101), 'B', 'C', '', ''], 'make has more than 100 characters'],
    [['2021', 'A', 'B', 'C', '', 'T'.repeat(101)], 'transmission has more than 100 characters'],
    [['2021', 'Citro\uFFFDn', 'B', 'C', '', ''], 'make has bytes that are not UTF-8'],
    [['2021', 'A', 'B', 'C'], 'the line has 4 cells, but the first line has 6'],
    [['2021', 'A', 'B', 'C', '', '', 'x'], 'the line has 7 cells, but the first line has 6'],
  ])('is refused as %j', (cells, problem) => {
    expect(problemOf(...cells)).toBe(problem)
  })

  it('is refused with a line break within a text', () => {
    expect(problemOf('2021', 'A', 'B', 'C\nD', '', '')).toContain('trim must be one line of text')
  })
})
