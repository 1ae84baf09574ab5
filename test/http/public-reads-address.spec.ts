import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from '@jest/globals'
import { parsePublicRead } from '../../src/server/public-reads/address.ts'

const CAR = '3f0c1b9e-8a53-4f57-9a55-0d8c6a3d2c11'
const ask = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  parsePublicRead(
    { url, headers, method } as unknown as IncomingMessage,
    new Set(['inventory']),
    'forecourt-token',
  )
const keyOf = (url: string) => ask(url)?.read.key

describe('a public read', () => {
  it.each([
    ['/api/inventory', 'list', 'inventory/?'],
    ['/api/inventory?', 'list', 'inventory/?'],
    ['/api/inventory?limit=20', 'list', 'inventory/?limit=20'],
    ['/api/inventory/count', 'count', 'inventory/count?'],
    [`/api/inventory/${CAR}?depth=0`, 'one', `inventory/${CAR}?depth=0`],
  ])('%s is a %s', (url, kind, key) => {
    expect(ask(url)?.read).toEqual({ slug: 'inventory', kind, key })
  })

  it('has one key however its parameters are ordered and escaped', () => {
    const keys = [
      '/api/inventory?limit=5&sort=-price&where[make][equals]=A%20B',
      '/api/inventory?where%5Bmake%5D%5Bequals%5D=A+B&&sort=-price&limit=5',
    ].map(keyOf)
    expect(keys[0]).toBeDefined()
    expect(keys[0]).toBe(keys[1])
  })

  it('keeps equal names in their order, which means something', () => {
    expect(keyOf('/api/inventory?limit=1&limit=2')).not.toBe(
      keyOf('/api/inventory?limit=2&limit=1'),
    )
  })

  it.each([
    '/api/inventory?utm_source=x',
    '/api/inventory?depth=1',
    '/api/inventory?draft=true',
    '/api/inventory?trash=true',
    '/api/inventory?locale=all',
    '/api/inventory?where={"make":{"equals":"A"}}',
    '/api/inventory?where[createdBy.name][equals]=A',
    '/api/inventory?where[createdBy__name][equals]=A',
    '/api/inventory?where[or][][make][equals]=A',
    '/api/inventory?sort[]=make&sort=model',
    '/api/inventory?where[make][equals]=%FF',
    '/api/inventory?where[make][equals]=%E0%A4%A',
    '/api/inventory?sort=x]%3Dy',
    '/api/inventory?limit=1?limit=2',
    `/api/inventory?where[make][equals]=${'x'.repeat(1_000)}`,
    `/api/inventory?where[make][equals]=${'%20'.repeat(330)}`.padEnd(1_200, '&'),
    '/api/inventory/versions',
    '/api/inventory/1',
    '/api/inventory/',
    '/api/media',
    '/api/Inventory',
    '/inventory',
    'http://elsewhere.example/api/inventory',
  ])('is not %s', (url) => {
    expect(ask(url)).toBeNull()
  })

  it('is a GET or a HEAD', () => {
    expect(ask('/api/inventory', {}, 'HEAD')).not.toBeNull()
    for (const method of ['POST', 'PATCH', 'DELETE', 'OPTIONS'])
      expect(ask('/api/inventory', {}, method)).toBeNull()
  })

  it('is anonymous without a token and without our session, whatever other cookies say', () => {
    expect(ask('/api/inventory')?.anonymous).toBe(true)
    expect(ask('/api/inventory', { cookie: 'theme=dark; lang=de' })?.anonymous).toBe(true)
    expect(ask('/api/inventory', { cookie: 'theme=dark; forecourt-token=ey' })?.anonymous).toBe(
      false,
    )
    expect(ask('/api/inventory', { authorization: '' })?.anonymous).toBe(false)
    expect(ask('/api/inventory', { authorization: 'Bearer x' })?.anonymous).toBe(false)
  })
})
