import { parseCarTitle, normalizeMake } from '../../../src/domain/makes.ts'
import type { CatalogName } from '../../../src/domain/models.ts'
import { MAX_LENGTHS } from './column-limits.ts'
import { hasIdentity } from './identity.ts'
import type { JsonObject } from './json.ts'
import {
  parseListingUrl,
  parsePriceCents,
  parseMiles,
  parseText,
  parseListingVin,
  parseModelYear,
} from './listing-values.ts'
import { type Leaf, findIdentities, parseStockNumber } from './find-identities.ts'
import type { DroppedListing, Listing, ListingField } from './pages.ts'
import { joinPlainText, toPlainValue } from './plain-value.ts'
import { isUnreadable } from './unread-fields.ts'

/** A value as a page says it, and the selector, key or property that gave it. */
export type Candidate = readonly [value: unknown, source: string]

type Field = ListingField
type Fields = Partial<Record<Field, readonly Candidate[]>>
/**
 * A listing as a page says it. Of several values for a field the first that can be read is taken; a
 * thing or a list counts as the text in it. `leaves` are the pieces of it as they came, for a
 * listing that cannot be read; `isCar`: nothing but cars stands where it stood.
 */
export type Draft = Fields & { leaves?: () => readonly Leaf[]; isCar?: boolean }
export type Sources = Partial<Record<keyof Listing, string>>

/**
 * Where a listing was found, what its addresses are relative to where not to that, whether it is
 * the page of one car alone, and which makes are known besides the usual ones.
 */
export type ListingContext = {
  pageUrl: string
  base?: string
  isSingleCar?: boolean
  extraMakes?: readonly CatalogName[] | undefined
}

const MAX_RAW_VALUES = 40
const MAX_RAW_LENGTH = 300

/**
 * Reads a listing. What cannot be read of it is null, and `unread`. Without VIN, stock number,
 * address and id there is nothing to know the car by tomorrow, and an address without a title,
 * year, make and price is a link and not a car: such a listing is dropped, with whatever names a
 * car in it. What stands only in the title (year, make, model, trim) is read from there.
 */
export function readListing(
  draft: Draft,
  context: ListingContext,
): { listing: Listing; sources: Sources } | DroppedListing {
  const sources: Sources = {}
  const read = <T>(field: Field, parse: (value: unknown) => T | null): T | null => {
    for (const [value, source] of draft[field] ?? []) {
      const found = parse(field === 'title' ? joinPlainText(value) : toPlainValue(value))
      if (found === null) continue
      sources[field] = source
      return found
    }
    return null
  }
  const text = (field: keyof typeof MAX_LENGTHS) =>
    read(field, (value) => parseText(value, MAX_LENGTHS[field]))
  const address = (field: 'url' | 'imageUrl') =>
    read(field, (value) => resolveListingUrl(value, context))
  const values = {
    title: text('title'),
    trim: text('trim'),
    make: text('make'),
    model: text('model'),
    year: read('year', parseModelYear),
  }
  const { year, ...names } = completeCarNames(values, context.extraMakes)
  const listing: Listing = {
    vin: read('vin', (value) => parseListingVin(value, year)),
    stockNumber: read('stockNumber', parseStockNumber),
    externalId: text('externalId'),
    url: address('url'),
    title: names.title,
    year,
    make: names.make,
    model: names.model,
    trim: names.trim,
    priceCents: read('priceCents', parsePriceCents),
    mileage: read('mileage', parseMiles),
    exteriorColor: text('exteriorColor'),
    transmission: text('transmission'),
    fuelType: text('fuelType'),
    bodyStyle: text('bodyStyle'),
    imageUrl: address('imageUrl'),
    raw: buildRawValues(draft),
  }
  for (const field of ['year', 'make', 'model', 'trim'] as const)
    if (listing[field] !== null && sources.title !== undefined)
      sources[field] ??= `${sources.title} (from the title)`
  const why = findDropReason(listing, draft)
  if (why !== null)
    return {
      what: describeListing(listing, draft),
      why,
      ...collectIdentities(listing, draft, context),
    }
  const unread = FIELDS.filter((field) => listing[field] === null && isUnread(field, draft[field]))
  return { listing: unread.length === 0 ? listing : { ...listing, unread }, sources }
}

