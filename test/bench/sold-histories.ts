import type { Listing, Subject } from '../../plugins/market/domain/listing.ts'
import { generateCar, generateLaws, generatePrice, type Laws } from './hidden-markets.ts'
import { createRandom, type Random } from './random.ts'

/** A car that left the market: what it asked at last, in cents, beside the cars that were there. */
export type Sale = { subject: Subject; lastAsk: number; listings: Listing[] }

/** A car for sale. `worth` is what the middle seller would ask for it. */
type Offer = { listing: Listing; worth: number; soldOn: number | null }

const DAYS = 150
/** Sales are judged from the day on when the market has found its size. */
const FIRST_JUDGED_DAY = 90
const DAYS_BETWEEN_CUTS = 14
const CUT = 0.015
/** The share of cars at the price of the middle seller that sell on a day. */
const SALES_PER_DAY = 0.025
/** How much more often a car sells that is one percent cheaper. */
const PRICE_EFFECT = 0.12

/**
 * Generates the sales of a market over some months: cars arrive, ask a price that differs as
 * sellers do, cut it every two weeks, and sell the sooner the less they ask. One sale a week is
 * judged.
 */
export function generateSales(number: number): Sale[] {
  const random = createRandom(number)
  const laws = generateLaws(random)
  const arrivals = random.between(0.3, 4)
  const offers: Offer[] = []
  const sales: Sale[] = []
  for (let day = 0; day < DAYS; day++) {
    for (let arrived = random.share(); arrived < arrivals; arrived += 1)
      offers.push(generateOffer(random, laws, `${day} ${offers.length}`))
    const active = offers.filter(({ soldOn }) => soldOn === null)
    for (const offer of active) updateOffer(random, offer, day)
    const sold = active.filter(({ soldOn }) => soldOn === day)
    const [judged] = day >= FIRST_JUDGED_DAY && day % 7 === 0 ? sold : []
    if (judged) sales.push(toSale(judged, active))
  }
  return sales
}

function generateOffer(random: Random, laws: Laws, key: string): Offer {
  const { listing, worth } = generateCar(random, laws, key)
  listing.cents = generatePrice(random, laws, worth)
  return { listing, worth, soldOn: null }
}

/** A day of an offer: it may sell, or be cut. */
function updateOffer(random: Random, offer: Offer, day: number): void {
  const { listing, worth } = offer
  const percentAbove = ((listing.cents ?? worth) / worth - 1) * 100
  if (random.share() < SALES_PER_DAY * Math.exp(-PRICE_EFFECT * percentAbove)) offer.soldOn = day
  else if (random.share() < 1 / DAYS_BETWEEN_CUTS)
    listing.cents = Math.round((listing.cents ?? worth) * (1 - CUT))
}

function toSale(judged: Offer, active: readonly Offer[]): Sale {
  const { year, make, model, trim, drivetrain, engine, miles, cents } = judged.listing
  const subject: Subject = {
    vin: 'SUBJECT0000000001',
    year,
    make,
    model,
    trim,
    drivetrain,
    engine,
    isNew: false,
    miles,
    branded: false,
  }
  const listings = active.filter((offer) => offer !== judged).map(({ listing }) => ({ ...listing }))
  return { subject, lastAsk: cents ?? 0, listings }
}
