import type { CheerioAPI } from 'cheerio'
import type { Draft, Said } from '../../domain/listing-draft.ts'
import { addressOf } from '../../domain/listing-values.ts'
import { jsonIn } from '../json-answer.ts'
import type { Thing } from './schema.ts'

/** How many things of one page are looked at, and how deep. */
const MOST_THINGS = 100_000
const DEEPEST = 12
const CAR = /^(?:https?:\/\/schema\.org\/|schema:)?(?:Car|Vehicle|Motorcycle|BusOrCoach|MotorizedBicycle)$/

/** What a page's JSON-LD holds: cars, addresses that a list names without describing them, and how many of its scripts are no JSON. */
export type Linked = { scripts: number; broken: number; cars: object[]; listed: unknown[] }

/** Looks through every script of JSON-LD: arrays, `@graph`, lists and what they hold. A car's own parts are not looked through. */
export function linkedData($: CheerioAPI): Linked {
  const linked: Linked = { scripts: 0, broken: 0, cars: [], listed: [] }
  for (const script of $('script[type="application/ld+json"]').toArray()) {
    linked.scripts++
    const value = jsonIn($(script).text())
    if (value === undefined) linked.broken++
    else lookThrough(value, linked)
  }
  return linked
}

function lookThrough(root: unknown, { cars, listed }: Linked): void {
  const waiting: { value: unknown; deep: number }[] = [{ value: root, deep: 0 }]
  for (let seen = 0; seen < MOST_THINGS; seen++) {
    const next = waiting.pop()
    if (!next) return
    const { value, deep } = next
    if (typeof value !== 'object' || value === null || deep > DEEPEST) continue
    if (isCar(value)) {
      cars.push(value)
      continue
    }
    if (isOf(value, 'ListItem') && 'url' in value && !('item' in value)) listed.push(value.url)
    const parts: unknown[] = Array.isArray(value) ? value : Object.values(value)
    for (let i = parts.length - 1; i >= 0; i--) waiting.push({ value: parts[i], deep: deep + 1 })
  }
}

function isCar(thing: object): boolean {
  return typesOf(thing).some((type) => CAR.test(type)) || (isOf(thing, 'Product') && 'vehicleIdentificationNumber' in thing)
}

const isOf = (thing: object, type: string) => typesOf(thing).includes(type)

function typesOf(thing: object): string[] {
  const type: unknown = '@type' in thing ? thing['@type'] : null
  return (Array.isArray(type) ? type.slice(0, 20) : [type]).filter((one) => typeof one === 'string')
}

/** Whether its only offer, or each of several, says that it is gone. Such a car is no longer in stock. */
export function isSold({ offers = [] }: Thing): boolean {
  return (
    offers.length > 0 &&
    offers.every(({ availability }) => /(?:SoldOut|OutOfStock|Discontinued)$/.test(String(availability ?? '')))
  )
}

/** A car. A price in another money than US dollars is not taken: the column knows no other. */
export function draftOf(thing: Thing): Draft {
  const offers = thing.offers ?? []
  const inDollars = offers.flatMap((offer) =>
    [offer, ...(offer.priceSpecification ?? [])].filter(({ priceCurrency }) =>
      /^(?:USD|US\$|\$)?$/i.test(String(priceCurrency ?? '')),
    ),
  )
  return {
    vin: [[thing.vehicleIdentificationNumber, 'vehicleIdentificationNumber']],
    stockNumber: [[thing.sku, 'sku']],
    externalId: [[thing['@id'], '@id']],
    url: [[thing.url, 'url'], ...offers.map(({ url }): Said => [url, 'offers.url'])],
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
    priceCents: inDollars.flatMap((offer): Said[] => [
      [offer.price, 'offers.price'],
      ['lowPrice' in offer ? offer.lowPrice : null, 'offers.lowPrice'],
    ]),
    mileage: [[milesAndUnit(thing.mileageFromOdometer), 'mileageFromOdometer']],
    exteriorColor: [[thing.color, 'color']],
    transmission: [[thing.vehicleTransmission, 'vehicleTransmission']],
    fuelType: [[thing.fuelType, 'fuelType']],
    bodyStyle: [[thing.bodyType, 'bodyType']],
    imageUrl: [[thing.image, 'image']],
  }
}

/** `72420 KMT` of a quantity; a text or a number as it is. */
function milesAndUnit(mileage: Thing['mileageFromOdometer']): unknown {
  if (typeof mileage !== 'object' || mileage === null) return mileage
  return `${mileage.value} ${mileage.unitCode ?? mileage.unitText ?? ''}`
}

/** Where the page says that its list goes on. */
export function nextOf($: CheerioAPI, pageUrl: string): string | null {
  const href = $('link[rel~="next"], a[rel~="next"]').first().attr('href')
  return addressOf(href, pageUrl)
}
