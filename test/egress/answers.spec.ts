import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Egress, type EgressLimits } from '../../src/egress/egress.ts'
import type { EgressFailure } from '../../src/egress/failure.ts'
import { Gate } from '../../src/egress/gate.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let routes: Site['routes']
let origin = ''
const egresses: Egress[] = []

beforeAll(async () => {
  site = await openSite()
  ;({ routes, origin } = site)
})

afterAll(async () => {
  await Promise.all(egresses.map((egress) => egress.close()))
  await site.close()
})

function here(limits: Partial<EgressLimits> = {}): Egress {
  const egress = new Egress(new Gate([origin]), limits)
  egresses.push(egress)
  return egress
}

const failureOf = (egress: Egress, url: string): Promise<EgressFailure> =>
  egress.fetch({ url }).then(
    ({ status }) => {
      throw new Error(`${url} was fetched, with ${status}.`)
    },
    (error: EgressFailure) => error,
  )

describe('an answer', () => {
  it('is decoded', async () => {
    for (const [encoding, encode] of [
      ['gzip', gzipSync] as const,
      ['br', brotliCompressSync] as const,
    ]) {
      routes['/packed'] = (_, res) =>
        void res.writeHead(200, { 'content-encoding': encoding }).end(encode('Grüße'))
      expect((await here().fetch({ url: `${origin}/packed` })).body.toString()).toBe('Grüße')
    }
  })

  it('is read up to its limit, whether it is large or becomes so', async () => {
    const zeros = Buffer.alloc(20_000_000)
    routes['/large'] = (_, res) => void res.end(zeros)
    routes['/gzip'] = (_, res) =>
      void res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(zeros))
    routes['/br'] = (_, res) =>
      void res
        .writeHead(200, { 'content-encoding': 'br' })
        .end(brotliCompressSync(zeros.subarray(0, 6_000_000)))
    for (const path of ['/large', '/gzip', '/br'])
      expect((await failureOf(here(), origin + path)).kind).toBe('too large')
    routes['/fits'] = (_, res) => void res.end(zeros.subarray(0, 5_000_000))
    expect((await here().fetch({ url: `${origin}/fits` })).body.length).toBe(5_000_000)
  })

  it('that never ends, begins or goes on is given up', async () => {
    routes['/silent'] = () => undefined
    routes['/half'] = (_, res) => void res.writeHead(200).write('half')
    routes['/drip'] = (_, res) => {
      res.writeHead(200)
      const dripping = setInterval(() => res.write('.'), 20)
      res.on('close', () => clearInterval(dripping))
    }
    const limits = { headers: 300, body: 300, total: 1_500 }
    for (const path of ['/silent', '/half', '/drip'])
      expect([path, (await failureOf(here(limits), origin + path)).kind]).toEqual([path, 'timeout'])
  })

  it('that breaks off, or is encoded in a way of its own, is none', async () => {
    routes['/cut'] = (_, res) => {
      res.writeHead(200, { 'content-length': '100' }).write('half')
      setImmediate(() => res.destroy())
    }
    routes['/odd'] = (_, res) =>
      void res.writeHead(200, { 'content-encoding': 'gzip, br' }).end('x')
    routes['/lie'] = (_, res) =>
      void res.writeHead(200, { 'content-encoding': 'gzip' }).end('this is no gzip')
    for (const path of ['/cut', '/odd', '/lie'])
      expect([path, (await failureOf(here(), origin + path)).kind]).toEqual([path, 'network'])
  })

  it('is no longer waited for when whoever asked leaves, and says why', async () => {
    routes['/silent'] = () => undefined
    const leaving = new AbortController()
    const fetching = here().fetch({ url: `${origin}/silent`, signal: leaving.signal })
    leaving.abort(new Error('left'))
    await expect(fetching).rejects.toThrow('left')
  })
})
