import type { CheerioAPI } from 'cheerio'
import { anyOf } from '../../../../src/domain/any-of.ts'
import type { Draft, Candidate } from '../../domain/listing-draft.ts'
import { parseListingUrl } from '../../domain/listing-values.ts'
import type { DroppedListing } from '../../domain/pages.ts'
import { toPlainText } from '../../domain/plain-value.ts'
import { LINKED_DATA, linkedJsonIn } from '../json-answer.ts'
import { readOfferPrices } from './prices.ts'
import type { Thing } from './schema.ts'

/** How many things of one page are looked at, and how deep. */
const MAX_THINGS = 100_000
const MAX_THING_DEPTH = 12
const TYPES = anyOf(['Car', 'Vehicle', 'Motorcycle', 'BusOrCoach', 'MotorizedBicycle'])
const TYPE = String.raw`(?:https?:\/\/schema\.org\/|schema:)?${TYPES}`
const CAR = new RegExp(`^${TYPE}$`)

/** What a text that cannot be parsed as JSON has in it if it describes a car. */
const CAR_TEXT = new RegExp(`"${TYPE}"|vehicleIdentificationNumber`)

/**
 * What a page's JSON-LD holds: cars, addresses that a list names without describing them, and its
 * scripts that are not JSON.
 */
export type LinkedData = { scripts: number; broken: string[]; cars: object[]; listed: unknown[] }

/**
 * The scripts that are not JSON and may describe cars, as listings that cannot be read: nobody
 * knows which they are.
 */
export const listBrokenCars = ({ broken }: LinkedData): DroppedListing[] =>
  broken
    .filter((text) => CAR_TEXT.test(text))
    .map(() => ({ what: 'a JSON-LD script', why: 'It is not JSON.' }))

/**
 * Looks through every script of JSON-LD: arrays, `@graph`, lists and what they hold. A car's own
 * parts are not looked through.
 */
export function parseLinkedData($: CheerioAPI): LinkedData {
  const linked: LinkedData = { scripts: 0, broken: [], cars: [], listed: [] }
  for (const script of $(LINKED_DATA).toArray()) {
    linked.scripts++
    const value = linkedJsonIn($(script).text())
    if (value !== undefined) collectThings(value, linked)
    else linked.broken.push($(script).text())
  }
  return linked
}

function collectThings(root: unknown, { cars, listed }: LinkedData): void {
  const waiting: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }]
  for (let seen = 0; seen < MAX_THINGS; seen++) {
    const next = waiting.pop()
    if (!next) return
    const { value, depth } = next
    if (typeof value !== 'object' || value === null || depth > MAX_THING_DEPTH) continue
    if (isCar(value)) {
      cars.push(value)
      continue
    }
    const offered = offeredCar(value)
    if (offered !== null) {
      cars.push(offered)
      continue
    }
    if (hasType(value, 'ListItem') && 'url' in value && !('item' in value)) listed.push(value.url)
    const parts: unknown[] = Array.isArray(value) ? value : Object.values(value)
    for (let i = parts.length - 1; i >= 0; i--) waiting.push({ value: parts[i], depth: depth + 1 })
  }
}

/** The car that an offer is for, with this offer where it names none itself. */
function offeredCar(thing: object): object | null {
  const offered: unknown =
    hasType(thing, 'Offer') && 'itemOffered' in thing ? thing.itemOffered : null
  if (typeof offered !== 'object' || offered === null || !isCar(offered)) return null
  return 'offers' in offered
    ? offered
    : { ...offered, offers: { ...thing, itemOffered: undefined } }
}

function isCar(thing: object): boolean {
  return (
    listTypes(thing).some((type) => CAR.test(type)) ||
    (hasType(thing, 'Product') && 'vehicleIdentificationNumber' in thing)
  )
}

const hasType = (thing: object, type: string) => listTypes(thing).includes(type)

function listTypes(thing: object): string[] {
  const type: unknown = '@type' in thing ? thing['@type'] : null
  return (Array.isArray(type) ? type.slice(0, 20) : [type]).filter((one) => typeof one === 'string')
}

/**
 * Whether its only offer, or each of several, says that it is gone. Such a car is no longer in
 * stock.
 */
export function isSold({ offers = [] }: Thing): boolean {
  const gone = /(?:SoldOut|OutOfStock|Discontinued)$/
  return (
    offers.length > 0 && offers.every(({ availability }) => gone.test(toPlainText(availability)))
  )
}

/** A car. An id that only holds within its page (`#car`, `_:b0`) names none. */
export function buildDraft(thing: Thing): Draft {
  const id = toPlainText(thing['@id'])
  return {
    vin: [[thing.vehicleIdentificationNumber, 'vehicleIdentificationNumber']],
    stockNumber: [[thing.sku, 'sku']],
    externalId: /^(?:#|_:|$)/.test(id) ? [] : [[id, '@id']],
    url: [
      [thing.url, 'url'],
      ...(thing.offers ?? []).map(({ url }): Candidate => [url, 'offers.url']),
    ],
    title: [[thing.name, 'name']],
    year: [
      [thing.vehicleModelDate, 'vehicleModelDate'],
      [thing.modelDate, 'modelDate'],
    ],
    make: [
      [thing.brand, 'brand'],
      [thing.manufacturer, 'manufacturer'],
    ],
    model: [[thing.model, 'model']],
    trim: [[thing.vehicleConfiguration, 'vehicleConfiguration']],
    priceCents: readOfferPrices(thing.offers ?? []),
    mileage: [[thing.mileageFromOdometer, 'mileageFromOdometer']],
    exteriorColor: [[thing.color, 'color']],
    transmission: [[thing.vehicleTransmission, 'vehicleTransmission']],
    fuelType: [[thing.fuelType, 'fuelType']],
    bodyStyle: [[thing.bodyType, 'bodyType']],
    imageUrl: [[thing.image, 'image']],
  }
}

/** Where the page says that its list goes on. */
export function findNextUrl($: CheerioAPI, pageUrl: string): string | null {
  const href = $('link[rel~="next"], a[rel~="next"]').first().attr('href')
  return parseListingUrl(href, pageUrl)
}
