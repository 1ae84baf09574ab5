import { withCheckDigit } from '../../domain/vin.ts'
import type { DemoCar } from '../cars/demo-car.ts'
import { demoCars } from '../demo-cars.ts'
import { demoMarkets, type DemoMarket } from './markets.ts'
import { createRandom, type Random } from './random.ts'

/** The number of days of the demo market. The last one is the day on which it is loaded. */
export const DAYS = 30
const LAST_DAY = DAYS - 1

/** The names of the two demo dealers, as their pages use them. */
export type DealerName = 'lakeside' | 'prairie'

/** A car of a demo dealer and its prices. Days count from 0, the first day of the month. */
export type DealerCar = Pick<
  DemoCar,
  'year' | 'make' | 'model' | 'vin' | 'mileage' | 'transmission' | 'fuelType' | 'bodyStyle'
> & {
  dealer: DealerName
  stockNumber: string
  trim: string
  drivetrain: string
  engine: string
  exteriorColor: string
  condition: 'Used' | 'Certified'
  /** The first day on the lot, and the first one after it was sold. */
  arrives: number
  leaves: number
  /** The prices in dollars, each from its day on. */
  prices: readonly { from: number; dollars: number }[]
}

/** What a dealer shows of a car on one day. */
export type ShownCar = Omit<DealerCar, 'arrives' | 'leaves' | 'prices'> & { dollars: number }

type Trim = {
  trim: string
  worth: number
  drivetrain?: string
  engine?: string
}
type Stay = { arrives: number; leaves: number }
type CarPlan = {
  trim: Trim
  stay: Stay
  number: number
  random: Random
}

const SEED = 'the demo market'
const MAX_MILES_APART = 16_000
const MIN_MILES = 900
/** The part of its price that a car loses in a hundred thousand miles. */
const LOSS = 0.3
/** The greatest difference between equal cars, as a part of the price. */
const SPREAD = 0.05
const COLORS = ['Black', 'White', 'Silver', 'Gray', 'Blue', 'Red'] as const

/**
 * Builds all cars that the demo dealers have during the month. The same every time: only their
 * dates depend on the day on which the demo is loaded.
 */
export function buildDealerCars(): DealerCar[] {
  const cars: DealerCar[] = []
  for (const market of demoMarkets) {
    const ours = findOurCar(market)
    for (const [index, { trim, stay }] of planCars(market, ours).entries()) {
      const random = createRandom(`${SEED} ${market.car} ${index}`)
      const number = cars.length + 1
      cars.push(buildDealerCar(market, ours, { trim, stay: stay(random), number, random }))
    }
  }
  return cars
}

/** Lists what a dealer shows on one day. */
export const listShownCars = (
  cars: readonly DealerCar[],
  dealer: DealerName,
  day: number,
): ShownCar[] =>
  cars
    .filter((car) => car.dealer === dealer && car.arrives <= day && day < car.leaves)
    .map(({ arrives: _, leaves: __, prices, ...car }) => ({
      ...car,
      dollars: prices.findLast(({ from }) => from <= day)?.dollars ?? 0,
    }))

function findOurCar({ car }: DemoMarket): DemoCar {
  const ours = demoCars.find(({ year, make, model }) => `${year} ${make} ${model}` === car)
  if (!ours) throw new Error(`The demo has a market for ${car}, but no such car.`)
  return ours
}

/** The stay of a car that is there on every day. */
const planWholeStay = (): Stay => ({ arrives: 0, leaves: DAYS })

/** Creates the plan of a car that arrives on day `first` or later and stays. */
const createArrivalPlan = (first: number) => (random: Random) => ({
  arrives: random.pick(first, LAST_DAY - 3),
  leaves: DAYS,
})

/** Plans the stay of a car that is sold early enough for two runs to miss it. */
const planSale = (random: Random): Stay => ({ arrives: 0, leaves: random.pick(4, LAST_DAY - 2) })

