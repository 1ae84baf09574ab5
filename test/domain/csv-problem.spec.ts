import { describe, expect, it } from '@jest/globals'
import { CsvError, parse } from 'csv-parse/sync'
import { describeCsvProblem } from '../../src/domain/csv-problem.ts'

const describeFile = (text: string, options = {}): string => {
  try {
    parse(text, options)
  } catch (error) {
    if (error instanceof CsvError) return describeCsvProblem(error)
  }
  throw new Error('The file was parsed.')
}

describe('the problem of a CSV file', () => {
  it.each([
    ['a,"b\nc,d\n', 'a cell begins with a quote that is not closed.'],
    ['a,"b"c\n', 'a quoted cell goes on after its closing quote. Write a quote within it twice.'],
    [
      'a,b"c\n',
      'there is a quote within a cell. Quote the whole cell, and write the quote within it twice.',
    ],
  ])('of %j is said in words', (text, problem) => {
    expect(describeFile(text)).toBe(problem)
  })

  it('that is too long a line names the quote that may cause it', () => {
    expect(describeFile('a,bcdefgh\n', { max_record_size: 4 })).toBe(
      'a cell begins with a quote that is not closed, or the line is too long.',
    )
  })

  it('that is unknown is what the parser says', () => {
    expect(describeFile('a,b\nc\n')).toMatch(/^Invalid Record Length: .*\.$/)
  })
})
