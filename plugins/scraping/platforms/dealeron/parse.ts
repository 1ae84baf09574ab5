import { anyOf } from '../../../../src/domain/pattern-choice.ts'
import { isOtherSum } from '../../domain/sale-price.ts'
import type { Draft, Candidate } from '../../domain/listing-draft.ts'
import { toPlainValue, toPlainText } from '../../domain/plain-value.ts'
import { readAttribute, type Elements } from '../html-page.ts'
import type { VehicleCard } from './schema.ts'

const WHOSE_PRICE = anyOf(['selling', 'sale', 'our', 'final', 'dealer', 'advertised', 'your'])

/**
 * Labels of the asking price in a price library, most likely first. The MSRP is the asking price
 * only for a new car; for a used car, it is the original price.
 */
const SALE_LABELS = [
  /internet/i,
  new RegExp(
    String.raw`^${WHOSE_PRICE}$|\b${WHOSE_PRICE}\b.*\b(?:price|special|cost|value)\b`,
    'i',
  ),
  /^(?:used |e-?)?price$/i,
  /^(?!.*\b(?:retail|list|market|regular)\b).*\b(?:price|special)$/i,
  /^(?:retail|list|market|regular)\b/i,
]
const MAX_LIBRARY_LENGTH = 4_000

/** Builds the draft of a car from the endpoint. */
export function buildDraft(card: VehicleCard): Draft {
  const isNew = [card.VehicleCondition, card.VehicleType].some((condition) =>
    /\bnew\b/i.test(toPlainText(condition)),
  )
  const carousel = card.VehicleImageModel?.VehicleImageCarouselModel
  const library = toPlainValue(card.VehiclePriceLibrary)
  return {
    vin: [[card.VehicleVin, 'VehicleVin']],
    stockNumber: [[card.VehicleStockNumber, 'VehicleStockNumber']],
    url: [[card.VehicleDetailUrl, 'VehicleDetailUrl']],
    title: [[card.VehicleName, 'VehicleName']],
    year: [[card.VehicleYear, 'VehicleYear']],
    make: [[card.VehicleMake, 'VehicleMake']],
    model: [[card.VehicleModel, 'VehicleModel']],
    trim: [[card.VehicleTrim, 'VehicleTrim']],
    priceCents:
      typeof library === 'string'
        ? parsePriceLibrary(library, isNew)
        : [[library ?? card.VehiclePriceLibrary, 'VehiclePriceLibrary']],
    mileage: [
      [card.VehicleMileage, 'VehicleMileage'],
      [card.Mileage, 'Mileage'],
    ],
    exteriorColor: [[card.ExteriorColorLabel, 'ExteriorColorLabel']],
    transmission: [[card.VehicleTransmission, 'VehicleTransmission']],
    fuelType: [[card.VehicleFuelType, 'VehicleFuelType']],
    bodyStyle: [[card.VehicleBodyStyle, 'VehicleBodyStyle']],
    drivetrain: [[card.VehicleDriveTrain, 'VehicleDriveTrain']],
    condition: [
      [card.VehicleCondition, 'VehicleCondition'],
      [card.VehicleType, 'VehicleType'],
    ],
    imageUrl: [[carousel?.PhotoList ?? carousel?.malformed, 'PhotoList[0]']],
  }
}

/**
 * Parses the sale prices of a base64 price library such as `MSRP:30000;Selling
 * Price:24995;calc_INTERNET PRICE:24495;`, most likely first, without other amounts such as `Dealer
 * Discount:1000`.
 */
function parsePriceLibrary(library: string, isNew: boolean): Candidate[] {
  const text = Buffer.from(library.slice(0, MAX_LIBRARY_LENGTH), 'base64').toString('utf8')
  const prices = text.split(';').flatMap((entry): { label: string; value: string }[] => {
    const at = entry.indexOf(':')
    return at < 0 ? [] : [{ label: entry.slice(0, at).trim(), value: entry.slice(at + 1).trim() }]
  })
  const sale = prices.filter(({ label }) => !isOtherSum(label))
  const msrp = isNew ? prices.filter(({ label }) => /^msrp$/i.test(label)) : []
  return [
    ...SALE_LABELS.map((like) =>
      sale.filter(({ label }) => like.test(label.replace(/^calc_/i, ''))),
    ),
    msrp,
  ].flatMap((found) =>
    found.map(({ label, value }): Candidate => [
      value,
      `VehiclePriceLibrary ${label.slice(0, 60)}`,
    ]),
  )
}

/**
 * Builds the draft from the page of a car, for sites without an endpoint: all values are in
 * attributes of `.vdp`.
 */
export function buildPageDraft(vdp: Elements): Draft {
  const data = (name: string) => readAttribute(vdp, '', `data-${name}`)
  return {
    vin: data('vin'),
    stockNumber: data('stocknum'),
    title: [[vdp.find('h1').first().text(), 'h1']],
    year: data('year'),
    make: data('make'),
    model: data('model'),
    trim: data('trim'),
    exteriorColor: data('extcolor'),
    priceCents: data('price'),
  }
}
