import { withCheckDigit } from '../../../src/domain/vin.ts'
import { MODELS, type Make } from './makes.ts'

/**
 * A car that a dealer of the test world really has. `path` is its page on the dealer's site,
 * `photo` its picture's.
 */
export type DealerCar = {
  vin: string | null
  stockNumber: string
  year: number
  make: string
  model: string
  trim: string
  priceCents: number | null
  mileage: number
  exteriorColor: string
  transmission: string
  fuelType: string
  bodyStyle: string
  drivetrain: string
  path: string
  photo: string
}

/**
 * What happened to one car of one dealer. A transfer is told at the dealer that has the car now.
 */
export type Happening = {
  day: number
  what: 'new' | 'sold' | 'repriced' | 'relisted' | 'transferred'
  stockNumber: string
  vin: string | null
}

/** One dealer's days: `days[0]` is what stands on the lot on day 1. */
export type World = { days: readonly (readonly DealerCar[])[]; happenings: readonly Happening[] }

export type WorldOptions = { seed?: number; dealers?: number; cars?: number; days?: number }

/** A number from 0 up to 1, the next of a row that its seed decides (mulberry32). */
export type Dice = () => number

type Lot = {
  cars: DealerCar[]
  gone: { car: DealerCar; backOn: number }[]
  days: DealerCar[][]
  happenings: Happening[]
}

/** What stands on a dealer's lot on a day; days after the last are like the last. */
export function getCarsOn({ days }: World, day: number): readonly DealerCar[] {
  return days[Math.min(Math.max(day, 1), days.length) - 1] ?? []
}

/** One dealer's world. */
export function simulateWorld(options: Omit<WorldOptions, 'dealers'> = {}): World {
  const [world] = simulateWorlds({ ...options, dealers: 1 })
  if (!world) throw new Error('A world has at least one dealer.')
  return world
}

/**
 * Dealers through some days, the same for the same seed. Each day after the first every lot sells,
 * buys and reprices some cars (far fewer than half); every second day one car that was gone for one
 * to three days is back; every third day one car of a lot stands at the next dealer's. Some cars
 * have no VIN, some no price; no two have the same VIN or stock number.
 */
export function simulateWorlds({
  seed = 1,
  dealers = 1,
  cars = 60,
  days = 10,
}: WorldOptions = {}): World[] {
  const dice = createDice(seed)
  let made = 0
  const make = (dealer: number) => createCar(dice, ++made, dealer)
  const lots = Array.from({ length: dealers }, (_, dealer): Lot => {
    const first = Array.from({ length: cars }, () => make(dealer))
    return { cars: [...first], gone: [], days: [first], happenings: [] }
  })
  for (let day = 2; day <= days; day++) {
    lots.forEach((lot, dealer) => simulateDay(lot, day, dice, () => make(dealer)))
    if (day % 3 === 0 && dealers > 1)
      lots.forEach((lot, dealer) => transferCar(lot, lots, dealer, day))
    for (const lot of lots) lot.days.push([...lot.cars])
  }
  return lots.map(({ days, happenings }) => ({ days, happenings }))
}

function simulateDay(lot: Lot, day: number, dice: Dice, make: () => DealerCar): void {
  const few = Math.max(1, Math.round(lot.cars.length * 0.03))
  const recordEvent = (what: Happening['what'], { stockNumber, vin }: DealerCar) =>
    lot.happenings.push({ day, what, stockNumber, vin })
  const back = day % 2 === 0 ? lot.gone.filter(({ backOn }) => backOn <= day).slice(0, 1) : []
  for (const { car } of back) recordEvent('relisted', car)
  lot.gone = lot.gone.filter((one) => !back.includes(one))
  for (let i = 0; i < few && lot.cars.length > 1; i++) {
    const [car] = lot.cars.splice(Math.floor(dice() * lot.cars.length), 1)
    if (!car) continue
    recordEvent('sold', car)
    lot.gone.push({ car, backOn: day + 1 + Math.floor(dice() * 3) })
  }
  lot.cars = lot.cars.map((car) => {
    if (car.priceCents === null || dice() > 0.08) return car
    recordEvent('repriced', car)
    return { ...car, priceCents: car.priceCents - 100 * (100 + Math.floor(dice() * 800)) }
  })
  const fresh = Array.from({ length: few }, make)
  for (const car of fresh) recordEvent('new', car)
  lot.cars = [...fresh, ...lot.cars, ...back.map(({ car }) => car)]
}

/**
 * The lot's first car with a VIN that has stood since yesterday goes to the next dealer, under a
 * new stock number.
 */
function transferCar(lot: Lot, lots: readonly Lot[], dealer: number, day: number): void {
  const to = (dealer + 1) % lots.length
  const yesterday = new Set(lot.days[day - 2])
  const car = lot.cars.find((one) => one.vin !== null && yesterday.has(one))
  const next = lots[to]
  if (!car || !next) return
  lot.cars = lot.cars.filter((one) => one !== car)
  const stockNumber = `T${to}-${car.stockNumber}`
  next.cars = [...next.cars, { ...car, stockNumber, ...buildPaths(car.make, stockNumber) }]
  next.happenings.push({ day, what: 'transferred', stockNumber, vin: car.vin })
}

function createCar(dice: Dice, number: number, dealer: number): DealerCar {
  const of = <T>(all: readonly T[]): T => all[Math.floor(dice() * all.length)] as T
  const { make, wmi, models } = of<Make>(MODELS)
  const { model, trims, bodyStyle } = of(models)
  const year = 2012 + Math.floor(dice() * 14)
  const serial = String(number).padStart(6, '0')
  const vin = withCheckDigit(`${wmi}CV1F30${'CDEFGHJKLMNPRS'.charAt(year - 2012)}A${serial}`)
  const stockNumber = `D${dealer}${String(number).padStart(5, '0')}`
  return {
    vin: number % 17 === 0 ? null : vin,
    stockNumber,
    year,
    make,
    model,
    trim: of(trims),
    priceCents: number % 23 === 0 ? null : 100 * (6_995 + 10 * Math.floor(dice() * 4_500)),
    mileage: 1_000 + Math.floor(dice() * 140_000),
    exteriorColor: of(['Black', 'Soul Red', 'Platinum White Pearl', 'Ice Blue Metallic', 'Gray']),
    transmission: of(['Automatic', 'Manual', 'CVT']),
    fuelType: of(['Gasoline', 'Hybrid', 'Diesel']),
    bodyStyle,
    drivetrain: bodyStyle === 'SUV' ? 'AWD' : 'FWD',
    ...buildPaths(make, stockNumber),
  }
}

function buildPaths(make: string, stockNumber: string): Pick<DealerCar, 'path' | 'photo'> {
  const name = `${make.toLowerCase().replaceAll(/\W+/g, '-')}-${stockNumber.toLowerCase()}`
  return { path: `/used/${name}/`, photo: `/photos/${name}.jpg` }
}

function createDice(seed: number): Dice {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
