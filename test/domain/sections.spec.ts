import { describe, expect, it } from '@jest/globals'
import {
  findSection,
  isDrivvoSection,
  isFuelioSection,
  splitSections,
} from '../../src/garage/imports/domain/sections.ts'
import { measureProcessorMs } from '../support/processor-time.ts'

const toRows = (...lines: string[]) =>
  lines.map((text, index) => ({ line: index + 1, cells: text.split(',') }))

describe('a section of a file', () => {
  it('begins with a line of its own', () => {
    expect(findSection(['## Log', ''])).toBe('log')
    expect(findSection(['#Service'])).toBe('service')
    expect(findSection(['# 1 at the bridge'])).toBeNull()
    expect(findSection(['#Service', '12'])).toBeNull()
  })

  it('is found in a long text without delay', async () => {
    const text = `#${' '.repeat(50_000)}1`
    const ms = await measureProcessorMs(async () => expect(findSection([text])).toBeNull())
    expect(ms).toBeLessThan(1_500)
  })

  it('has the rows after it', () =>
    expect(splitSections(toRows('a,b', '## Log', 'c,d', '## Costs'))).toEqual([
      { name: '', rows: [{ line: 1, cells: ['a', 'b'] }] },
      { name: 'log', rows: [{ line: 3, cells: ['c', 'd'] }] },
      { name: 'costs', rows: [] },
    ]))

  it('is known to be of Fuelio or of Drivvo', () => {
    expect(['vehicle', 'log', 'service'].map(isFuelioSection)).toEqual([true, true, false])
    expect(['expense', 'refuelling', 'log'].map(isDrivvoSection)).toEqual([true, true, false])
  })
})
