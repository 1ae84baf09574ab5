import { expect, it } from '@jest/globals'
import { parseUrl } from '../../src/domain/parse-url.ts'

it('reads addresses with letters outside ASCII however often it is called', () => {
  const wrong = Array.from({ length: 100_000 }, () =>
    parseUrl('https://m\u00fcnchen.example/stra\u00dfe'),
  ).filter((url) => !url)
  expect(wrong).toEqual([])
})

it('answers null for a text that is not an address, and resolves one against a base', () => {
  expect(parseUrl('not an address')).toBeNull()
  expect(parseUrl('/a', 'https://example.com')?.href).toBe('https://example.com/a')
})
