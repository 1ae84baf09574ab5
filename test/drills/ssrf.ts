import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBrowserFetcher } from '../../plugins/scraping/adapters/browser/browser-fetcher.ts'
import { createPoliteFetcher } from '../../plugins/scraping/adapters/polite-fetcher.ts'
import type { PageFetcher } from '../../plugins/scraping/domain/fetching.ts'
import { Gate, type Resolve } from '../../src/egress/gate.ts'
import { OPEN_PACING, OPEN_ROBOTS_STORE } from '../support/browsing.ts'
import { hostileUrls, openCanary } from '../support/canary.ts'

type Print = (line: string) => void

const HUGE = 300 * 1024 * 1024
const MAX_GROWTH = 50_000_000

/**
 * S9: every address that is not on the public internet, as somebody would write it, asked for
 * itself, led to by a redirect of each kind and used by a page, by plain requests and by the
 * browser: nothing ever connects. A page of 300 MB costs no memory.
 */
export async function ssrfDrill(print: Print): Promise<boolean> {
  const canary = await openCanary()
  const site = await openBadSite()
  const requested = new Map<string, number>()
  const turning: Resolve = async (name) => {
    const times = requested.get(name) ?? 0
    requested.set(name, times + 1)
    if (name.startsWith('both.')) return ['93.184.215.14', '127.0.0.1']
    return [name.startsWith('turning.') && times % 2 === 0 ? '192.0.0.8' : '127.0.0.1']
  }
  const politeness = {
    gate: new Gate([site.origin], turning),
    pacing: OPEN_PACING,
    robotsStore: OPEN_ROBOTS_STORE,
    userAgent: 'Forecourt/1.0 (+drill)',
    gapFor: () => 0,
  }
  const [plain, browser] = [
    createPoliteFetcher(politeness),
    await createBrowserFetcher(politeness, { page: 20_000 }),
  ]
  try {
    const names = ['turning', 'both', 'private'].map(
      (name) => `http://${name}.example:${canary.port}/`,
    )
    const urls = [...hostileUrls(canary.port), ...names, ...names]
    const held = [
      await checkBlocked(print, 'plain requests', plain, site, urls, canary.hits),
      await checkBlocked(print, 'the browser', browser, site, urls, canary.hits),
    ]
    return (await checkMemory(print, plain, site.origin)) && held.every(Boolean)
  } finally {
    await Promise.all([plain.close(), browser.close()])
    await site.close()
    await canary.close()
  }
}

async function openBadSite() {
  const to = { url: '', status: 302 }
  const chunk = Buffer.alloc(64 * 1024, 'x')
  const server = createServer((req, res) => {
    if (req.url === '/away') return void res.writeHead(to.status, { location: to.url }).end()
    res.writeHead(200, { 'content-type': 'text/html' })
    if (req.url !== '/huge') return void res.end(buildPage(to.url))
    let left = HUGE
    const pour = () => {
      while (left > 0 && !res.destroyed) {
        left -= chunk.length
        if (!res.write(chunk)) return void res.once('drain', pour)
      }
      res.end()
    }
    pour()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, to, close }
}

/** A page that tries an address in every way that a page has. */
const buildPage = (
  url: string,
) => `<meta http-equiv="refresh" content="1;url=${url}"><img src="${url}"><iframe src="${url}"></iframe>
  <link rel="prefetch" href="${url}"><object data="${url}"></object><svg><image href="${url}"/></svg><script src="${url}"></script><script>
  const tries = [() => fetch('${url}', { mode: 'no-cors' }), () => navigator.sendBeacon('${url}', 'x'), () => new EventSource('${url}'),
    () => new WebSocket('${url.replace(/^http/, 'ws')}'), () => open('${url}'), () => navigator.serviceWorker.register('${url}')]
  for (const one of tries) try { Promise.resolve(one()).catch(() => 0) } catch (error) { document.title = String(error) }
  setTimeout(() => { location.href = '${url}' }, 300)</script>`

type Bad = Awaited<ReturnType<typeof openBadSite>>

async function checkBlocked(
  print: Print,
  who: string,
  fetcher: PageFetcher,
  site: Bad,
  urls: readonly string[],
  hits: () => number,
) {
  const before = hits()
  let answered = 0
  const fetchUrl = async (url: string) => {
    const came = await fetcher.fetch({ url }, null, AbortSignal.timeout(60_000)).then(
      () => true,
      () => false,
    )
    if (came) answered += 1
  }
  for (const url of urls) await fetchUrl(url)
  for (const [index, url] of urls.entries()) {
    site.to.url = url.replaceAll(/[^ -~]/g, encodeURIComponent)
    site.to.status = [301, 302, 303, 307, 308][index % 5] ?? 302
    await fetchUrl(`${site.origin}/away`)
  }
  const reached = answered
  for (const url of urls.filter((one) => one.startsWith('http'))) {
    site.to.url = url.replaceAll(/[^ -~]/g, encodeURIComponent)
    await fetchUrl(`${site.origin}/page`)
  }
  print(
    `${who}: ${urls.length} addresses, asked for, led to and used by pages: ${reached} ` +
      `answered, ${hits() - before} hits on the canary`,
  )
  return reached === 0 && hits() === before
}

/** How much more memory a page of 300 MB takes at its worst. */
async function checkMemory(print: Print, fetcher: PageFetcher, origin: string): Promise<boolean> {
  const first = process.memoryUsage().rss
  let peak = first
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5)
  for (let times = 0; times < 3; times++) {
    await fetcher
      .fetch({ url: `${origin}/huge` }, null, AbortSignal.timeout(60_000))
      .catch(() => 'It is too large, as it should be.')
    await sleep(200)
  }
  clearInterval(sampler)
  const more = peak - first
  print(
    `a page of 300 MB, three times: ${Math.round(more / 1e6)} MB more memory at most (at most ` +
      `${MAX_GROWTH / 1e6})`,
  )
  return more < MAX_GROWTH
}
