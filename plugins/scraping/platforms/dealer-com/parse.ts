import { isOtherSum } from '../../domain/sale-price.ts'
import type { Draft, Candidate } from '../../domain/listing-draft.ts'
import { centsOf } from '../../domain/listing-values.ts'
import { plainText } from '../../domain/plain-value.ts'
import { lowestFirst, priceText } from '../price-text.ts'
import type { Vehicle } from './schema.ts'

/** What asking this site for its cars takes; all of it stands in the page of the list. */
export type Ids = { siteId: string; configId: string; pageAlias: string; pageId: string }

const USUAL = { pageAlias: 'INVENTORY_LISTING_DEFAULT_AUTO_USED', pageId: 'v9_INVENTORY_SEARCH_RESULTS_AUTO_USED_V1_1' }

/** The site's ids; null where the page does not name the site and its list, without which the endpoint gives no prices. */
export function idsIn(body: string): Ids | null {
  const text = body.replaceAll('&quot;', '"').replaceAll('\\"', '"')
  const siteId = named(text, 'siteId')
  const configId = named(text, 'listing\\.config\\.id')
  if (siteId === null || configId === null) return null
  return {
    siteId,
    configId,
    pageAlias: named(text, 'pageAlias') ?? USUAL.pageAlias,
    pageId: named(text, 'pageId') ?? USUAL.pageId,
  }
}

function named(text: string, key: string): string | null {
  return new RegExp(`["']?\\b${key}\\b["']?\\s{0,9}[:=]\\s{0,9}["']([\\w.,:-]{1,200})["']`).exec(text)?.[1] ?? null
}

/** A car of the endpoint. What the odometer shows and the like stand in lists of names and values, which of them differs by site. */
export function draftOf(vehicle: Vehicle): Draft {
  const attribute = (name: string) =>
    (['trackingAttributes', 'attributes', 'highlightedAttributes'] as const).flatMap((list) =>
      (vehicle[list] ?? []).filter((one) => one.name === name).map(({ value }): Candidate => [value, `${list} ${name}`]),
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
    priceCents: pricesOf(vehicle.pricing),
    mileage: attribute('odometer'),
    exteriorColor: attribute('exteriorColor'),
    transmission: attribute('transmission'),
    fuelType: [[vehicle.fuelType, 'fuelType']],
    bodyStyle: [[vehicle.bodyStyle, 'bodyStyle']],
    imageUrl: (vehicle.images ?? []).slice(0, 1).map(({ uri, odd }): Candidate => [uri ?? odd, 'images[0].uri']),
  }
}

/**
 * The price of the class askingPrice; else the lowest of those whose class and label do not name another sum;
 * else the retail price, unless that one is struck through too.
 */
function pricesOf(pricing: Vehicle['pricing']): Candidate[] {
  const shown = (pricing?.dprice ?? []).map(({ typeClass, label, type, value, odd }) => {
    const labels = [typeClass, label, type].map((one) => plainText(one))
    return { value: priceText(value ?? odd), isAsking: /askingprice/i.test(labels[0] ?? ''), isOther: labels.some(isOtherSum) }
  })
  const marked = shown.filter(({ isAsking, isOther }) => isAsking && !isOther)
  if (marked.length > 0) return marked.map(({ value }) => [value, 'pricing.dprice askingPrice'])
  const unsigned = shown.filter(({ isOther }) => !isOther).map(({ value }): Candidate => [value, 'pricing.dprice'])
  const others = shown.filter(({ isOther }) => isOther).map(({ value }) => centsOf(value))
  const retail = priceText(pricing?.retailPrice)
  const isOld = others.some((cents) => cents !== null && cents === centsOf(retail))
  return [...lowestFirst(unsigned), ...(isOld ? [] : [[retail, 'pricing.retailPrice'] as const]), [pricing?.odd, 'pricing']]
}
