import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Egress } from '../../src/egress/egress.ts'
import { type EgressFailure } from '../../src/egress/failure.ts'
import { Gate, type Resolve } from '../../src/egress/gate.ts'
import { type Canary, hostileUrls, openCanary } from '../support/canary.ts'
import { openSite, type Site } from '../support/site.ts'

let canary: Canary
let site: Site
let routes: Site['routes']
let origin = ''
const egresses: Egress[] = []

beforeAll(async () => {
  canary = await openCanary()
  site = await openSite()
  ;({ routes, origin } = site)
})

afterAll(async () => {
  await Promise.all(egresses.map((egress) => egress.close()))
  await site.close()
  await canary.close()
})

function anEgress(resolve?: Resolve, allowed: string[] = []): Egress {
  const egress = new Egress(new Gate(allowed, resolve))
  egresses.push(egress)
  return egress
}

const here = () => anEgress(undefined, [origin])

const failureOf = (egress: Egress, url: string): Promise<EgressFailure> =>
  egress.fetch({ url }).then(
    ({ status }) => {
      throw new Error(`${url} was fetched, with ${status}.`)
    },
    (error: EgressFailure) => error,
  )

describe('the way out', () => {
  it('leads to none of the addresses that are not on the public internet', async () => {
    const egress = anEgress()
    for (const url of hostileUrls(canary.port))
      expect([url, (await failureOf(egress, url)).kind]).toEqual([url, 'refused'])
    expect(canary.hits()).toBe(0)
  })

  it(
    'leads to no name of which one address is private, nor to one that a private name stands ' +
      'behind',
    async () => {
      const both = await failureOf(
        anEgress(async () => ['93.184.215.14', '127.0.0.1']),
        `http://dealer.example:${canary.port}/`,
      )
      const private4 = await failureOf(
        anEgress(async () => ['::1']),
        `http://dealer.example:${canary.port}/`,
      )
      expect([both.kind, private4.kind, canary.hits()]).toEqual(['refused', 'refused', 0])
    },
  )

  it(
    'has one message for a name with a private address, one without any, and one that cannot be ' +
      'resolved',
    async () => {
      const inside: Resolve[] = [
        async () => ['10.0.0.7'],
        async () => ['93.184.215.14', '::1'],
        async () => [],
        async () =>
          Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })),
        async () =>
          Promise.reject(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' })),
      ]
      const failures = await Promise.all(
        inside.map((resolve) => failureOf(anEgress(resolve), 'http://db.internal.example/')),
      )
      expect(new Set(failures.map(({ message }) => message))).toEqual(
        new Set([
          'db.internal.example has no address on the public internet, so it cannot be fetched.',
        ]),
      )
    },
  )

  it(
    'connects to the address that it checked: a name that changes after the first answer leads ' +
      'nowhere',
    async () => {
      let requested = 0
      const turning: Resolve = async () => [requested++ === 0 ? '192.0.0.8' : '127.0.0.1']
      const egress = anEgress(turning)
      for (let tries = 0; tries < 3; tries++)
        await failureOf(egress, `http://turning.example:${canary.port}/`)
      expect([requested, canary.hits()]).toEqual([3, 0])
    },
  )

  it.each([301, 302, 303, 307, 308])(
    'follows no redirect (%i) inward, though the first page may be fetched',
    async (status) => {
      const egress = here()
      for (const url of hostileUrls(canary.port)) {
        routes['/away'] = (_, res) =>
          void res
            .writeHead(status, { location: url.replaceAll(/[^ -~]/g, encodeURIComponent) })
            .end()
        expect([url, (await failureOf(egress, `${origin}/away`)).kind]).toEqual([url, 'refused'])
      }
      expect(canary.hits()).toBe(0)
    },
  )

  it('follows five redirects, and not the sixth', async () => {
    for (let step = 0; step < 7; step++)
      routes[`/step${step}`] = (_, res) =>
        step === 5
          ? void res.end('there')
          : void res.writeHead(302, { location: `/step${step + 1}` }).end()
    const egress = here()
    const answer = await egress.fetch({ url: `${origin}/step0` })
    expect([answer.url, answer.body.toString()]).toEqual([`${origin}/step5`, 'there'])
    routes['/step5'] = (_, res) => void res.writeHead(302, { location: '/step6' }).end()
    routes['/step6'] = (_, res) => void res.end('too far')
    expect((await failureOf(egress, `${origin}/step0`)).kind).toBe('redirects')
  })

  it('says the same of an open and of a closed port', async () => {
    const egress = anEgress()
    const [open, closed] = [
      await failureOf(egress, `http://127.0.0.1:${canary.port}`),
      await failureOf(egress, 'http://127.0.0.1:1'),
    ]
    expect([open.message, open.kind]).toEqual([closed.message, closed.kind])
  })
})

describe('an allowed origin', () => {
  it(
    'is reached, and its neighbours are not: another port, another address, another scheme, a ' +
      'name',
    async () => {
      routes['/'] = (_, res) => void res.end('hello')
      const port = new URL(origin).port
      const egress = anEgress(async () => ['127.0.0.1'], [origin])
      expect((await egress.fetch({ url: `${origin}/` })).body.toString()).toBe('hello')
      const near = [
        `http://127.0.0.1:${canary.port}`,
        `http://127.0.0.2:${port}`,
        `https://127.0.0.1:${port}`,
        `http://[::1]:${port}`,
      ]
      for (const url of [
        ...near,
        `http://a.example:${port}`,
        `http://localhost:${port}`,
        `http://[::ffff:127.0.0.1]:${port}`,
      ])
        expect([url, (await failureOf(egress, url)).kind]).toEqual([url, 'refused'])
    },
  )

  it('named localhost is loopback, and no other address that the name may have', async () => {
    const port = new URL(origin).port
    const egress = (address: string) =>
      anEgress(async () => [address], [`http://localhost:${port}`])
    expect((await egress('127.0.0.1').fetch({ url: `http://localhost:${port}/` })).status).toBe(200)
    expect((await failureOf(egress('10.0.0.1'), `http://localhost:${port}/`)).kind).toBe('refused')
  })
})

describe('a redirect to another server', () => {
  it('is not told what was meant for the first one', async () => {
    const heard: IncomingMessage['headers'][] = []
    const other = createServer((req, res) => (heard.push(req.headers), res.end()))
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const there = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    routes['/move'] = (_, res) => void res.writeHead(307, { location: there }).end()
    const headers = { 'x-api-key': 'secret', 'user-agent': 'Forecourt' }
    await anEgress(undefined, [origin, there]).fetch({
      url: `${origin}/move`,
      method: 'POST',
      body: 'secret',
      headers,
    })
    expect(heard).toMatchObject([{ 'user-agent': 'Forecourt' }])
    expect(JSON.stringify(heard)).not.toContain('secret')
    other.closeAllConnections()
    other.close()
  })
})
