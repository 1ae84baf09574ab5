import { describe, expect, it } from '@jest/globals'
import {
  formatHistoryFile,
  parseHistoryFile,
} from '../../src/vehicle-history/domain/history-file.ts'

const HISTORY = {
  vin: '1HGCM82633A004352',
  algorithm: 'any',
  head: 'h',
  records: [
    { kind: 'vehicle', counts: { fuel: 1 } },
    { kind: 'fuel', day: 'a "day"\\' },
  ],
}
const TEXT = formatHistoryFile(HISTORY)

const findProblem = (text: string) => {
  const parsed = parseHistoryFile(text)
  return 'problem' in parsed ? parsed.problem : null
}

describe('the file of a history', () => {
  it('is read as the API sends it, indented, or with white space around it', () => {
    const indented = JSON.stringify(JSON.parse(TEXT), null, 2)
    for (const text of [TEXT, indented, `\r\n${TEXT}\n`])
      expect(parseHistoryFile(text)).toEqual({ history: HISTORY })
  })

  it('is refused with a repeated member, which could show something else', () => {
    const text = TEXT.replace('"day":', '"day":"another","day":')
    expect(findProblem(text)).toMatch(/^Record 2, at character \d+ of the file, is not written as/)
  })

  it('is refused with its members in another order', () => {
    expect(findProblem(JSON.stringify(HISTORY))).toMatch(/^The beginning of the file, at char/)
  })

  it('names the record at which it is cut off or is not JSON', () => {
    expect(findProblem(TEXT.slice(0, -40))).toMatch('Record 2 is not JSON')
    expect(findProblem(TEXT.replace('"counts":', '"counts"'))).toMatch('Record 1 is not JSON')
    expect(findProblem('')).toMatch('The file, outside its records, is not JSON')
  })

  it.each([
    ['[]', 'the whole: '],
    ['{"vin":"a","algorithm":"b","head":"c","records":[]}', 'records: '],
    ['{"vin":"a","algorithm":"b","heap":"c","records":[{}]}', 'head: '],
    ['{"vin":"a","algorithm":"b","head":"c","records":[3]}', 'records.0: '],
  ])('that is %s is no history', (text, where) => {
    expect(findProblem(text)).toMatch(`The file is not a history of a car: ${where}`)
  })
})
