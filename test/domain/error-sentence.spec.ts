import { describe, expect, it } from '@jest/globals'
import { buildErrorSentence, joinSentences } from '../../src/domain/error-sentence.ts'

describe('the sentence of a refusal', () => {
  it.each([
    ['Make', 'is required', 'Make is required'],
    [
      'Exactly when',
      'must have five parts: minute, hour, day',
      'Exactly when must have five parts: minute, hour, day',
    ],
    ['VIN', 'vin 1HG has check digit 4, expected 3.', 'VIN 1HG has check digit 4, expected 3.'],
    ['Vehicle', 'This field is required.', 'Vehicle is required.'],
    ['Owner', 'no active owner has the subject x', 'Owner: no active owner has the subject x'],
    ['Photos', 'entry 2 must be a text', 'Photos: entry 2 must be a text'],
    ['On', 'only one may be on', 'On: only one may be on'],
  ])('names %s in "%s"', (label, message, sentence) => {
    expect(buildErrorSentence(label, message)).toBe(sentence)
  })

  it.each([
    'is required',
    'no active owner has it',
    'must be a/b; or: c, <b>d</b>',
    'This field is required.',
  ])('stays the same when "%s" is named twice', (message) => {
    const once = buildErrorSentence('Owner', message)
    expect(buildErrorSentence('Owner', once)).toBe(once)
  })

  it('ends every sentence of several, and leaves a single one alone', () => {
    expect(joinSentences(['Make is required', 'VIN 1 is short.'])).toBe(
      'Make is required. VIN 1 is short.',
    )
    expect(joinSentences(['Make is required'])).toBe('Make is required')
    expect(joinSentences([])).toBe('')
  })
})
