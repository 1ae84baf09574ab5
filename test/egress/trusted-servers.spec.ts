import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import { Egress } from '../../src/egress/egress.ts'
import { createServerGuard, createTrustedGuard, type Resolve } from '../../src/egress/gate.ts'
import { createWebFetch } from '../../src/egress/web-fetch.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
let port = ''
const egresses: Egress[] = []

beforeAll(async () => {
  site = await openSite()
  ;({ port } = new URL(site.origin))
})
afterAll(async () => {
  await Promise.all(egresses.map((egress) => egress.close()))
  await site.close()
})

function openEgress(resolve: Resolve = async () => ['127.0.0.1'], limits = {}): Egress {
  const egress = new Egress(createTrustedGuard(resolve), limits)
  egresses.push(egress)
  return egress
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

describe('a server that the operator has set up', () => {
  it('is reached by its name in a private network', async () => {
    site.routes['/here'] = (_, res) => void res.end('here')
    const { body } = await openEgress().send({ url: `http://sso.internal:${port}/here` })
    expect(body.toString()).toBe('here')
  })

  it.each<[string, Resolve]>([
    ['cannot be resolved', () => Promise.reject(new Error('getaddrinfo ENOTFOUND'))],
    ['has no address', async () => []],
  ])('whose name %s is reported with its name', async (_what, resolve) => {
    await expect(openEgress(resolve).send({ url: 'http://sso.internal/' })).rejects.toMatchObject({
      name: 'EgressFailure',
      kind: 'network',
      message: 'sso.internal has no address.',
    })
  })

  it('may not redirect a request with a credential', async () => {
    let forwarded = 0
    site.routes['/moved'] = (_, res) => void res.writeHead(302, { location: '/there' }).end()
    site.routes['/there'] = (_, res) => void res.end(String(++forwarded))
    const headers = { authorization: 'Bearer secret' }
    await expect(
      openEgress().sendDirectly({ url: `${site.origin}/moved`, headers }),
    ).rejects.toMatchObject({
      kind: 'redirects',
      message: `127.0.0.1:${port} redirects (302).`,
    })
    expect(forwarded).toBe(0)
  })

  it('may redirect within itself and to the internet, but not to others in its network', async () => {
    const guard = createServerGuard(`http://vpic.internal:${port}/api`, async () => ['127.0.0.1'])
    const egress = new Egress(guard)
    egresses.push(egress)
    site.routes['/moved'] = (_, res) => void res.writeHead(302, { location: '/there' }).end()
    site.routes['/there'] = (_, res) => void res.end('there')
    const moved = { url: `http://vpic.internal:${port}/moved` }
    expect((await egress.fetch(moved)).body.toString()).toBe('there')
    for (const location of [`http://other.internal:${port}/there`, `${site.origin}/there`]) {
      site.routes['/moved'] = (_, res) => void res.writeHead(302, { location }).end()
      await expect(egress.fetch(moved)).rejects.toMatchObject({ kind: 'refused' })
    }
  })

  it('receives a request at the moment that is reported, after it was resolved', async () => {
    const events: string[] = []
    site.routes['/ordered'] = (_, res) => {
      events.push('received')
      res.end()
    }
    const egress = openEgress(async () => {
      events.push('resolved')
      return ['127.0.0.1']
    })
    const onSent = () => void events.push('sent')
    const url = `http://sso.internal:${port}/ordered`
    await egress.send({ url, onSent })
    expect(events).toEqual(['resolved', 'sent', 'received'])
  })
})

describe('the Fetch API for libraries', () => {
  it('sends forms and headers, and returns the decoded response', async () => {
    site.routes['/token'] = (req, res) =>
      void readText(req).then((text) => {
        const { authorization, 'content-type': type } = req.headers
        res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        res.end(gzipSync(JSON.stringify({ method: req.method, authorization, type, text })))
      })
    const response = await createWebFetch(openEgress())(`${site.origin}/token`, {
      method: 'POST',
      headers: { authorization: 'Basic abc' },
      body: new URLSearchParams({ code: 'a b' }),
    })
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await response.json()).toEqual({
      method: 'POST',
      authorization: 'Basic abc',
      type: 'application/x-www-form-urlencoded;charset=UTF-8',
      text: 'code=a+b',
    })
  })

  it('follows, returns or refuses redirects as it was told', async () => {
    site.routes['/from'] = (_, res) => void res.writeHead(302, { location: '/to' }).end()
    site.routes['/to'] = (_, res) => void res.end('arrived')
    const fetch = createWebFetch(openEgress())
    const url = `${site.origin}/from`
    expect(await (await fetch(url)).text()).toBe('arrived')
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302)
    await expect(fetch(url, { redirect: 'error' })).rejects.toMatchObject({ kind: 'redirects' })
  })

  it('returns a response without a body', async () => {
    site.routes['/none'] = (_, res) => void res.writeHead(204).end()
    const response = await createWebFetch(openEgress())(`${site.origin}/none`)
    expect([response.status, response.body]).toEqual([204, null])
  })

  it('reads no more than the limit', async () => {
    site.routes['/long'] = (_, res) => void res.end('x'.repeat(101))
    const fetch = createWebFetch(openEgress(undefined, { bytes: 100 }))
    await expect(fetch(`${site.origin}/long`)).rejects.toMatchObject({ kind: 'too large' })
  })
})
