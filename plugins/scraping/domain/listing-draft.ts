import { parseCarTitle, normalizeMake } from '../../../src/domain/makes.ts'
import type { CatalogName } from '../../../src/domain/models.ts'
import { hasIdentity } from './identity.ts'
import type { JsonObject } from './json.ts'
import {
  FIELD_NAMES,
  LISTING_FIELDS,
  type ListingField,
  mapFields,
  NUMBER_FIELDS,
  TEXT_FIELDS,
  type TextField,
} from './listing-fields.ts'
import {
  parseListingUrl,
  parsePriceCents,
  parseMiles,
  parseText,
  parseListingVin,
  parseModelYear,
} from './listing-values.ts'
import { type Leaf, findIdentities, parseStockNumber } from './find-identities.ts'
import type { DroppedListing, Listing, ReadContext } from './pages.ts'
import { joinPlainText, toPlainValue } from './plain-value.ts'
import { isUnreadable } from './unread-fields.ts'

/** A value from a page, with the selector, key or property that it came from. */
export type Candidate = readonly [value: unknown, source: string]

/**
 * A listing before parsing. If a field has several candidates, the first readable one is used; an
 * object or list counts as the text in it. `leaves` returns its original values, which identify the
 * car if the listing cannot be read. `isCar` is whether only cars can be in that place.
 */
export type Draft = Partial<Record<ListingField, readonly Candidate[]>> & {
  leaves?: () => readonly Leaf[]
  isCar?: boolean
}
export type Sources = Partial<Record<keyof Listing, string>>

/**
 * The context of a listing: its page, the base of its URLs if that is not the page, whether the
 * page shows only this car.
 */
export type ListingContext = ReadContext & {
  pageUrl: string
  base?: string
  isSingleCar?: boolean
}

const MAX_RAW_VALUES = 40
const MAX_RAW_LENGTH = 300

/**
 * Parses a listing. Fields that cannot be read are null and listed in `unread`. Drops a listing
 * without a VIN, stock number, URL and ID, because a later run could not match it; and one with a
 * URL but no title, year, make and price, because it is a link and not a car. A dropped listing
 * keeps everything that may identify a car. Year, make, model and trim are parsed from the title if
 * they are not given separately.
 */
export function readListing(
  draft: Draft,
  context: ListingContext,
): { listing: Listing; sources: Sources } | DroppedListing {
  const sources: Sources = {}
  const read = <T>(field: ListingField, parse: (value: unknown) => T | null): T | null => {
    for (const [value, source] of draft[field] ?? []) {
      const found = parse(field === 'title' ? joinPlainText(value) : toPlainValue(value))
      if (found === null) continue
      sources[field] = source
      return found
    }
    return null
  }
  const numbers = mapFields(NUMBER_FIELDS, (field) =>
    read(field, (value) => NUMBER_PARSERS[LISTING_FIELDS[field].type](value, context.priceFormat)),
  )
  const texts = mapFields(TEXT_FIELDS, (field) =>
    field === 'vin' ? null : read(field, (value) => parseTextField(field, value, context)),
  )
  const { title, make, model, trim } = texts
  const names = completeCarNames(
    { title, make, model, trim, year: numbers.year },
    context.extraMakes,
  )
  const vin = read('vin', (value) => parseListingVin(value, names.year))
  const listing: Listing = { ...texts, ...numbers, ...names, vin, raw: buildRawValues(draft) }
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
  const unread = FIELD_NAMES.filter(
    (field) => listing[field] === null && isUnread(field, draft[field]),
  )
  return { listing: unread.length === 0 ? listing : { ...listing, unread }, sources }
}

/** How a number is read, by its type. */
const NUMBER_PARSERS = { year: parseModelYear, cents: parsePriceCents, miles: parseMiles }

/** Parses a text by its type. A VIN is read after the year, which decides its format. */
function parseTextField(
  field: Exclude<TextField, 'vin'>,
  value: unknown,
  context: ListingContext,
): string | null {
  const { type, maxLength } = LISTING_FIELDS[field]
  if (type === 'url') return resolveListingUrl(value, context)
  return type === 'stock number' ? parseStockNumber(value) : parseText(value, maxLength)
}

const isUnread = (field: ListingField, values: readonly Candidate[] = []) =>
  values.some(([value]) => isUnreadable(field, value))

/**
 * Collects the identifiers of an unreadable listing: `names` from the expected fields, and
 * `mentions` from anywhere else.
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
 * Resolves the URL of a listing. A link to the current page does not identify a car, unless the
 * page shows only that car.
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

/** Fills in missing names of a car from the title of the listing. */
function completeCarNames(names: CarNames, extraMakes: readonly CatalogName[] = []): CarNames {
  const make = names.make === null ? null : normalizeMake(names.make, extraMakes)
  if (make !== null && names.model !== null && names.year !== null) return { ...names, make }
  const parsedTitle = parseCarTitle(names.title ?? '', extraMakes, names.trim)
  return {
    title: names.title,
    make: make ?? parseText(parsedTitle.make, LISTING_FIELDS.make.maxLength),
    model: names.model ?? parseText(parsedTitle.model, LISTING_FIELDS.model.maxLength),
    trim:
      names.trim ??
      (names.model === null ? parseText(parsedTitle.trim, LISTING_FIELDS.trim.maxLength) : null),
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

/**
 * Builds the raw values of a listing by source: as on the page, truncated, and only readable ones.
 */
function buildRawValues(draft: Draft): JsonObject {
  const values = FIELD_NAMES.flatMap((field) => draft[field] ?? []).flatMap(
    ([value, source]): [string, string | number | boolean][] => {
      if (typeof value === 'number' || typeof value === 'boolean') return [[source, value]]
      const text = parseText(joinPlainText(value), MAX_RAW_LENGTH)
      return text === null ? [] : [[source, text]]
    },
  )
  return Object.fromEntries(values.slice(0, MAX_RAW_VALUES))
}
