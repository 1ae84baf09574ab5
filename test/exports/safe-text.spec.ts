import { describe, expect, it } from '@jest/globals'
import {
  cutText,
  dropInvalidCharacters,
  joinLines,
  joinUrls,
} from '../../plugins/exports/domain/safe-text.ts'

describe('a text of a feed', () => {
  it('loses the characters that no format can contain, and only them', () => {
    expect(dropInvalidCharacters('a\u0000\u0003\u007f\ud83d\ufffe\uffffb')).toBe('ab')
    expect(dropInvalidCharacters('a\tb\nc\u0085 😀 ]]> é')).toBe('a\tb\nc\u0085 😀 ]]> é')
  })

  it('is cut between characters, never inside one', () => {
    expect(cutText('ab😀cd', 3)).toBe('ab😀')
    expect(cutText('ab😀', 2)).toBe('ab')
    expect(cutText('abc', 3)).toBe('abc')
  })

  it('is put on one line', () => {
    expect(joinLines(' one \r\n two\u2028three\n', ' ')).toBe('one two three')
    expect(joinLines('one\ntwo', '<br>')).toBe('one<br>two')
  })

  it('has addresses apart, whatever they contain', () => {
    expect(joinUrls(['https://x.example/a,b', 'https://x.example/c'], ',')).toBe(
      'https://x.example/a%2Cb,https://x.example/c',
    )
    expect(joinUrls(['https://x.example/a|b'], '|')).toBe('https://x.example/a%7Cb')
  })
})
