import type { Draft, Said } from '../../domain/listing-draft.ts'
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
      (vehicle[list] ?? []).filter((one) => one.name === name).map(({ value }): Said => [value, `${list} ${name}`]),
    )
  const { title, pricing } = vehicle
  const asked = (pricing?.dprice ?? []).filter(({ typeClass }) => typeClass === 'askingPrice')
  return {
    vin: [[vehicle.vin, 'vin']],
    stockNumber: [[vehicle.stockNumber, 'stockNumber']],
    externalId: [[vehicle.uuid, 'uuid']],
    url: [[vehicle.link, 'link']],
    title: [[Array.isArray(title) ? title.join(' ') : title, 'title']],
    year: [[vehicle.year, 'year']],
    make: [[vehicle.make, 'make']],
    model: [[vehicle.model, 'model']],
    trim: [[vehicle.trim, 'trim']],
    priceCents:
      asked.length > 0
        ? asked.map(({ value }): Said => [value, 'pricing.dprice askingPrice'])
        : [[pricing?.retailPrice, 'pricing.retailPrice']],
    mileage: attribute('odometer'),
    exteriorColor: attribute('exteriorColor'),
    transmission: attribute('transmission'),
    fuelType: [[vehicle.fuelType, 'fuelType']],
    bodyStyle: [[vehicle.bodyStyle, 'bodyStyle']],
    imageUrl: [[vehicle.images?.[0]?.uri, 'images[0].uri']],
  }
}
