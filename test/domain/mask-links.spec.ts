import { describe, expect, it } from '@jest/globals'
import { maskLinks } from '../../src/domain/mask-links.ts'

describe('masking links', () => {
  it.each([
    [
      'Open https://cars.example.com/reset?token=abc#x now.',
      'Open https://cars.example.com/••• now.',
    ],
    [
      '<a href="https://cars.example.com/c/abc">here</a>',
      '<a href="https://cars.example.com/•••">here</a>',
    ],
    ["<a href='HTTP://cars.example.com?t=1'>", "<a href='HTTP://cars.example.com/•••'>"],
    [
      'app://open/secret and https://a.example/b&amp;c=d',
      'app://open/••• and https://a.example/•••',
    ],
    [
      'https://cars.example.com and https://cars.example.com/',
      'https://cars.example.com and https://cars.example.com/',
    ],
    ['Nothing to see: 12/2026, a//b.', 'Nothing to see: 12/2026, a//b.'],
  ])('turns %s into %s', (result, masked) => {
    expect(maskLinks(result)).toBe(masked)
  })
})
