import { describe, expect, it } from '@jest/globals'
import { parseWrittenFlag } from '../../src/garage/imports/domain/written-flag.ts'

describe('yes or no in a file', () => {
  it.each([
    ['Yes', true],
    ['1', true],
    [' FULL ', true],
    ['Partial', false],
    ['0', false],
    ['maybe', null],
  ])('%j is %j', (text, value) => expect(parseWrittenFlag(text)).toBe(value))
})
