import { describe, expect, it } from '@jest/globals'
import {
  escapeInput,
  isOneCharacterRepeated,
  describeCharacter,
  normalizeVin,
  splitIntoWords,
} from '../../src/domain/vin-text.ts'

describe('the text of a number', () => {
  it('is normalized without turning look-alikes into letters', () => {
    expect(normalizeVin(' 1hgcm\u00ad82633\u2011a004352 ')).toBe('1HGCM82633A004352')
    expect(normalizeVin('\uff11\uff28\uff27')).toBe('1HG')
    expect(normalizeVin('\u0131\u00df')).toBe('\u0131\u00df')
    expect(normalizeVin(' '.repeat(201))).toBe(' '.repeat(201))
  })

  it('is split into words, in groups that other signs part', () => {
    expect(splitIntoWords('vin: 1hg-cm8, \u2460x')).toEqual([['VIN'], ['1HG', 'CM8'], ['1X']])
  })

  it('is shown bounded and in printable ASCII', () => {
    expect(escapeInput('A\u0421')).toBe('A\\u{421}')
    expect(escapeInput('A'.repeat(60))).toBe(`${'A'.repeat(40)}\u2026`)
    expect([describeCharacter('/'), describeCharacter('\u0421')]).toEqual(['"/"', 'U+0421'])
    expect([isOneCharacterRepeated('11111'), isOneCharacterRepeated('11112')]).toEqual([
      true,
      false,
    ])
  })
})
