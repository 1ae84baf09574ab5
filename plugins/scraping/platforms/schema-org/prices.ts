import { isOtherSum } from '../../domain/sale-price.ts'
import type { Candidate } from '../../domain/listing-draft.ts'
import type { PriceFormat } from '../../domain/price-format.ts'
import { parsePriceCents } from '../../domain/listing-values.ts'
import { toPlainValue, toPlainText } from '../../domain/plain-value.ts'
import { pickLowestPrice, readPriceText } from '../price-text.ts'
import type { Offer } from './schema.ts'

/** Values of PriceTypeEnumeration other than the sale price. */
const OTHER_TYPE = /(?:Strikethrough|List|Invoice|MSRP|SRP|MinimumAdvertised)(?:Price)?$/i
const LEASE = /lease|rent|financ/i
const MONTHLY = /^(?:(?:per|an?|each|every|\/)\s*)?(?:mo\b|mon|wee|wk|p1[mw])/i
/** The name of a car instead of a price. */
const CAR_NAME = /\b(?:19|20)\d{2}\b/

type Price = NonNullable<Offer['priceSpecification']>[number]
type OfferPrice = {
  candidate: Candidate
  cents: number | null
  isOther: boolean
  isSale: boolean
}

/**
 * Reads the sale price from the offers of a car: a price marked as the sale price, else
 * the lowest plausible one. Ignores list prices, the MSRP, prices that are struck through and
 * monthly payments; and a price equal to one of these, unless no other is left.
 */
export function readOfferPrices(offers: readonly Offer[], format: PriceFormat): Candidate[] {
  const shown = offers
    .filter(
      ({ businessFunction, category }) =>
        ![businessFunction, category].some((kind) => LEASE.test(toPlainText(kind))),
    )
    .flatMap((offer) => [
      toOfferPrice(offer, [offer.price, 'offers.price'], format),
      toOfferPrice(offer, [offer.lowPrice, 'offers.lowPrice'], format),
      toOfferPrice(offer, [offer.malformed, 'offers'], format),
      ...(offer.priceSpecification ?? []).map((one) =>
        toOfferPrice(
          one,
          [one.price ?? one.malformed, 'offers.priceSpecification.price'],
          format,
          offer,
        ),
      ),
    ])
  const offered = shown.filter(({ isOther }) => !isOther)
  const sale = offered.filter(({ isSale }) => isSale)
  const other = new Set(shown.filter(({ isOther }) => isOther).map(({ cents }) => cents))
  const fresh = offered.filter(({ cents }) => cents !== null && !other.has(cents))
  for (const some of [sale, fresh])
    if (some.some(({ cents }) => cents !== null))
      return pickLowestPrice(
        some.map(({ candidate }) => candidate),
        format,
      )
  return pickLowestPrice(
    offered.map(({ candidate }) => candidate),
    format,
  )
}

/**
 * Reads one price of an offer. Currencies other than ours are not supported, because the column has
 * none.
 */
function toOfferPrice(
  price: Offer | Price,
  [value, source]: Candidate,
  format: PriceFormat,
  offer: Offer = price,
): OfferPrice {
  const currency = toPlainText(price.priceCurrency) || toPlainText(offer.priceCurrency)
  const isOurs = format.currency.test(currency)
  const candidate: Candidate = [isOurs ? readPriceText(value, format) : null, source]
  const type = toPlainText(price.priceType)
  const isOther =
    !isOurs ||
    OTHER_TYPE.test(type) ||
    isOtherSum(readPriceName(price)) ||
    (price !== offer && isMonthly(price))
  return {
    candidate,
    cents: parsePriceCents(toPlainValue(candidate[0]), format),
    isOther,
    isSale: /SalePrice$/i.test(type),
  }
}

/** Returns the name of a price; empty if it is the name of the car, as in some offers. */
const readPriceName = ({ name }: Offer | Price): string =>
  CAR_NAME.test(toPlainText(name)) ? '' : toPlainText(name)

function isMonthly({
  unitText,
  unitCode,
  billingDuration,
  referenceQuantity,
}: Partial<Price>): boolean {
  const quantity =
    typeof referenceQuantity === 'object' && referenceQuantity !== null
      ? Object.values(referenceQuantity)
      : []
  return [unitText, unitCode, billingDuration, ...quantity].some((unit) =>
    MONTHLY.test(toPlainText(unit)),
  )
}
