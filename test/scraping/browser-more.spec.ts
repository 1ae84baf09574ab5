import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getCarSelectors } from '../../plugins/scraping/domain/more-button.ts'
import type { PageFetcher } from '../../plugins/scraping/domain/fetching.ts'
import { findChromium } from '../support/browser.ts'
import { withPageFetcher, htmlRoute, fetchPage } from '../support/browsing.ts'
import { openSite, type Site } from '../support/site.ts'

let site: Site
const withBrowser = findChromium() ? describe : describe.skip

beforeAll(async () => void (site = await openSite()))
afterAll(() => site.close())

const CONFIG = {
  listing: 'li.car',
  fields: { url: 'a', title: 'a' },
  next: { loadMore: { selector: '#more' } },
}
const MORE = { clickMore: '#more', cars: getCarSelectors(CONFIG) }

/**
 * A lot of which each click shows one car more: `show(i)` shows the i-th, and `click(i)` is what a
 * click does, the first one being 1.
 */
const lot = (click: string, button = '<button id="more">Load more</button>', cars = 2) =>
  htmlRoute(`<div id="lot"></div>${button}<script>
    const more = document.querySelector('#more'), lot = document.querySelector('#lot')
    const show = (i) => i < ${cars} && lot.insertAdjacentHTML('beforeend', '<li class="car"><a href="/v/' + i + '">car ' + i + '</a></li>')
    show(0)
    let clicks = 0
    more.onclick = (event) => { const i = ++clicks; ${click} }</script>`)

const carsIn = (body: string) =>
  [...body.matchAll(/>car (\d+)</g)].map(([, number]) => Number(number))

withBrowser('the button for more cars', () => {
  /** One tab after the other, as a run does. */
  const readAll = async <Case>(
    cases: readonly Case[],
    read: (fetcher: PageFetcher, one: Case) => Promise<void>,
  ) =>
    withPageFetcher(
      [site],
      async (fetcher) => {
        for (const one of cases) await read(fetcher, one)
      },
      MORE,
    )

  const ends: Record<string, [click: string, button?: string]> = {
    'is disabled and hidden': ['show(i); more.disabled = true; more.hidden = true'],
    'takes two seconds': [
      'more.disabled = true; setTimeout(() => { show(i); more.remove() }, 2_000)',
    ],
    'stays, and brings the same cars again': [
      'event.preventDefault(); show(i % 2)',
      '<a id="more" href="/more-of-it">More</a>',
    ],
  }
  it('is pressed until it brings no car, however it ends, and all of them are read as whole', async () => {
    await readAll(Object.entries(ends), async (fetcher, [name, [click, button]]) => {
      const path = `/${name.replaceAll(/\W+/g, '-')}`
      site.routes[path] = lot(click, button)
      const { page, unfinished } = await fetchPage(fetcher, site.origin + path)
      expect([name, [...new Set(carsIn(page.body))], unfinished]).toEqual([name, [0, 1], null])
      expect(page.body).not.toContain('/more-of-it')
    })
  })

  it('tells cars apart by their words where their marks name none', async () => {
    const fields = { stockNumber: '.stock', url: 'a', title: 'a' }
    const cars = getCarSelectors({ ...CONFIG, fields })
    const show =
      `lot.insertAdjacentHTML('beforeend', '<li class="car"><i class="stock">N/A</i><a ` +
      `href="#">car ' + i + '</a></li>')`
    site.routes['/unmarked'] = lot(`if (i < 3) { ${show} }`, undefined, 0)
    const { page } = await withPageFetcher(
      [site],
      (fetcher) => fetchPage(fetcher, `${site.origin}/unmarked`),
      { ...MORE, cars },
    )
    expect(carsIn(page.body)).toEqual([1, 2])
  })

  const doubts: Record<string, [click: string, cars: number[], why: RegExp, button?: string]> = {
    'leads to another page': [
      'location.href = "/elsewhere"',
      [0],
      /leads to another page, .*\/elsewhere/,
    ],
    'opens its form': [
      '',
      [0],
      /leads to another page/,
      '<form action="/elsewhere"><button id="more">More</button></form>',
    ],
    'takes cars away': [
      'lot.innerHTML = ""; show(i); more.remove()',
      [1],
      /replaces 1 of the cars/,
    ],
    'fails at the server': [
      'fetch("/broken").then((r) => r.ok && show(i))',
      [0],
      /could not be loaded: .* responded with 500 for \/broken/,
    ],
  }
  it('leaves a doubt where there may be more, which says why', async () => {
    site.routes['/broken'] = (_, res) => void res.writeHead(500).end()
    await readAll(Object.entries(doubts), async (fetcher, [name, [click, cars, why, button]]) => {
      const path = `/${name.replaceAll(/\W+/g, '-')}`
      site.routes[path] = lot(click, button)
      const { page, unfinished } = await fetchPage(fetcher, site.origin + path)
      expect([name, carsIn(page.body), unfinished]).toEqual([
        name,
        cars,
        expect.stringMatching(why),
      ])
    })
  })

  it('that never ends is pressed for a bounded time, and what it brought is kept', async () => {
    site.routes['/endless'] = lot('show(i)', undefined, 1_000_000)
    const { page, unfinished } = await withPageFetcher(
      [site],
      (fetcher) => fetchPage(fetcher, `${site.origin}/endless`),
      {
        ...MORE,
        clicking: 3_000,
      },
    )
    expect(carsIn(page.body).length).toBeGreaterThan(2)
    expect(unfinished).toMatch(/#more still loaded more cars after \d+ clicks: the list is endless/)
  })
})
