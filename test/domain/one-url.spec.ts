import { expect, it } from '@jest/globals'
import { isOneUrl } from '../../src/domain/one-url.ts'

it.each(['https://cars.example', 'smtp://user:pass@mail.example:587', 'http://[::1]:3000/a;b,c'])(
  'takes %s as one address',
  (text) => expect(isOneUrl(text)).toBe(true),
)

it.each(['not an address', 'https://cars.example;', 'https://a.example,https://b.example'])(
  'does not take %s as one address',
  (text) => expect(isOneUrl(text)).toBe(false),
)
