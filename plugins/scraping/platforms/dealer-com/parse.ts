import { isOtherSum } from '../../domain/sale-price.ts'
import type { Draft, Candidate } from '../../domain/listing-draft.ts'
import type { PriceFormat } from '../../domain/price-format.ts'
import { parsePriceCents } from '../../domain/listing-values.ts'
import { toPlainText } from '../../domain/plain-value.ts'
import { pickLowestPrice, readPriceText } from '../price-text.ts'
import type { Vehicle } from './schema.ts'

/** The IDs that requests for cars need, all from the list page. */
export type SiteIds = {
  siteId: string
  configId: string
  pageAlias: string
  pageId: string
}

const DEFAULT_IDS = {
  pageAlias: 'INVENTORY_LISTING_DEFAULT_AUTO_USED',
  pageId: 'v9_INVENTORY_SEARCH_RESULTS_AUTO_USED_V1_1',
}

/**
 * Parses the IDs of the site; returns null if the page lacks those of the site or list, without
 * which the endpoint returns no prices.
 */
export function parseSiteIds(body: string): SiteIds | null {
  const text = body.replaceAll('&quot;', '"').replaceAll('\\"', '"')
  const siteId = findNamedValue(text, 'siteId')
  const configId = findNamedValue(text, 'listing\\.config\\.id')
  if (siteId === null || configId === null) return null
  return {
    siteId,
    configId,
    pageAlias: findNamedValue(text, 'pageAlias') ?? DEFAULT_IDS.pageAlias,
    pageId: findNamedValue(text, 'pageId') ?? DEFAULT_IDS.pageId,
  }
}

function findNamedValue(text: string, key: string): string | null {
  return (
    new RegExp(`["']?\\b${key}\\b["']?\\s{0,9}[:=]\\s{0,9}["']([\\w.,:-]{1,200})["']`).exec(
      text,
    )?.[1] ?? null
  )
}

/**
 * Builds the draft of a car from the endpoint. Values such as the odometer are in lists of names
 * and values; the list differs by site.
 */
export function buildDraft(vehicle: Vehicle, format: PriceFormat): Draft {
  const attribute = (name: string) =>
    (['trackingAttributes', 'attributes', 'highlightedAttributes'] as const).flatMap((list) =>
      (vehicle[list] ?? [])
        .filter((one) => one.name === name)
        .map(({ value }): Candidate => [value, `${list} ${name}`]),
    )
  return {
    vin: [[vehicle.vin, 'vin']],
    stockNumber: [[vehicle.stockNumber, 'stockNumber']],
    externalId: [[vehicle.uuid, 'uuid']],
    url: [[vehicle.link, 'link']],
    title: [[vehicle.title, 'title']],
    year: [[vehicle.year, 'year']],
    make: [[vehicle.make, 'make']],
    model: [[vehicle.model, 'model']],
    trim: [[vehicle.trim, 'trim']],
    priceCents: readPricing(vehicle.pricing, format),
    mileage: attribute('odometer'),
    exteriorColor: attribute('exteriorColor'),
    transmission: attribute('transmission'),
    fuelType: [[vehicle.fuelType, 'fuelType']],
    bodyStyle: [[vehicle.bodyStyle, 'bodyStyle']],
    drivetrain: attribute('driveLine'),
    engine: attribute('engine'),
    condition: [[vehicle.condition, 'condition']],
    imageUrl: (vehicle.images ?? [])
      .slice(0, 1)
      .map(({ uri, malformed }): Candidate => [uri ?? malformed, 'images[0].uri']),
  }
}

/**
 * Reads the price of the class askingPrice; else the lowest price whose class and label do not mark
 * another amount; else the retail price, unless it is struck through as well.
 */
function readPricing(pricing: Vehicle['pricing'], format: PriceFormat): Candidate[] {
  const shown = (pricing?.dprice ?? []).map(({ typeClass, label, type, value, malformed }) => {
    const labels = [typeClass, label, type].map((one) => toPlainText(one))
    return {
      value: readPriceText(value ?? malformed, format),
      isListPrice: /askingprice/i.test(labels[0] ?? ''),
      isOther: labels.some(isOtherSum),
    }
  })
  const marked = shown.filter(({ isListPrice, isOther }) => isListPrice && !isOther)
  if (marked.length > 0) return marked.map(({ value }) => [value, 'pricing.dprice askingPrice'])
  const unsigned = shown
    .filter(({ isOther }) => !isOther)
    .map(({ value }): Candidate => [value, 'pricing.dprice'])
  const others = shown
    .filter(({ isOther }) => isOther)
    .map(({ value }) => parsePriceCents(value, format))
  const retail = readPriceText(pricing?.retailPrice, format)
  const isOld = others.some((cents) => cents !== null && cents === parsePriceCents(retail, format))
  return [
    ...pickLowestPrice(unsigned, format),
    ...(isOld ? [] : [[retail, 'pricing.retailPrice'] as const]),
    [pricing?.malformed, 'pricing'],
  ]
}
