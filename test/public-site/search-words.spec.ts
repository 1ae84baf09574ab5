import { describe, expect, it } from '@jest/globals'
import {
  buildSearchText,
  listWordNeedles,
  parseSearchWords,
} from '../../src/public-site/domain/search-words.ts'

describe('the words of a search', () => {
  it.each([
    ['Honda  CIVIC', ['honda', 'civic']],
    ['honda,honda;Honda', ['honda']],
    ['cr-v 2.0t', ['cr-v', '2.0t']],
    ['50%_off\\', ['50', 'off']],
    ['🚗 - . \0', []],
    ['Citroën', ['citroën']],
    ['本田', ['本田']],
  ])('of %j are %j', (text, words) => {
    expect(parseSearchWords(text)).toEqual(words)
  })
})

describe('a word', () => {
  it.each([
    ['civic', [' civic']],
    ['cr-v', [' cr-v', ' crv']],
    ['f-150', [' f-150', ' f150', 'f-150']],
    ['004352', [' 004352', '004352']],
    ['150', [' 150']],
  ])('%s is looked for as %j', (word, needles) => {
    expect(listWordNeedles(word)).toEqual(needles)
  })
})

it('the text of a car has a space before and after each word', () => {
  expect(buildSearchText('2020 Honda  EX-L/Navi (2.0T)')).toBe(' 2020 honda ex-l navi 2.0t ')
})
