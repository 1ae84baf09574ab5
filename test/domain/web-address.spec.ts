import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findWebAddressProblem } from '../../src/domain/web-address.ts'

const GOOD = [
  'https://x.example',
  'http://x.example/',
  'HTTPS://X.EXAMPLE/a?b=c#d',
  'https://x.example:8443/@ann/photo',
  'https://x.example/?mail=a@b.example',
  'https://[2001:db8::1]/',
  'https://münchen.example/straße',
  'https://x.example/a%0ab',
]
const BAD = [
  ['', 'starts with https://'],
  ['x.example', 'starts with https://'],
  ['//x.example', 'starts with https://'],
  ['https:x.example', 'starts with https://'],
  ['https:///x.example', 'starts with https://'],
  ['https://', 'starts with https://'],
  ['javascript:alert(1)', 'starts with https://'],
  ['ftp://x.example', 'starts with https://'],
  ['data:text/html,x', 'starts with https://'],
  ['https://x.example\njavascript:', 'control characters'],
  ['https://x.example/\njavascript:', 'control characters'],
  ['\thttps://x.example', 'control characters'],
  ['https://x.example/a b', 'control characters'],
  ['https://x.example/\u00a0', 'control characters'],
  ['https://x.example/\u2028', 'control characters'],
  ['https://x.example/\u0085', 'control characters'],
  ['https://x.example/\u0000', 'control characters'],
  ['https://a@b.example', 'user name or password'],
  ['https://a:b@c.example/', 'user name or password'],
  ['https://@b.example', 'user name or password'],
  ['https://:@b.example', 'user name or password'],
  ['https://x.example:99999', 'starts with https://'],
] as const

describe('a web address', () => {
  it.each(GOOD)('may be %s', (text) => expect(findWebAddressProblem(text)).toBeNull())

  it.each(BAD)('may not be %j', (text, words) =>
    expect(findWebAddressProblem(text)).toContain(words),
  )

  it('leads nowhere else than it seems to: what passes is one line of http(s) without a user', () => {
    const unusual = fc.tuple(
      fc.constantFrom('https://', 'http://', ''),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('x.example/', '@b', ''),
    )
    fc.assert(
      fc.property(unusual, (parts) => {
        const text = parts.join('')
        if (findWebAddressProblem(text) !== null) return
        const url = new URL(text)
        expect([url.protocol.slice(0, 4), url.username, url.password]).toEqual(['http', '', ''])
        expect(url.hostname).not.toBe('')
        expect(text).not.toMatch(/[\s\p{Cc}]/u)
      }),
      { numRuns: 2000 },
    )
  })
})
