import { parseCarTitle, writtenMake } from '../../../src/domain/makes.ts'
import { saysNoNumber } from './identity.ts'
import type { JsonObject } from './json.ts'
import { addressOf, centsOf, milesOf, textOf, vinOf, yearOf } from './listing-values.ts'
import type { Dropped, Listing } from './pages.ts'

/** A value as a page says it, and the selector, key or property that gave it. */
export type Said = readonly [value: unknown, source: string]

type Field = Exclude<keyof Listing, 'raw'>
/** A listing as a page says it. Of several values for a field the first that can be read is taken. */
export type Draft = Partial<Record<Field, readonly Said[]>>
export type Sources = Partial<Record<keyof Listing, string>>

/**
 * Where a listing was found, what its addresses are relative to where not to that, whether it is the page of one car alone, and which
 * makes are known besides the usual ones.
 */
export type Place = { pageUrl: string; base?: string; ofOneCar?: boolean; extraMakes?: readonly string[] | undefined }

/** As long as their columns. */
const LONGEST = {
  ...{ stockNumber: 100, externalId: 255, title: 255, make: 100, model: 100, trim: 100 },
  ...{ exteriorColor: 100, transmission: 50, fuelType: 50, bodyStyle: 50 },
}
/** What pages write before a stock number, up to its colon or hash. */
const LABEL = /^(?:stock|stk)\b(?:\s*(?:no\.?|num(?:ber)?\.?))?\s*[:#]+\s*/i
const MOST_KEPT = 40
const LONGEST_KEPT = 300

/**
 * Reads a listing. A VIN that does not hold is left out and the listing kept; without VIN, stock number and address there is nothing to
 * know the car by tomorrow, and without a title, year, make and price it is no car: such a listing is dropped. What stands only in the
 * title (year, make, model, trim) is read from there.
 */
export function readListing(draft: Draft, place: Place): { listing: Listing; sources: Sources } | Dropped {
  const sources: Sources = {}
  const read = <T>(field: Field, reader: (value: unknown) => T | null): T | null => {
    for (const [value, source] of draft[field] ?? []) {
      const found = reader(value)
      if (found === null) continue
      sources[field] = source
      return found
    }
    return null
  }
  const text = (field: keyof typeof LONGEST) => read(field, (value) => textOf(value, LONGEST[field]))
  const address = (field: 'url' | 'imageUrl') => read(field, (value) => addressFor(value, place))
  const said = { title: text('title'), trim: text('trim'), make: text('make'), model: text('model'), year: read('year', yearOf) }
  const { year, ...names } = namesOf(said, place.extraMakes)
  const listing: Listing = {
    ...{
      vin: read('vin', (value) => vinOf(value, year)),
      stockNumber: read('stockNumber', stockNumberOf),
      externalId: text('externalId'),
    },
    ...{ url: address('url'), title: names.title, year, make: names.make, model: names.model, trim: names.trim },
    ...{ priceCents: read('priceCents', centsOf), mileage: read('mileage', milesOf), exteriorColor: text('exteriorColor') },
    ...{ transmission: text('transmission'), fuelType: text('fuelType'), bodyStyle: text('bodyStyle') },
    ...{ imageUrl: address('imageUrl'), raw: rawOf(draft) },
  }
  for (const field of ['year', 'make', 'model', 'trim'] as const)
    if (listing[field] !== null && sources.title !== undefined) sources[field] ??= `${sources.title} (from the title)`
  const why = whyNot(listing, draft)
  return why === null ? { listing, sources } : { what: nameOf(listing, draft), why }
}

/** A link to the page that it stands on says nothing about which car it is, unless that page is the car's own. */
function addressFor(value: unknown, { pageUrl, base = pageUrl, ofOneCar = false }: Place): string | null {
  const address = addressOf(value, base)
  const isHere = [pageUrl, base].some((here) => address === addressOf(here, here))
  return isHere && !ofOneCar ? null : address
}

function stockNumberOf(value: unknown): string | null {
  const said = textOf(value, LONGEST.stockNumber)?.replace(LABEL, '') ?? ''
  return saysNoNumber(said) ? null : said
}

type Names = Pick<Listing, 'title' | 'make' | 'model' | 'trim' | 'year'>

/** What the page says of a name, and what its title says where the page says nothing. */
function namesOf(said: Names, extraMakes: readonly string[] = []): Names {
  const make = said.make === null ? null : writtenMake(said.make, extraMakes)
  if (make !== null && said.model !== null && said.year !== null) return { ...said, make }
  const inTitle = parseCarTitle(said.title ?? '', extraMakes, said.trim)
  return {
    title: said.title,
    make: make ?? textOf(inTitle.make, LONGEST.make),
    model: said.model ?? textOf(inTitle.model, LONGEST.model),
    trim: said.trim ?? (said.model === null ? textOf(inTitle.trim, LONGEST.trim) : null),
    year: said.year ?? yearOf(inTitle.year),
  }
}

function whyNot(listing: Listing, { vin }: Draft): string | null {
  const { stockNumber, url, title, year, make, priceCents } = listing
  if (listing.vin === null && stockNumber === null && url === null) {
    const said = vin?.map(([value]) => textOf(value, 40)).find((text) => text !== null)
    const written = said ? `Its VIN ${said} does not hold, and it has` : 'It has no VIN and'
    return `${written} neither a stock number nor an address of its own.`
  }
  const isCar = listing.vin !== null || title !== null || year !== null || make !== null || priceCents !== null
  return isCar ? null : 'It shows no title, year, make or price.'
}

function nameOf({ title, stockNumber, url }: Listing, { vin }: Draft): string {
  return textOf(title ?? vin?.[0]?.[0] ?? stockNumber ?? url, 100) ?? 'a listing without a name'
}

/** What was read, as the page said it, by where it stood: short, and nothing that was not read. */
function rawOf(draft: Draft): JsonObject {
  const kept = Object.values(draft)
    .flat()
    .flatMap(([value, source]): [string, string | number | boolean][] => {
      if (typeof value === 'number' || typeof value === 'boolean') return [[source, value]]
      const text = textOf(value, LONGEST_KEPT)
      return text === null ? [] : [[source, text]]
    })
  return Object.fromEntries(kept.slice(0, MOST_KEPT))
}
