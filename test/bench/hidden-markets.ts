import type { Listing, Subject } from '../../plugins/market/domain/listing.ts'
import { createRandom, type Random } from './random.ts'

/**
 * A market whose laws are known: what the middle seller asks for a car follows from its trim,
 * drivetrain, year and miles; each seller asks more or less than that.
 */
export type HiddenMarket = {
  listings: Listing[]
  subject: Subject
  /** What the middle seller of a car like the subject asks, in cents. */
  truth: number
}

type Trim = { name: string; factor: number; weight: number }

/** The laws of a market. */
export type Laws = {
  base: number
  trims: readonly [Trim, ...Trim[]]
  /** The share of the price that each mile takes away. */
  perMile: number
  /** The share of the price that each year takes away. */
  perYear: number
  /** The factor of the price with all-wheel drive. */
  allWheels: number
  /** The share of cars with all-wheel drive. */
  allWheelsShare: number
  /** The usual difference between sellers, as a share of the price. */
  spread: number
}

const YEAR = 2021
const NAMES = ['S', 'SE', 'SEL', 'Limited', 'Platinum'] as const
/** The share of cars whose trim is not named: listings, and ours. */
const UNNAMED = 0.06
const UNNAMED_OURS = 0.1
/** The share of listings whose price is an error. */
const GROSS_ERRORS = 0.03
const [MIN_LISTINGS, MAX_MORE_LISTINGS] = [5, 400]

/** Generates a market from its number, of some five to four hundred listings. */
export function generateMarket(number: number): HiddenMarket {
  const random = createRandom(number)
  const laws = generateLaws(random)
  const more = Math.exp(random.between(0, Math.log(MAX_MORE_LISTINGS)))
  const listings = Array.from({ length: Math.floor(MIN_LISTINGS + more) }, (_, index) => {
    const { listing, worth } = generateCar(random, laws, String(index))
    listing.cents = generatePrice(random, laws, worth)
    if (random.share() < UNNAMED) listing.trim = null
    return listing
  })
  return { listings, ...generateSubject(random, laws) }
}

/** Generates laws: of a sedan of one trim, or of a truck whose best trim costs the double. */
export function generateLaws(random: Random): Laws {
  const count = 1 + Math.floor(random.between(0, NAMES.length))
  let factor = 1
  const trims = NAMES.slice(0, count).map((name) => {
    const trim = { name, factor, weight: random.between(0.4, 1.6) }
    factor *= random.between(1.03, 1.22)
    return trim
  })
  const [first = { name: NAMES[0], factor, weight: 1 }, ...rest] = trims
  return {
    base: Math.exp(random.between(Math.log(9_000), Math.log(55_000))) * 100,
    trims: [first, ...rest],
    perMile: random.between(1.5e-6, 5e-6),
    perYear: random.between(0.04, 0.1),
    allWheels: random.between(1, 1.08),
    allWheelsShare: random.pick([0, 0.5, 0.8], () => 1),
    spread: random.between(0.025, 0.07),
  }
}

/** What the middle seller asks for a car, in cents. */
function computeAsk(laws: Laws, { trim, drivetrain, year }: Listing | Subject, miles: number) {
  const { factor } = laws.trims.find(({ name }) => name === trim) ?? laws.trims[0]
  const wheels = drivetrain === 'AWD' ? laws.allWheels : 1
  const age = (1 - laws.perYear) ** (YEAR - year)
  return laws.base * factor * wheels * age * Math.exp(-laws.perMile * miles)
}

/** Miles of a car: some 12,000 a year, with a long tail. */
const generateMiles = (random: Random, year: number): number =>
  Math.round(Math.max(600, (2025 - year) * 12_000 * Math.exp(0.4 * random.normal())))

const generateDrivetrain = (random: Random, { allWheelsShare }: Laws): string =>
  random.share() < allWheelsShare ? 'AWD' : 'FWD'

/** How a seller's price differs: mostly little, sometimes much (Student's t, four degrees). */
function generateDifference(random: Random, spread: number): number {
  const squares = [random.normal(), random.normal(), random.normal(), random.normal()]
  const chi = squares.reduce((sum, one) => sum + one * one, 0)
  return Math.exp((spread * random.normal()) / Math.sqrt(chi / 4))
}

/** Generates a car without a price, and what the middle seller asks for it, in cents. */
export function generateCar(
  random: Random,
  laws: Laws,
  key: string,
): { listing: Listing; worth: number } {
  const year = YEAR + random.pick([-1, 0, 1], (apart) => (apart === 0 ? 2 : 1))
  const trim = random.pick(laws.trims, ({ weight }) => weight).name
  const miles = generateMiles(random, year)
  const drivetrain = generateDrivetrain(random, laws)
  const listing = { ...BARE_LISTING, key, year, trim, miles, drivetrain }
  return { listing, worth: computeAsk(laws, listing, miles) }
}

/** Generates what a seller asks for a car that the middle seller asks `worth` for, in cents. */
export function generatePrice(random: Random, laws: Laws, worth: number): number {
  const error = random.share() < GROSS_ERRORS ? random.between(0.4, 2) : 1
  const ask = worth * generateDifference(random, laws.spread) * error
  return Math.max(1, Math.round(ask / 10_000)) * 10_000
}

/** Generates our car, and what the middle seller asks for it. Its trim may not be known to us. */
function generateSubject(random: Random, laws: Laws): { subject: Subject; truth: number } {
  const miles = generateMiles(random, YEAR)
  const subject: Subject = {
    vin: 'SUBJECT0000000001',
    year: YEAR,
    make: 'Ford',
    model: 'Edge',
    trim: random.pick(laws.trims, ({ weight }) => weight).name,
    drivetrain: generateDrivetrain(random, laws),
    engine: null,
    isNew: false,
    miles,
    branded: false,
  }
  const truth = computeAsk(laws, subject, miles)
  if (random.share() < UNNAMED_OURS) subject.trim = null
  return { subject, truth }
}

const BARE_LISTING: Listing = {
  vin: null,
  key: '',
  year: YEAR,
  make: 'Ford',
  model: 'Edge',
  trim: null,
  drivetrain: null,
  engine: null,
  isNew: false,
  cents: null,
  miles: null,
  branded: false,
  dealer: null,
  city: null,
  state: null,
  position: null,
  url: null,
  listedAt: null,
  seenAt: null,
}
