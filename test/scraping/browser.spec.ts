import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { BrowserOptions } from '../../plugins/scraping/adapters/browser/browser-fetcher.ts'
import { findChromium } from '../../plugins/scraping/adapters/browser/find-chromium.ts'
import type { PageFetcher } from '../../plugins/scraping/domain/fetching.ts'
import { type Canary, hostileUrls, openCanary } from '../support/canary.ts'
import { findChromium as here } from '../support/browser.ts'
import { withPageFetcher, htmlRoute, fetchPage } from '../support/browsing.ts'
import { openSite, type Site } from '../support/site.ts'

let canary: Canary
let site: Site
const withBrowser = here() ? describe : describe.skip

beforeAll(async () => {
  canary = await openCanary()
  site = await openSite()
})

afterAll(async () => {
  await site.close()
  await canary.close()
})

const withFetcher = <Value>(
  work: (fetcher: PageFetcher) => Promise<Value>,
  options: BrowserOptions = {},
) => withPageFetcher([site], work, options)
const show = async (fetcher: PageFetcher, url: string) => (await fetchPage(fetcher, url)).page
const profiles = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`forecourt-browser-${process.pid}-`))

describe('a machine without a browser', () => {
  it('says what to install', () => {
    expect(() => findChromium('/nowhere/chromium')).toThrow(
      /none was found on this machine at \/nowhere\/chromium/,
    )
    expect(() => findChromium(undefined, [`/nowhere/${randomUUID()}`])).toThrow(
      /Install Debian’s chromium, or set CHROMIUM_PATH/,
    )
  })
})

describe('a browser that cannot be started', () => {
  it('fails the page with the reason, and ends nothing else', async () => {
    const fetched = withFetcher((fetcher) => show(fetcher, site.origin), { executable: tmpdir() })
    await expect(fetched).rejects.toThrow(/The browser did not start: .*EACCES/)
    expect(await profiles()).toEqual([])
  })
})

withBrowser('a browser', () => {
  it('shows what a page’s own script puts there, under our name', async () => {
    site.routes['/script'] = (req, res) =>
      htmlRoute(
        `<p id=who>${req.headers['user-agent']}</p><script>document.body.append('made ` +
          `here')</script>`,
      )(req, res)
    const page = await withFetcher((fetcher) => show(fetcher, `${site.origin}/script`))
    expect([
      page.status,
      page.body.includes('made here</body>'),
      page.body.includes('Forecourt/1.0 (+test)'),
    ]).toEqual([200, true, true])
  })

  it('presses the button for more until it is gone', async () => {
    site.routes['/more'] =
      htmlRoute(`<ul></ul><button>More</button><script>let n = 0; document.querySelector('button').onclick = (e) => {
      document.querySelector('ul').innerHTML += '<li>car ' + ++n; if (n === 4) e.target.remove() }</script>`)
    const page = await withFetcher((fetcher) => show(fetcher, `${site.origin}/more`), {
      clickMore: 'button',
    })
    expect(page.body.match(/car \d/g)).toEqual(['car 1', 'car 2', 'car 3', 'car 4'])
  })

  it('goes nowhere that is not allowed, by whatever way a page tries', async () => {
    const inward = `http://127.0.0.1:${canary.port}`
    const name = `http://turning.example:${canary.port}`
    site.routes['/away'] = (_, res) =>
      void res.writeHead(302, { location: `${inward}/redirect` }).end()
    site.routes['/ways'] =
      htmlRoute(`<img src="${inward}/img"><iframe src="${inward}/frame"></iframe><link rel=prefetch href="${inward}/pre">
      <iframe src="/away"></iframe><iframe src="file:///etc/passwd"></iframe><svg><image href="${inward}/svg" /></svg>
      <object data="${inward}/object"></object><script src="${name}/script"></script><style>@import "${inward}/css"</style><script>
      const tries = [() => fetch('${inward}/fetch', { mode: 'no-cors' }), () => fetch('${name}/fetch', { mode: 'no-cors' }),
        () => navigator.sendBeacon('${inward}/beacon', 'x'), () => new WebSocket('ws://127.0.0.1:${canary.port}/ws'),
        () => new EventSource('${inward}/events'), () => navigator.serviceWorker?.register('${inward}/sw.js'),
        () => new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${canary.port}' }] }).createDataChannel('x'),
        () => fetch('http://[::1]:${canary.port}/six', { mode: 'no-cors' }), () => fetch('http://2130706433:${canary.port}/', { mode: 'no-cors' })]
      for (const one of tries) try { Promise.resolve(one()).catch(() => 0) } catch (error) { document.title = String(error) }</script>tried`)
    await withFetcher(async (fetcher) => {
      expect((await show(fetcher, `${site.origin}/ways`)).body).not.toContain('root:')
      for (const url of [
        ...hostileUrls(canary.port).filter((_, index) => index % 9 === 0),
        `${site.origin}/away`,
      ])
        await expect(
          show(fetcher, url).then((page) => `${url} showed ${page.status}`),
        ).rejects.toMatchObject({
          name: 'ScrapeFailure',
        })
    })
    expect(canary.hits()).toBe(0)
  })

  it('is ended by a page that takes too much memory, and the next page has a new one', async () => {
    site.routes['/greedy'] = htmlRoute(
      '<script>const all = []; for (let n = 0; n < 60; n++) all.push(new ' +
        'Uint8Array(2e7).fill(7)); for (;;);</script>',
    )
    await withFetcher(async (fetcher) => {
      await expect(show(fetcher, `${site.origin}/greedy`)).rejects.toMatchObject({
        type: 'network',
        message: expect.stringContaining('more than 600 MB'),
      })
      expect((await show(fetcher, `${site.origin}/script`)).status).toBe(200)
    })
  })

  it('is ended by a page that never rests, and leaves neither profile nor process behind', async () => {
    const before = await profiles()
    site.routes['/endless'] = htmlRoute('<script>for (;;);</script>')
    const endless = withFetcher((fetcher) => show(fetcher, `${site.origin}/endless`), {
      page: 15_000,
    })
    await expect(endless).rejects.toMatchObject({ type: 'timeout' })
    expect((await profiles()).filter((name) => !before.includes(name))).toEqual([])
    const running = await promisify(execFile)('ps', ['-eo', 'ppid,stat,args'])
    const ours = running.stdout
      .split('\n')
      .filter((line) => new RegExp(`^\\s*${process.pid}\\s.*chrom`).test(line))
    expect(ours).toEqual([])
  })
})
