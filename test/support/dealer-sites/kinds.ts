import type { JsonObject } from '../../../plugins/scraping/domain/json.ts'
import type { DealerCar } from './world.ts'

/** Named as the folders of the platforms are. */
export type Kind =
  | 'dealeron'
  | 'dealer-com'
  | 'dealer-inspire'
  | 'dealer-center'
  | 'dealersync'
  | 'schema-org'
  | 'custom'

/** What a site was asked. */
export type SiteInput = {
  method: string
  url: URL
  headers: Readonly<Record<string, string>>
  body: string
}

/**
 * What a site answers. `page` and `pages` tell which part of its listing this is, from 1; an answer
 * without them is no part of it.
 */
export type Answer = { status: number; type: string; body: string; page?: number; pages?: number }

/**
 * How a site goes on: by a link, by numbers that its pages do not name, or by a button. Only the
 * custom kind has all three.
 */
export type Pagination = 'link' | 'page-number' | 'load-more'

/**
 * How a site shows its listings. Of `malformed` every second one has facts that cannot be read, of
 * `bare` it says nothing but what names the car, of `nameless` not even that. `struck`: every
 * price has a higher one before it that is struck through.
 */
export const SHAPES = ['well', 'malformed', 'bare', 'nameless', 'struck'] as const
export type Shape = (typeof SHAPES)[number]

/**
 * The shape of a car's listing: every second car is in trouble, by its stock number, so that it is
 * the same ones each day.
 */
export const getShape = ({ shape }: Stock, { stockNumber }: DealerCar): Shape =>
  shape === 'struck' || Number(stockNumber.at(-1)) % 2 === 1 ? shape : 'well'

/** What a listing of JSON is in a shape; `names` are the keys that name its car. */
export function shapeJson(
  listing: Record<string, unknown>,
  shape: Shape,
  names: readonly string[],
): Record<string, unknown> {
  if (shape === 'nameless') return { error: 'The template failed' }
  const unreadable: unknown[] = [{ odd: [true] }, true, [{}], { value: { deep: null } }]
  const entries = Object.entries(listing).flatMap(([key, value], at): [string, unknown][] => {
    if (names.includes(key) || !['malformed', 'bare'].includes(shape)) return [[key, value]]
    return shape === 'malformed' ? [[key, unreadable[at % unreadable.length]]] : []
  })
  return Object.fromEntries(entries)
}

/**
 * What a site has to show. `endless`: its listing never ends, and its cars come round again and
 * again. `stays`: its button for more never goes, and brings the last ones again.
 */
export type Stock = {
  shape: Shape
  stays: boolean
  cars: readonly DealerCar[]
  perPage: number
  endless: boolean
  pagination: Pagination
  withoutApi: boolean
}

/** One making of sites. `answer` is null for an address that it does not have. */
export type SiteKind = {
  inventoryPath: string
  perPage: number
  config: (pagination: Pagination) => JsonObject
  answer: (input: SiteInput, stock: Stock) => Answer | null
}

export const HTML = 'text/html; charset=utf-8'
export const JSON_TYPE = 'application/json; charset=utf-8'

/**
 * The cars from the `start`-th on. `pages` are of `count` cars each; an endless stock says that it
 * has a million.
 */
export function selectPart({ cars, endless, stays }: Stock, from: number, count: number) {
  const start = stays ? Math.min(from, count * Math.floor((cars.length - 1) / count)) : from
  const shown = endless
    ? Array.from({ length: count }, (_, i) => cars[(start + i) % cars.length]).filter(
        (car) => car !== undefined,
      )
    : cars.slice(start, start + count)
  const total = endless ? 1_000_000 : cars.length
  return {
    shown,
    total,
    page: Math.floor(start / count) + 1,
    pages: Math.max(1, Math.ceil(total / count)),
  }
}

/** The page with this number in the address, 1 where it says none. */
export function readPageNumber({ url }: SiteInput, parameter: string): number {
  return Math.max(1, Number(url.searchParams.get(parameter) ?? 1) || 1)
}

/** `$12,345`, with cents where there are some; `Call for price` where there is no price. */
export function formatDollars(cents: number | null): string {
  if (cents === null) return 'Call for price'
  const dollarsOnly = Math.floor(cents / 100).toLocaleString('en-US')
  return cents % 100 === 0
    ? `$${dollarsOnly}`
    : `$${dollarsOnly}.${String(cents % 100).padStart(2, '0')}`
}

export const formatMiles = (mileage: number): string => `${mileage.toLocaleString('en-US')} mi`

export const formatCarName = ({ year, make, model, trim }: DealerCar): string =>
  `${year} ${make} ${model} ${trim}`

export const renderHtmlPage = (title: string, head: string, body: string): string =>
  '<!doctype html><html lang="en"><head><meta ' +
  `charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`

export const toJson = (value: unknown): string => JSON.stringify(value)

/** JSON as it may stand inside a script element. */
export const toScriptJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c')
