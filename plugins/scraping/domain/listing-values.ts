import { MAX_CENTS } from '../../../src/domain/money.ts'
import { normalizeVin, parseVin } from '../../../src/domain/vin.ts'
import { LISTING_FIELDS } from './listing-fields.ts'
import type { PriceFormat } from './price-format.ts'
import { findPriceSums, NUMBER } from './sale-price.ts'

const MAX_CARS = 10_000_000
const MAX_INPUT_LENGTH = 2_000
const VIN_LENGTH = 17
const KM_TO_MILE = 1.609344

/** Invisible characters. */
const UNSEEN = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g

/**
 * Parses a text for a column of `maxLength` characters: one line, trimmed, without control
 * characters, marks for writing direction and unpaired surrogates. A number becomes its digits.
 * Returns null for other values and empty texts. Markup is kept unchanged, so it must only be
 * displayed as text.
 */
export function parseText(value: unknown, maxLength: number): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value).slice(0, maxLength)
  if (typeof value !== 'string') return null
  const line = value
    .slice(0, MAX_INPUT_LENGTH)
    .replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Cs}/gu, '')
    .trim()
  return (
    line
      .slice(0, maxLength)
      .replace(/\p{Cs}$/u, '')
      .trim() || null
  )
}

/**
 * Parses a price into cents; in dollars, `$12,345*`, `12345`, `12,345.00 USD` or 12345. Returns
 * null if there is none (`Call for price`, 0) or several (`$20,000 $18,000`, because it is unknown
 * which one counts), if it is negative or exceeds the column, if it is marked as something else
 * (`$299/mo`, `was $8,990`), and for currencies other than ours.
 */
export function parsePriceCents(value: unknown, format: PriceFormat): number | null {
  const text = toInputText(value)
  if (text === null || format.notOneSum.test(text) || format.foreign.test(text)) return null
  const [cents, ...more] = findPriceSums(text, format)
  return cents !== undefined && more.length === 0 && cents > 0 && cents <= MAX_CENTS ? cents : null
}

/**
 * Parses a mileage into whole miles: `45,231 mi`, 45231 or `45231 SMI` is 45231; `72,420 km` or
 * `72420 KMT` is 45000. Returns null if there is no number, more than one, a negative one, or an
 * implausibly large one.
 */
export function parseMiles(value: unknown): number | null {
  const text = toInputText(value)
  if (text === null || /[-−]\s*\d/.test(text)) return null
  const numbers = [...text.matchAll(NUMBER)].map(([, whole = '', decimals = '']) =>
    Number(whole.replaceAll(',', '') + decimals),
  )
  const [number] = numbers
  if (number === undefined || numbers.length > 1) return null
  const miles = Math.round(/\d\s*(?:km|kmt|kilomet)/i.test(text) ? number / KM_TO_MILE : number)
  return miles <= LISTING_FIELDS.mileage.max ? miles : null
}

/** Parses a model year from 1900 to 2100; the column limits later years. */
export function parseModelYear(value: unknown): number | null {
  const text = toInputText(value)
  const year = Number(
    /^\s*(?:(?:model )?year:?\s*|my\s?)?(\d{4})(?:\.0+|-(?:0\d|1[0-2])(?:-\d{2}.*)?)?\s*$/i.exec(
      text ?? '',
    )?.[1],
  )
  return year >= 1900 && year <= 2100 ? year : null
}

/**
 * Parses an absolute HTTP(S) URL of at most 500 characters, without credentials; removes the
 * fragment.
 */
export function parseListingUrl(value: unknown, base: string): string | null {
  if (typeof value !== 'string' || value.trim() === '' || value.length > MAX_INPUT_LENGTH)
    return null
  const url = URL.parse(value.trim(), base)
  if (!url) return null
  url.hash = ''
  const fits =
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    url.href.length <= LISTING_FIELDS.url.maxLength
  return fits ? url.href : null
}

/**
 * Parses a VIN in the format of the column; null for any other text. Accepts a wrong check digit
 * for cars made abroad, because the seller copied the VIN from the plate and not every manufacturer
 * there uses check digits. Cars before 1981 have chassis numbers; a short number of a later car is
 * more likely the end of its VIN. From a text with a label (`VIN: …`), uses its only 17-character
 * word.
 */
export function parseListingVin(value: unknown, year: number | null): string | null {
  const text = parseText(value, 200)
  if (text === null) return null
  const [word, more] = text.match(/(?<![A-Z0-9])[A-Z0-9]{17}(?![A-Z0-9])/gi) ?? []
  for (const candidate of word && more === undefined ? [text, word] : [text]) {
    const isAsLongAsVin = normalizeVin(candidate).length === VIN_LENGTH
    const read = parseVin(
      candidate,
      isAsLongAsVin ? { confirmed: true } : { modelYear: year ?? undefined },
    )
    if ('vin' in read) return read.vin
  }
  return null
}

/**
 * Parses a number of cars: 60 from `60`, `60 cars`, `1-9 of 60` or `9 / 60`, but not the number of
 * pages in `page 1 of 8`; null for anything else.
 */
export function parseCount(value: unknown): number | null {
  const text = (toInputText(value) ?? '').replaceAll(/\bpage\s*\d+\s*(?:(?:of|\/)\s*\d+)?/gi, ' ')
  const numbers = [...text.matchAll(/\d[\d,]*/g)].map(([digits]) => digits)
  const digits =
    /(?:\bof\s+|\d\s*\/\s*)(\d[\d,]*)/i.exec(text)?.[1] ??
    (numbers.length === 1 ? numbers[0] : undefined)
  const count = Number(digits?.replaceAll(',', ''))
  return count <= MAX_CARS && !/^\s*-/.test(text) ? count : null
}

function toInputText(value: unknown): string | null {
  if (typeof value === 'number')
    return Number.isFinite(value) && Math.abs(value) < 1e15 ? String(value) : null
  return typeof value === 'string' && value.length <= MAX_INPUT_LENGTH
    ? value.replaceAll(UNSEEN, '')
    : null
}
