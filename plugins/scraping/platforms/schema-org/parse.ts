import type { CheerioAPI } from 'cheerio'
import { anyOf } from '../../../../src/domain/pattern-choice.ts'
import type { Draft, Candidate } from '../../domain/listing-draft.ts'
import { parseListingUrl } from '../../domain/listing-values.ts'
import type { PriceFormat } from '../../domain/price-format.ts'
import type { DroppedListing } from '../../domain/pages.ts'
import { toPlainText } from '../../domain/plain-value.ts'
import { LINKED_DATA, linkedJsonIn } from '../json-response.ts'
import { readOfferPrices } from './prices.ts'
import type { Thing } from './schema.ts'

/** The maximum number and depth of objects that are examined on a page. */
const MAX_THINGS = 100_000
const MAX_THING_DEPTH = 12
const TYPES = anyOf(['Car', 'Vehicle', 'Motorcycle', 'BusOrCoach', 'MotorizedBicycle'])
const TYPE = String.raw`(?:https?:\/\/schema\.org\/|schema:)?${TYPES}`
const CAR = new RegExp(`^${TYPE}$`)

/** Matches a text that is not valid JSON but may describe a car. */
const CAR_TEXT = new RegExp(`"${TYPE}"|vehicleIdentificationNumber`)

/**
 * The content of a page's JSON-LD: cars, URLs from lists without descriptions, and scripts that are
 * not valid JSON.
 */
export type LinkedData = {
  scripts: number
  broken: string[]
  cars: object[]
  listed: unknown[]
}

/** Returns the invalid scripts that may describe cars as dropped listings without identity. */
export const listBrokenCars = ({ broken }: LinkedData): DroppedListing[] =>
  broken
    .filter((text) => CAR_TEXT.test(text))
    .map(() => ({ what: 'a JSON-LD script', why: 'It is not JSON.' }))

/**
 * Collects the content of all JSON-LD scripts: arrays, `@graph`, lists and their items. Does not
 * search the parts of a car.
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

/** Returns the car of an offer; includes this offer if the car has none. */
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

/** Whether all offers of a car are marked as unavailable. Such a car is no longer in stock. */
export function isSold({ offers = [] }: Thing): boolean {
  const gone = /(?:SoldOut|OutOfStock|Discontinued)$/
  return (
    offers.length > 0 && offers.every(({ availability }) => gone.test(toPlainText(availability)))
  )
}

/**
 * Builds the draft of a car. An ID that is only valid within its page (`#car`, `_:b0`) does not
 * identify it.
 */
export function buildDraft(thing: Thing, format: PriceFormat): Draft {
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
    priceCents: readOfferPrices(thing.offers ?? [], format),
    mileage: [[thing.mileageFromOdometer, 'mileageFromOdometer']],
    exteriorColor: [[thing.color, 'color']],
    transmission: [[thing.vehicleTransmission, 'vehicleTransmission']],
    fuelType: [[thing.fuelType, 'fuelType']],
    bodyStyle: [[thing.bodyType, 'bodyType']],
    drivetrain: [[readMember(thing.driveWheelConfiguration), 'driveWheelConfiguration']],
    engine: [
      [thing.vehicleEngine?.name, 'vehicleEngine.name'],
      [thing.vehicleEngine?.engineDisplacement, 'vehicleEngine.engineDisplacement'],
      [thing.vehicleEngine?.engineType, 'vehicleEngine.engineType'],
      [thing.vehicleEngine?.malformed, 'vehicleEngine'],
    ],
    condition: [
      [readMember(thing.itemCondition), 'itemCondition'],
      ...(thing.offers ?? []).map(({ itemCondition }): Candidate => [
        readMember(itemCondition),
        'offers.itemCondition',
      ]),
    ],
    imageUrl: [[thing.image, 'image']],
  }
}

/**
 * Returns a member of an enumeration as words: `https://schema.org/UsedCondition` is `Used`, and
 * `FourWheelDriveConfiguration` is `Four Wheel Drive`. Returns everything else unchanged.
 */
function readMember(value: unknown): unknown {
  const member = /^(?:https?:\/\/schema\.org\/|schema:)?(\w+?)(?:Condition|Configuration)$/.exec(
    toPlainText(value).trim(),
  )?.[1]
  return member === undefined ? value : member.replaceAll(/([a-z])([A-Z])/g, '$1 $2')
}

/** Returns the URL of the next page of the list. */
export function findNextUrl($: CheerioAPI, pageUrl: string): string | null {
  const href = $('link[rel~="next"], a[rel~="next"]').first().attr('href')
  return parseListingUrl(href, pageUrl)
}
