import { describe, expect, it } from '@jest/globals'
import type { Page, PageRequest } from '../../plugins/scraping/domain/pages.ts'
import {
  repeatsFirstPage,
  pageFingerprint,
  MAX_LIST_PAGES,
  getPageNumber,
  type NextPage,
  nextRequests,
} from '../../plugins/scraping/domain/pagination.ts'

const LIST = 'https://dealer.example/used'

function pageOf(request: PageRequest): Page {
  return { request, status: 200, url: request.url, contentType: 'text/html', body: '' }
}
const marks = (from: number, count = 10) =>
  Array.from({ length: count }, (_, i) => `car ${from + i}`)

/** Walks pages that show these cars, each of which names the next; where it ended and why. */
function walk(
  shown: readonly string[][],
  follow: Partial<NextPage> = {},
): { pages: number; problem: string | null } {
  let request: PageRequest = { url: LIST }
  for (const [i, cars] of shown.entries()) {
    const next = nextRequests(pageOf(request), cars, {
      next: { url: `${LIST}?p=${i + 2}` },
      ...follow,
    })
    if ('problem' in next) return { pages: i + 1, problem: next.problem }
    const [first] = next
    if (!first) return { pages: i + 1, problem: null }
    request = first
  }
  return { pages: shown.length, problem: null }
}

describe('a walk through a list', () => {
  it('goes on from page to page and counts them', () => {
    const [second] = nextRequests(pageOf({ url: LIST }), marks(0), {
      next: { url: `${LIST}?p=2`, carry: { site: 7 } },
    }) as PageRequest[]
    expect(second).toMatchObject({ url: `${LIST}?p=2`, carry: { site: 7, page: 2 } })
    expect([
      getPageNumber(pageOf({ url: LIST })),
      getPageNumber(pageOf(second ?? { url: '' })),
    ]).toEqual([1, 2])
  })

  it('takes no number from a carry that holds none', () => {
    const numbers = [-1, 0, 1.5, '2', null, 3].map((page) =>
      getPageNumber(pageOf({ url: LIST, carry: { page } })),
    )
    expect(numbers).toEqual([1, 1, 1, 1, 1, 3])
  })

  it('ends where no page follows, where a page is empty, and where a page leads to itself', () => {
    expect(nextRequests(pageOf({ url: LIST }), marks(0), { next: null })).toEqual([])
    expect(walk([marks(0), []])).toEqual({ pages: 2, problem: null })
    expect(nextRequests(pageOf({ url: LIST }), marks(0), { next: { url: LIST } })).toEqual([])
  })

  it('tells questions to one address apart by what is asked', () => {
    const requested = pageOf({ url: LIST, method: 'POST', body: '{"start":0}' })
    expect(
      nextRequests(requested, marks(0), {
        next: { url: LIST, method: 'POST', body: '{"start":10}' },
      }),
    ).toHaveLength(1)
    expect(
      nextRequests(requested, marks(0), {
        next: { url: LIST, method: 'POST', body: '{"start":0}' },
      }),
    ).toEqual([])
  })

  it('never leaves its origin', () => {
    for (const url of [
      'https://elsewhere.example/used?p=2',
      'http://dealer.example/used?p=2',
      'https://dealer.example:8443/',
    ])
      expect(nextRequests(pageOf({ url: LIST }), marks(0), { next: { url } })).toEqual({
        problem: `The next page, ${url}, has a different origin than ${LIST} and is not followed.`,
      })
  })

  it('is broken where its first page or the one before comes again', () => {
    expect(walk([marks(0), marks(10), marks(0)])).toEqual({
      pages: 3,
      problem: `Page 3 of the list repeats the cars of page 1: ${LIST}?p=3`,
    })
    expect(walk([marks(0), marks(10), marks(10)]).problem).toContain('repeats the cars of page 2')
    expect(walk([marks(0), marks(10), [...marks(16, 4), ...marks(0, 6)]]).problem).toContain(
      'the cars of page 1',
    )
  })

  it('is whole where a site is known to show its last or first page again after the last', () => {
    expect(walk([marks(0), marks(10), marks(10)], { onRepeat: 'end' })).toEqual({
      pages: 3,
      problem: null,
    })
    expect(
      walk([marks(0), [...marks(10, 4), ...marks(0, 6)]], { onRepeat: 'end' }).problem,
    ).toContain('the cars of page 1')
  })

  it(
    'ends at a button for more cars that brings none, and goes on where its answer begins with ' +
      'those that are shown',
    () => {
      const more = { onRepeat: 'more' } as const
      expect(walk([marks(0), marks(10), marks(10)], more)).toEqual({ pages: 3, problem: null })
      expect(walk([marks(0), marks(10), marks(14, 6)], more)).toEqual({ pages: 3, problem: null })
      const growing = Array.from({ length: 12 }, (_, i) => marks(0, 15 * (i + 1)))
      expect(walk([...growing, marks(0, 180)], more)).toEqual({ pages: 13, problem: null })
      expect(walk([marks(0), [...marks(10, 4), ...marks(0, 6)]], more).problem).toContain(
        'the cars of page 1',
      )
    },
  )

  it('is known to show its beginning again, which may be its end', () => {
    const second = { request: { url: LIST, carry: { page: 2, first: marks(0), last: marks(0) } } }
    expect(repeatsFirstPage({ ...pageOf({ url: LIST }), ...second }, marks(0))).toBe(true)
    expect(repeatsFirstPage({ ...pageOf({ url: LIST }), ...second }, marks(10))).toBe(false)
    expect(repeatsFirstPage({ ...pageOf({ url: LIST }), ...second }, marks(4, 6))).toBe(false)
    expect(repeatsFirstPage(pageOf({ url: LIST }), marks(0))).toBe(false)
  })

  it(
    'is not broken by a car on top of every page, nor by one that a new car pushed to the next ' +
      'page',
    () => {
      const pinned = [0, 10, 20].map((from) => ['pinned', ...marks(from)])
      expect(walk(pinned)).toEqual({ pages: 3, problem: null })
      expect(walk([marks(0), ['car 9']])).toEqual({ pages: 2, problem: null })
    },
  )

  it('is broken where it does not end', () => {
    const endless = Array.from({ length: MAX_LIST_PAGES + 5 }, (_, i) => marks(i * 10))
    expect(walk(endless)).toEqual({
      pages: MAX_LIST_PAGES,
      problem: `Page ${MAX_LIST_PAGES} of the list still links to a next page, which exceeds the limit.`,
    })
  })

  it('carries little from page to page, however many cars a page shows', () => {
    const next = nextRequests(pageOf({ url: LIST }), marks(0, 10_000), {
      next: { url: `${LIST}?p=2` },
    })
    expect(JSON.stringify(next).length).toBeLessThan(10_000)
  })

  it('knows a car by its VIN, else its stock number, else the end of its address', () => {
    const car = { vin: null, stockNumber: null, url: `https://dealer.example/${'x'.repeat(90)}/7` }
    const listings = [{ ...car, vin: 'V' }, { ...car, stockNumber: 'S' }, car] as never
    expect(pageFingerprint(listings)).toEqual(['V', 'S', `${'x'.repeat(58)}/7`])
  })
})