/**
 * Plans the cars of a market: of our trim, those for sale on the last day, a third of which arrived
 * during the month, and a third as many that were sold; of each other trim, one that stays and one
 * that arrives or is sold.
 */
function planCars({ cars, alsoWritten, others, trend }: DemoMarket, ours: DemoCar) {
  const own = { trim: ours.trim ?? '', worth: 1 }
  const plan = Array.from({ length: cars }, (_, index) => {
    const isNew = trend === 'growing' ? index % 2 === 1 : index % 3 === 2
    const arrival = createArrivalPlan(trend === 'growing' ? LAST_DAY - 10 : 2)
    const trim = alsoWritten !== undefined && index % 4 === 3 ? alsoWritten : own.trim
    return { trim: { ...own, trim }, stay: isNew ? arrival : planWholeStay }
  })
  const sold = Array.from({ length: Math.floor(cars / 3) }, () => ({ trim: own, stay: planSale }))
  const other = others.flatMap((trim, index) => [
    { trim, stay: planWholeStay },
    { trim, stay: index % 2 === 0 ? planSale : createArrivalPlan(2) },
  ])
  return [...plan, ...sold, ...other]
}

function buildDealerCar(
  market: DemoMarket,
  ours: DemoCar,
  { trim, stay, number, random }: CarPlan,
): DealerCar {
  const { year, make, model, transmission, fuelType, bodyStyle } = ours
  const dealer: DealerName = random.next() < 0.5 ? 'lakeside' : 'prairie'
  const apart = Math.round((random.next() * 2 - 1) * MAX_MILES_APART)
  const mileage = Math.max(MIN_MILES, ours.mileage + apart)
  const value =
    ours.price *
    market.level *
    trim.worth *
    (1 - (LOSS * (mileage - ours.mileage)) / 100_000) *
    (1 + (random.next() + random.next() - 1) * SPREAD)
  return {
    dealer,
    vin: buildVin(ours.vin, number),
    stockNumber: `${dealer === 'lakeside' ? 'L' : 'P'}${4000 + number}`,
    year,
    make,
    model,
    trim: trim.trim,
    mileage,
    transmission,
    fuelType,
    bodyStyle,
    drivetrain: trim.drivetrain ?? ours.drivetrain,
    engine: trim.engine ?? ours.engine,
    exteriorColor: COLORS[random.pick(0, COLORS.length - 1)] ?? 'Black',
    condition: random.next() < 0.15 ? 'Certified' : 'Used',
    ...stay,
    prices: planPrices(value, stay, market.trend, random),
  }
}

/** Builds the VIN of a car like ours; no manufacturer has used its serial number. */
const buildVin = (ours: string, number: number): string =>
  withCheckDigit(`${ours.slice(0, 8)}0${ours.slice(9, 11)}997${String(number).padStart(3, '0')}`)

/**
 * Plans the prices of a car, which is reduced a little every two weeks or so, down to `value`. In a
 * falling market, there is also one large reduction in the last ten days.
 */
function planPrices(
  value: number,
  { arrives, leaves }: Stay,
  trend: DemoMarket['trend'],
  random: Random,
): DealerCar['prices'] {
  const cuts: { from: number; part: number }[] = []
  const first = random.pick(3, 16)
  for (let from = arrives + first; from < leaves; from += random.pick(10, 18))
    cuts.push({ from, part: 0.012 + random.next() * 0.014 })
  const fall = { from: random.pick(LAST_DAY - 9, LAST_DAY - 3), part: 0.08 }
  if (trend === 'falling' && fall.from > arrives && fall.from < leaves) cuts.push(fall)
  const prices: { from: number; dollars: number }[] = []
  let dollars = value
  for (const { from, part } of cuts.toSorted((one, other) => other.from - one.from)) {
    prices.unshift({ from, dollars: roundPrice(dollars) })
    dollars /= 1 - part
  }
  return [{ from: arrives, dollars: roundPrice(dollars) }, ...prices]
}

/** Rounds to a price as dealers write it: 21,395. */
const roundPrice = (dollars: number): number => Math.round(dollars / 100) * 100 - 5
