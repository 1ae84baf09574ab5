import { describe, expect, it } from '@jest/globals'
import { PANEL_PATH, resolveReturnPath } from '../../src/domain/return-to.ts'

const BYPASSES = [
  '',
  ' ',
  '/ ',
  'admin',
  './admin',
  '../admin',
  '?x',
  '#x',
  '@evil.example',
  'evil.example',
  '.evil.example',
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '//evil.example/%2f..',
  '//user@evil.example',
  '//[::1]/',
  '/\\evil.example',
  '\\\\evil.example',
  '\\/evil.example',
  '/admin\\..\\..',
  '/\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\nLocation: https://evil.example',
  '/%0d%0aLocation:%20https://evil.example',
  '/%0a/evil.example',
  '/%09/evil.example',
  '/%00',
  '/%5cevil.example',
  '/%5Cevil.example',
  '/%2fevil.example',
  '/%2F%2Fevil.example',
  '/%252fevil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/admin/..//evil.example',
  '/%2e%2e//evil.example',
  '/./\\evil.example',
  'https://evil.example',
  'HTTPS://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'http://origin.invalid/admin',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'blob:x',
  'mailto:a@b.example',
  'ftp://evil.example',
  '/admin?x=%0d%0aSet-Cookie:a',
  '/admin#%0a',
  '\u0000/admin',
  '/\u2028/evil.example',
  '/ädmin',
  '／／evil.example',
  '/\u00a0/evil.example',
]

describe('where a sign-in leads back to', () => {
  it('is checked against more than forty ways around it', () => {
    expect(new Set(BYPASSES).size).toBeGreaterThan(40)
  })

  it.each(BYPASSES)('is not %j', (requested) => {
    expect(resolveReturnPath(requested)).toBe(PANEL_PATH)
  })

  it.each([
    undefined,
    null,
    7,
    ['/admin/a'],
    { toString: () => '/admin/a' },
    `/${'a'.repeat(2_000)}`,
  ])('is no %p', (requests) => {
    expect(resolveReturnPath(requests)).toBe(PANEL_PATH)
  })

  it.each([
    '/admin',
    '/admin/collections/inventory/7?x=1&y=%2Fz#part',
    '/admin/collections/inventory?where[make][equals]=Saab',
    '/api/inventory',
    '/',
    '/admin/a@b.example',
    "/admin/'quoted'",
  ])('is %s, a path of this origin', (sent) => {
    expect(decodeURI(resolveReturnPath(sent))).toBe(decodeURI(sent))
  })

  it('never leads to another origin, whatever else it is', () => {
    for (const bypass of BYPASSES)
      expect(new URL(resolveReturnPath(bypass), 'https://cars.example').origin).toBe(
        'https://cars.example',
      )
  })
})