const FIELDS: readonly Field[] = [
  ...([
    'vin',
    'stockNumber',
    'externalId',
    'url',
    'title',
    'year',
    'make',
    'model',
    'trim',
    'priceCents',
  ] as const),
  ...(['mileage', 'exteriorColor', 'transmission', 'fuelType', 'bodyStyle', 'imageUrl'] as const),
]

const isUnread = (field: Field, values: readonly Candidate[] = []) =>
  values.some(([value]) => isUnreadable(field, value))

/**
 * What names a car in a listing that cannot be read: where names are expected, and anywhere else.
 */
function collectIdentities(
  listing: Listing,
  { leaves }: Draft,
  { pageUrl, base = pageUrl }: ListingContext,
): Pick<DroppedListing, 'names' | 'mentions'> {
  const { vin, stockNumber, url, externalId } = listing
  const own = { vin, stockNumber, url, externalId }
  const mentions = findIdentities(leaves?.() ?? [], base)
  return { ...(hasIdentity(own) && { names: [own] }), ...(mentions.length > 0 && { mentions }) }
}

/**
 * A link to the page that it stands on says nothing about which car it is, unless that page is the
 * car's own.
 */
function resolveListingUrl(
  value: unknown,
  { pageUrl, base = pageUrl, isSingleCar = false }: ListingContext,
): string | null {
  const url = parseListingUrl(value, base)
  const isHere = [pageUrl, base].some((here) => url === parseListingUrl(here, here))
  return isHere && !isSingleCar ? null : url
}

type CarNames = Pick<Listing, 'title' | 'make' | 'model' | 'trim' | 'year'>

/** What the page says of a name, and what its title says where the page says nothing. */
function completeCarNames(names: CarNames, extraMakes: readonly CatalogName[] = []): CarNames {
  const make = names.make === null ? null : normalizeMake(names.make, extraMakes)
  if (make !== null && names.model !== null && names.year !== null) return { ...names, make }
  const parsedTitle = parseCarTitle(names.title ?? '', extraMakes, names.trim)
  return {
    title: names.title,
    make: make ?? parseText(parsedTitle.make, MAX_LENGTHS.make),
    model: names.model ?? parseText(parsedTitle.model, MAX_LENGTHS.model),
    trim:
      names.trim ?? (names.model === null ? parseText(parsedTitle.trim, MAX_LENGTHS.trim) : null),
    year: names.year ?? parseModelYear(parsedTitle.year),
  }
}

function findDropReason(listing: Listing, { vin, isCar = false }: Draft): string | null {
  const { stockNumber, title, year, make, priceCents } = listing
  if (!hasIdentity(listing)) {
    const names = vin
      ?.map(([value]) => parseText(toPlainValue(value), 40))
      .find((text) => text !== null)
    const isOdd = isUnread('vin', vin) && 'Its VIN has an unexpected format, and it has'
    const written = names
      ? `Its VIN ${names} is not valid, and it has`
      : isOdd || 'It has no VIN and'
    return `${written} no stock number, address or ID.`
  }
  const showsCar = [listing.vin, stockNumber, title, year, make, priceCents].some(
    (fact) => fact !== null,
  )
  return showsCar || isCar ? null : 'It shows no title, year, make or price.'
}

function describeListing({ title, stockNumber, url }: Listing, { vin }: Draft): string {
  return (
    parseText(title ?? toPlainValue(vin?.[0]?.[0]) ?? stockNumber ?? url, 100) ??
    'an unnamed listing'
  )
}

/** What was read, as the page said it, by where it stood: short, and nothing that was not read. */
function buildRawValues(draft: Draft): JsonObject {
  const values = FIELDS.flatMap((field) => draft[field] ?? []).flatMap(
    ([value, source]): [string, string | number | boolean][] => {
      if (typeof value === 'number' || typeof value === 'boolean') return [[source, value]]
      const text = parseText(joinPlainText(value), MAX_RAW_LENGTH)
      return text === null ? [] : [[source, text]]
    },
  )
  return Object.fromEntries(values.slice(0, MAX_RAW_VALUES))
}
