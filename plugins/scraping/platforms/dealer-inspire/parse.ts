import type { z } from 'zod'
import type { Draft, Candidate } from '../../domain/listing-draft.ts'
import { toPlainValue, toPlainText } from '../../domain/plain-value.ts'
import type { PriceFormat } from '../../domain/price-format.ts'
import { readPriceText } from '../price-text.ts'
import { SearchService, type Vehicle } from './schema.ts'

/**
 * Parses the value of `SEARCH_SERVICE` in the page's script, in JSON or JavaScript syntax; null if
 * it is not set.
 */
export function parseService(body: string): z.infer<typeof SearchService> | null {
  const literal = /\bSEARCH_SERVICE\s{0,9}=\s{0,9}\{([^{}]{1,4000})\}/.exec(body)?.[1] ?? ''
  const named = (key: string) => {
    const value = new RegExp(
      `["']?\\b${key}["']?\\s{0,9}:\\s{0,9}(?:"([^"]*)"|'([^']*)'|(\\d+))`,
    ).exec(literal)
    return (value?.[1] ?? value?.[2] ?? value?.[3])?.replaceAll('\\/', '/')
  }
  const read = SearchService.safeParse({
    apiUrl: named('apiUrl'),
    ccid: named('ccid'),
    apiKey: named('apiKey'),
  })
  return read.success ? read.data : null
}

/**
 * Builds the draft of a listing. The MSRP is the price of a new car without another price; for a
 * used car, it is the former price and ignored.
 */
export function buildDraft(vehicle: Vehicle, format: PriceFormat): Draft {
  const { pricing, styles, mechanical, media } = vehicle
  const msrp: Candidate[] = /^new$/i.test(toPlainText(vehicle.type))
    ? [[pricing?.msrp, 'pricing.msrp']]
    : []
  const named = [vehicle.year, vehicle.make, vehicle.model, vehicle.trim].map((part) =>
    toPlainValue(part),
  )
  return {
    vin: [[vehicle.vin, 'vin']],
    stockNumber: [[vehicle.stock, 'stock']],
    url: [[vehicle.vdp_url, 'vdp_url']],
    title: [[named.filter(Boolean).join(' '), 'year make model trim']],
    year: [[vehicle.year, 'year']],
    make: [[vehicle.make, 'make']],
    model: [[vehicle.model, 'model']],
    trim: [[vehicle.trim, 'trim']],
    priceCents: [
      [readPriceText(pricing?.our_price, format), 'pricing.our_price'],
      [readPriceText(pricing?.price, format), 'pricing.price'],
      ...msrp,
      [readPriceText(pricing?.malformed, format), 'pricing'],
    ],
    mileage: [[vehicle.mileage, 'mileage']],
    exteriorColor: [
      [styles?.exterior_color, 'styles.exterior_color'],
      [styles?.ext_color, 'styles.ext_color'],
    ],
    transmission: [[mechanical?.transmission, 'mechanical.transmission']],
    fuelType: [[mechanical?.fuel_type, 'mechanical.fuel_type']],
    bodyStyle: [
      [styles?.body_style, 'styles.body_style'],
      [styles?.body_type, 'styles.body_type'],
    ],
    drivetrain: [[mechanical?.drivetrain, 'mechanical.drivetrain']],
    condition: [[vehicle.type, 'type']],
    imageUrl: [[media?.images ?? media?.malformed, 'media.images[0]']],
  }
}
