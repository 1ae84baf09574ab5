import type { PageRequest } from '../../plugins/scraping/domain/pages.ts'
import { findPlatform } from '../../plugins/scraping/platforms/index.ts'
import { SITES } from '../support/dealer-sites/index.ts'
import type { SiteInput, Kind } from '../support/dealer-sites/kinds.ts'
import { getCarsOn, simulateWorld } from '../support/dealer-sites/world.ts'
import { computeMedian } from './measure.ts'
import { IN_DOLLARS } from '../support/in-dollars.ts'

/** How this bench is named on the command line. */
export const PARSING = 'parsing'

/** Those whose cars come as JSON have to be read at this rate; the others are told. */
const MIN_PER_SECOND = 5_000
const JSON_KINDS: readonly Kind[] = ['dealeron', 'dealer-com', 'dealer-inspire']
const HTML_KINDS: readonly Kind[] = ['dealer-center', 'dealersync', 'schema-org', 'custom']
const CARS = 2_000
const ROUNDS = 7
const ORIGIN = 'http://127.0.0.1'

type Figure = { name: string; of: string; to: string; figure: number; min?: number }

/**
 * Listings a second of processor time, of pages as long as their site makes them: so that a busy
 * machine is told no other figure.
 */
export function benchParsing(print: (line: string) => void): Figure[] {
  return [...JSON_KINDS, ...HTML_KINDS].map((kind) => {
    const walk = preparePages(kind)
    const rates = Array.from({ length: ROUNDS }, () => measureRate(walk)).slice(1)
    print(`median   parsing ${kind.padEnd(14)} ${Math.round(computeMedian(rates))} listings/s`)
    const wanted = JSON_KINDS.includes(kind) ? { least: 1 } : {}
    return {
      name: `parsing.${kind}: it / ${MIN_PER_SECOND} a second`,
      of: kind,
      to: kind,
      figure: computeMedian(rates) / MIN_PER_SECOND,
      ...wanted,
    }
  })
}

/** Reads pages again as they were read; how many listings they gave, and in how much time. */
function measureRate(crawl: () => number): number {
  const before = process.cpuUsage()
  const listings = crawl()
  const { user, system } = process.cpuUsage(before)
  return listings / ((user + system) / 1_000_000)
}

/** The pages of a whole site, and a walk through them. */
function preparePages(kind: Kind): () => number {
  const platform = findPlatform(kind)
  if (!platform) throw new Error(`There is no platform ${kind}.`)
  const site = SITES[kind]
  const stock = {
    cars: getCarsOn(simulateWorld({ cars: CARS, days: 1 }), 1),
    perPage: site.perPage,
    endless: false,
    stays: false,
    shape: 'well' as const,
    withoutApi: false,
  }
  const config = site.config('link')
  const pages = platform.listFirstRequests(ORIGIN + site.inventoryPath, config).map(answered)
  function answered(request: PageRequest) {
    const siteInput: SiteInput = {
      method: request.method ?? 'GET',
      url: new URL(request.url),
      headers: request.headers ?? {},
      body: request.body ?? '',
    }
    const answer = site.answer(siteInput, { ...stock, pagination: 'link' })
    return {
      request,
      status: answer?.status ?? 404,
      url: request.url,
      contentType: answer?.type ?? '',
      body: answer?.body ?? '',
    }
  }
  for (const page of pages) {
    const read = platform.read(page, config, IN_DOLLARS)
    if ('problem' in read) throw new Error(read.problem)
    pages.push(...read.next.map(answered))
  }
  return () =>
    pages.reduce((sum, page) => sum + countListings(platform.read(page, config, IN_DOLLARS)), 0)
}

const countListings = (read: { problem: string } | { listings: unknown[] }): number =>
  'listings' in read ? read.listings.length : 0
