import { describe, expect, it } from '@jest/globals'
import { measureFills, assignTanks } from '../../src/garage/domain/fuel-economy.ts'
import type { PaidFill } from '../../src/garage/domain/fuel-stats.ts'
import { resolveOwnerUnits } from '../../src/garage/domain/units.ts'
import { computeVehicleStats, type Service } from '../../src/garage/domain/vehicle-stats.ts'

/** A fill of a simulated car, with the position that the car really had. */
type Driven = PaidFill & { truth: number }

const HISTORIES = 300
const US = resolveOwnerUnits({})
const NOT_OWNED = {
  purchaseDay: null,
  purchaseCents: null,
  purchaseOdometer: null,
  saleCents: null,
}
const DAY = 86_400_000
const START = Date.parse('2024-01-01T10:00:00Z')

/** Whole numbers below a limit, the same ones for each seed (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Drives a car: every fill has its odometer, its exact trip, or both, and some were missed. */
function drive(seed: number): Driven[] {
  const random = createRandom(seed)
  let truth = random(200_000) * 1000
  let at = START
  return Array.from({ length: random(14) }, (_, place) => {
    const trip = random(8) === 0 ? 0 : random(500_000)
    const hasOdometer = random(3) > 0
    truth += trip
    at += random(20) * DAY
    return {
      id: `${String(place).padStart(2, '0')}`,
      at: at + place,
      day: new Date(at).toISOString().slice(0, 10),
      odometer: hasOdometer ? truth : null,
      trip: !hasOdometer || random(4) === 0 ? trip : null,
      units: 1 + random(20_000),
      cents: random(9_000),
      fuelType: random(6) === 0 ? null : random(4) === 0 ? 'e85' : 'gasoline',
      isFull: random(3) > 0,
      missedFill: random(9) === 0,
      truth,
    }
  })
}

/** Whether the logs tell where the car was at a fill. */
const isLocated = (fills: readonly Driven[], place: number): boolean => {
  const fill = fills[place]
  if (!fill) return false
  if (fill.odometer !== null) return true
  return fill.trip !== null && !fill.missedFill && isLocated(fills, place - 1)
}

/** The distance and fuel of each fill that measures any, from where the car really was. */
function findExpected(fills: readonly Driven[]): Record<string, [number, number]> {
  const expected: Record<string, [number, number]> = {}
  let start = -1
  for (const [place, fill] of fills.entries()) {
    if (!fill.isFull) continue
    if (start < 0) {
      start = place
      continue
    }
    const span = fills.slice(start + 1, place + 1)
    const isBroken = span.some(({ missedFill }) => missedFill)
    const isKnown =
      (isLocated(fills, start) && isLocated(fills, place)) ||
      span.every(
        ({ trip }, i) =>
          trip !== null || (isLocated(fills, start + i) && isLocated(fills, start + i + 1)),
      )
    const distance = fill.truth - (fills[start]?.truth ?? 0)
    const isFolded =
      !isBroken && (isKnown ? distance === 0 : isLocated(fills, start) && !isLocated(fills, place))
    if (isFolded) continue
    if (!isBroken && isKnown)
      expected[fill.id] = [distance, span.reduce((sum, { units }) => sum + units, 0)]
    start = place
  }
  return expected
}

const shuffle = <Row>(rows: readonly Row[], seed: number): Row[] => {
  const random = createRandom(seed)
  return rows
    .map((row) => [random(1_000_000), row] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, row]) => row)
}

const sumBy = <Row>(rows: readonly Row[], read: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + Math.round(read(row) * 1000), 0) / 1000

const CASES = Array.from({ length: HISTORIES }, (_, seed) => seed + 1)

describe('the economy of random histories', () => {
  it('is that of what the car really drove, in whichever order the logs were entered', () => {
    for (const seed of CASES) {
      const fills = drive(seed)
      const found = Object.fromEntries(
        [...measureFills(assignTanks(shuffle(fills, seed)))].flatMap(([id, { consumption }]) =>
          consumption ? [[id, [consumption.distance, consumption.units]]] : [],
        ),
      )
      expect([seed, found]).toEqual([seed, findExpected(fills)])
    }
  })
})

describe('the figures of random histories', () => {
  const build = (seed: number) => {
    const fills = drive(seed)
    const random = createRandom(seed + 1_000_000)
    const services = fills
      .filter(() => random(3) === 0)
      .map(({ day, truth }): Service => ({
        day,
        category: ['Repair', 'Winter'][random(2)] ?? '',
        cents: random(4) === 0 ? null : random(90_000),
        odometer: random(2) === 0 ? truth : null,
      }))
    const stats = computeVehicleStats(
      {
        fills: shuffle(fills, seed),
        services,
        ownership: NOT_OWNED,
        ownershipCosts: [],
        costsUntil: '2030-01-01',
        ownReading: null,
      },
      US,
    )
    return { fills, services, stats }
  }

  it('add up: months, years, categories and fuels to the totals', () => {
    for (const seed of CASES) {
      const { totals, byMonth, byYear, byCategory, fuels } = build(seed).stats
      const costs = [byMonth, byYear, byCategory].map((parts) =>
        sumBy(parts as readonly { cost: number }[], ({ cost }) => cost),
      )
      expect([seed, ...costs]).toEqual([seed, totals.cost, totals.cost, totals.cost])
      expect([seed, sumBy(fuels, ({ cost }) => cost)]).toEqual([seed, totals.fuelCost])
      const distances = [byMonth, byYear].map((parts) => sumBy(parts, ({ distance }) => distance))
      const distance = totals.distance.value ?? 0
      expect([seed, ...distances]).toEqual([seed, distance, distance])
    }
  })

  it('have the distance from the first reading to the last, and the costs by it', () => {
    for (const seed of CASES) {
      const { fills, services, stats } = build(seed)
      const readings = [
        ...fills.flatMap(({ truth }, place) => (isLocated(fills, place) ? truth : [])),
        ...services.flatMap(({ odometer }) => odometer ?? []),
      ]
      const driven = readings.length > 1 ? Math.max(...readings) - Math.min(...readings) : 0
      if (driven === 0) continue
      const { totals, costPerDistance } = stats
      expect([seed, totals.distance.value]).toEqual([seed, driven / 1000])
      const perMile = totals.cost / (driven / 1000)
      expect(Math.abs((costPerDistance.running.value ?? 0) - perMile)).toBeLessThanOrEqual(0.00006)
    }
  })
})
