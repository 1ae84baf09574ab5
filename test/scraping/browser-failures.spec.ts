import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { requireReadable } from '../../plugins/scraping/runs/crawl.ts'
import { custom } from '../../plugins/scraping/platforms/custom/index.ts'
import { findChromium } from '../support/browser.ts'
import { withPageFetcher, htmlRoute, fetchPage } from '../support/browsing.ts'
import { PauseLog } from '../support/pauses.ts'
import { openSite, type Site } from '../support/site.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

let site: Site
const withBrowser = findChromium() ? describe : describe.skip

beforeAll(async () => void (site = await openSite()))
afterAll(() => site.close())

const CONFIG = { listing: 'li.car', fields: { url: 'a', title: 'a' } }
const CAR = '<li class="car"><a href="/v/1">2019 Honda Civic</a></li>'
const type =
  (type: string, body: string): Site['routes'][string] =>
  (_, res) =>
    void res.writeHead(200, { 'content-type': type }).end(body)

/** Each site that is in trouble: what it answers, and what is said of it. */
const TROUBLES: Record<string, [Site['routes'][string], string, RegExp]> = {
  garbage: [
    htmlRoute(
      `<html><body>${CAR.repeat(3)}<li class="car"><a href="/v/1">2019 Hon<div <<p>`.repeat(200),
    ),
    'parse',
    /is truncated/,
  ],
  bytes: [htmlRoute('\u0001\u0002%&/ )=(§'.repeat(1_000)), 'parse', /is not HTML/],
  empty: [htmlRoute(''), 'parse', /is empty/],
  deep: [htmlRoute(`${CAR}${'<b>'.repeat(5_000)}`), 'parse', /nested more than 2000 deep/],
  picture: [
    type('image/png', '\u0089PNG not a page'),
    'parse',
    /not? HTML|unexpected format|does not/,
  ],
  json: [type('application/json', '{"cars":[{'), 'parse', /not? HTML|not JSON/],
  'bad-json': [
    htmlRoute(
      '<ul></ul><script>fetch("/cars.json").then((r) => r.json()).then(() => 0, () => 0)</script>',
    ),
    'parse',
    /cars\.json is declared as JSON but is not/,
  ],
  'html-for-json': [
    htmlRoute('<ul></ul><script>fetch("/cars.html").then((r) => r.json())</script>'),
    'parse',
    /could not read the data it loaded/,
  ],
  'no-json': [
    htmlRoute('<ul></ul><script>fetch("/gone.json").then((r) => r.json(), () => 0)</script>'),
    'network',
    /responded with 503 for \/gone\.json/,
  ],
  'no-script': [
    htmlRoute('<ul></ul><script src="/app.js"></script>'),
    'network',
    /closed the connection or could not be reached for \/app\.js/,
  ],
  reset: [
    (req) => void req.socket.resetAndDestroy(),
    'network',
    /could not be reached, or closed the connection before it responded/,
  ],
  'cut-off': [
    (_, res) =>
      void res
        .writeHead(200, { 'content-type': 'text/html', 'content-length': '9000' })
        .write(CAR, () => res.destroy()),
    'network',
    /closed the connection in the middle of its response/,
  ],
  'odd-status': [
    (_, res) => void res.writeHead(500).end(),
    'network',
    /responded with 500 for \/odd-status/,
  ],
  'shut-out': [
    (_, res) => void res.writeHead(403).end(),
    'blocked',
    /denies access to \/shut-out \(403\)/,
  ],
}

withBrowser('a site in trouble, in the browser', () => {
  it('is named what it is, and no status that it did not answer', async () => {
    Object.assign(
      site.routes,
      Object.fromEntries(Object.entries(TROUBLES).map(([name, [route]]) => [`/${name}`, route])),
    )
    site.routes['/cars.json'] = type('application/json', '{"cars":[{')
    site.routes['/cars.html'] = type('text/html', '<p>Not now</p>')
    site.routes['/gone.json'] = (_, res) => void res.writeHead(503).end()
    site.routes['/app.js'] = (req) => void req.socket.resetAndDestroy()
    await withPageFetcher([site], async (fetcher) => {
      for (const [name, [, kind, words]] of Object.entries(TROUBLES)) {
        const read = fetchPage(fetcher, `${site.origin}/${name}`).then((fetched) =>
          requireReadable(custom.read(fetched.page, CONFIG, IN_DOLLARS), fetched),
        )
        const failure: unknown = await read.catch((error: unknown) => error)
        expect([name, failure]).toEqual([
          name,
          expect.objectContaining({ type: kind, message: expect.stringMatching(words) }),
        ])
        expect([name, (failure as Error).message]).not.toEqual([
          name,
          expect.stringMatching(/\b59\d\b/),
        ])
      }
    })
  })

  it(
    'that cannot be reached or leads in circles is not asked again and again, and not without ' +
      'the pause',
    async () => {
      const visits = new PauseLog()
      site.routes['/circle'] = (_, res) => {
        visits.mark()
        res.writeHead(302, { location: '/circle' }).end()
      }
      const circle = withPageFetcher(
        [site],
        (fetcher) => fetchPage(fetcher, `${site.origin}/circle`),
        { gap: 100 },
      )
      await expect(circle).rejects.toMatchObject({
        type: 'network',
        lasting: true,
        message: expect.stringMatching(/redirects more than 10 times/),
      })
      expect(visits.length).toBe(10)
      expect(visits.findShortest()).toBeGreaterThanOrEqual(95)
    },
  )

  it('that is slow says how: it never answers, it never finishes, or its page never rests', async () => {
    const deaf: Server = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(deaf, 'listening')
    const port = (deaf.address() as AddressInfo).port
    const silent = { ...site, origin: `http://127.0.0.1:${port}` }
    site.routes['/drip'] = (_, res) => {
      res.writeHead(200, { 'content-type': 'text/html' }).write('<html>')
      const dripping = setInterval(() => res.write(' '), 200)
      res.on('close', () => clearInterval(dripping))
    }
    site.routes['/hangs'] = htmlRoute(`${CAR}<script src="/never.js"></script>`)
    site.routes['/never.js'] = () => undefined
    site.routes['/busy'] = htmlRoute(`${CAR}<script>for (;;);</script>`)
    const late = (url: string) =>
      withPageFetcher([site, silent], (fetcher) => fetchPage(fetcher, url), { page: 12_000 }).then(
        () => 'it was read',
        (error: { type: string; message: string }) => `${error.type}: ${error.message}`,
      )
    const urls = [
      `${silent.origin}/`,
      ...['/drip', '/hangs', '/busy'].map((path) => site.origin + path),
    ]
    const failures: string[] = []
    for (const url of urls) failures.push(await late(url))
    deaf.close()
    expect(failures).toEqual([
      expect.stringMatching(/^timeout: .* timed out: no response/),
      expect.stringMatching(/^timeout: .*is too slow/),
      expect.stringMatching(/^timeout: .*still waiting for \/never\.js/),
      expect.stringMatching(/^timeout: .*its own scripts keep it busy/),
    ])
  }, 150_000)
})

withBrowser('a page in the browser', () => {
  it('asks its own site for one thing after the other, with the pause between them', async () => {
    const visits = new PauseLog()
    site.routes['/asks'] =
      htmlRoute(`${CAR}<ul></ul><script>for (let i = 0; i < 4; i++) fetch('/part' + i).then((r) => r.text()).then((part) => {
      document.querySelector('ul').innerHTML += part })</script>`)
    for (const part of [0, 1, 2, 3])
      site.routes[`/part${part}`] = (_, res) => {
        visits.mark()
        res.end(`<li class="car"><a href="/p/${part}">part ${part}</a></li>`)
      }
    const { page } = await withPageFetcher(
      [site],
      (fetcher) => fetchPage(fetcher, `${site.origin}/asks`),
      { gap: 1_000 },
    )
    expect(page.body.match(/part \d</g)).toHaveLength(4)
    expect(visits.findShortest()).toBeGreaterThanOrEqual(950)
  })

  it('keeps its cookies from page to page, and follows where it is led', async () => {
    site.routes['/door'] = (req, res) =>
      /seen=1/.test(req.headers.cookie ?? '')
        ? void res.writeHead(302, { location: '/inside' }).end()
        : void res
            .writeHead(302, {
              location: '/door',
              'set-cookie': ['seen=1; Path=/', 'b=2; Expires=Wed, 01 Jan 2031 00:00:00 GMT'],
            })
            .end()
    site.routes['/inside'] = (req, res) =>
      htmlRoute(
        `<p>${req.headers.cookie}</p><script>if (!location.hash) location.href = ` +
          `'/last#1'</script>`,
      )(req, res)
    site.routes['/last'] = (req, res) =>
      htmlRoute(`<p>last ${req.headers.cookie} ${req.headers['user-agent']}</p>`)(req, res)
    const { page } = await withPageFetcher([site], (fetcher) =>
      fetchPage(fetcher, `${site.origin}/door`),
    )
    expect([page.url, /last (seen=1; b=2|b=2; seen=1) Forecourt/.test(page.body)]).toEqual([
      `${site.origin}/last#1`,
      true,
    ])
  })
})
