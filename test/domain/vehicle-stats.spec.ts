import { describe, expect, it } from '@jest/globals'
import { resolveOwnerUnits } from '../../src/garage/domain/units.ts'
import {
  computeVehicleStats,
  type Service,
  type VehicleHistory,
} from '../../src/garage/domain/vehicle-stats.ts'
import type { OwnershipCost } from '../../src/garage/domain/ownership-costs.ts'
import type { PaidFill } from '../../src/garage/domain/fuel-stats.ts'

const US = resolveOwnerUnits({})
const METRIC = resolveOwnerUnits({ unitSystem: 'metric' })

const buildFill = (
  day: string,
  odometer: number | null,
  gallons: number,
  cost: number,
  about: Partial<PaidFill> = {},
): PaidFill => ({
  id: `${day} ${odometer}`,
  at: Date.parse(day),
  day,
  odometer: odometer === null ? null : odometer * 1000,
  trip: null,
  units: gallons * 1000,
  cents: cost * 100,
  fuelType: 'gasoline',
  isFull: true,
  missedFill: false,
  ...about,
})
const buildService = (day: string, category: string, cost: number | null): Service => ({
  day,
  category,
  cents: cost === null ? null : cost * 100,
  odometer: null,
})

const NOT_ENTERED = {
  purchaseDay: null,
  purchaseCents: null,
  purchaseOdometer: null,
  saleCents: null,
}
const EMPTY: VehicleHistory = {
  fills: [],
  services: [],
  ownership: NOT_ENTERED,
  ownershipCosts: [],
  costsUntil: '2026-02-28',
  ownReading: null,
}

/** 1,000 miles on 40 gallons after the first fill; 200.00 for fuel and 300.00 for maintenance. */
const HISTORY: VehicleHistory = {
  ...EMPTY,
  fills: [
    buildFill('2025-12-20', 10_000, 10, 40),
    buildFill('2026-01-10', 10_300, 10, 40),
    buildFill('2026-01-20', 10_500, 10, 40),
    buildFill('2026-02-10', 11_000, 20, 80),
  ],
  services: [
    buildService('2026-01-15', 'Routine maintenance', 100),
    buildService('2026-02-15', 'Repair', 200),
    buildService('2026-02-16', 'Repair', null),
  ],
}
const OWNED = {
  purchaseDay: '2025-12-01',
  purchaseCents: 1_000_000,
  purchaseOdometer: 9_000_000,
  saleCents: 700_000,
}

describe('the figures of a vehicle', () => {
  it('have totals and pooled averages', () => {
    const { totals, averages, economy } = computeVehicleStats(HISTORY, US)
    expect(totals).toMatchObject({
      fuelLogs: 4,
      maintenanceLogs: 3,
      fuelCost: 200,
      maintenanceCost: 300,
      cost: 500,
      distance: { value: 1000 },
      distanceSince: '2025-12-20',
    })
    expect(averages).toMatchObject({
      fuelLogCost: { value: 50 },
      maintenanceLogCost: { value: 150 },
      distancePerFuelLog: { value: 250 },
    })
    expect(economy).toMatchObject({
      unit: 'mpg',
      average: { value: 25 },
      best: { value: 30, day: '2026-01-10' },
      worst: { value: 20, day: '2026-01-20' },
      last: { value: 25, day: '2026-02-10' },
      measuredFuelLogs: 3,
      reason: null,
    })
  })

  it('have the last entered reading of each day, in the units of the owner', () => {
    const services = [{ ...buildService('2026-01-20', 'Repair', null), odometer: 10_550_000 }]
    const { odometer } = computeVehicleStats({ ...HISTORY, services, ownership: OWNED }, US)
    expect(odometer).toEqual([
      { day: '2025-12-01', odometer: 9_000 },
      { day: '2025-12-20', odometer: 10_000 },
      { day: '2026-01-10', odometer: 10_300 },
      { day: '2026-01-20', odometer: 10_550 },
      { day: '2026-02-10', odometer: 11_000 },
    ])
    const metric = computeVehicleStats(HISTORY, METRIC)
    expect(metric.odometer[0]).toEqual({ day: '2025-12-20', odometer: 16_093.4 })
  })

  it('cost a mile by the distance since the first reading', () => {
    const { costPerDistance } = computeVehicleStats(HISTORY, US)
    expect(costPerDistance).toEqual({
      fuel: { value: 0.2, reason: null },
      running: { value: 0.5, reason: null },
      withOwnership: { value: 0.5, reason: null },
      withPurchase: { value: null, reason: 'The purchase price is not entered.' },
      withDepreciation: { value: null, reason: 'The purchase price is not entered.' },
    })
  })

  it('count the purchase and the depreciation from the odometer at the purchase', () => {
    const { costPerDistance, totals } = computeVehicleStats({ ...HISTORY, ownership: OWNED }, US)
    expect(totals).toMatchObject({
      distance: { value: 2000 },
      distanceSince: '2025-12-01',
      purchasePrice: { value: 10_000 },
      salePrice: { value: 7000 },
      depreciation: { value: 3000 },
    })
    expect(costPerDistance).toMatchObject({
      running: { value: 0.25 },
      withPurchase: { value: 5.25 },
      withDepreciation: { value: 1.75 },
    })
  })

  it('know no depreciation before the sale', () => {
    const ownership = { ...OWNED, saleCents: null }
    const { costPerDistance, totals } = computeVehicleStats({ ...HISTORY, ownership }, US)
    const reason = 'The sale price is not entered.'
    expect(totals.depreciation).toEqual({ value: null, reason })
    expect(costPerDistance.withDepreciation).toEqual({ value: null, reason })
    expect(costPerDistance.withPurchase.value).toBe(5.25)
  })

  it('count insurance and taxes by the day, beside fuel and maintenance', () => {
    const insurance: OwnershipCost = {
      kind: 'insurance',
      cents: 59_000,
      intervalMonths: 2,
      startDay: '2026-01-01',
      endDay: null,
    }
    const history = { ...HISTORY, ownershipCosts: [insurance], costsUntil: '2026-02-10' }
    const { totals, costPerDistance, byCategory, byMonth } = computeVehicleStats(history, US)
    expect(totals).toMatchObject({ ownershipCost: 410, cost: 910 })
    expect(costPerDistance).toMatchObject({
      running: { value: 0.5 },
      withOwnership: { value: 0.91 },
    })
    expect(byCategory.at(-1)).toEqual({
      kind: 'ownership',
      category: 'insurance',
      logs: 1,
      cost: 410,
    })
    expect(byMonth.map(({ period, ownershipCost, cost }) => [period, ownershipCost, cost])).toEqual(
      [
        ['2025-12', 0, 40],
        ['2026-01', 310, 490],
        ['2026-02', 100, 380],
      ],
    )
  })

  it('are in the units of the owner', () => {
    const { totals, economy, costPerDistance, fuels } = computeVehicleStats(HISTORY, METRIC)
    expect(totals.distance.value).toBe(1609.3)
    expect(economy).toMatchObject({
      unit: 'l_per_100km',
      average: { value: 9.41 },
      best: { value: 7.84 },
      worst: { value: 11.76 },
    })
    expect(costPerDistance.running.value).toBe(0.3107)
    expect(fuels).toMatchObject([
      { fuelType: 'gasoline', unit: 'l', amount: 189.27, averagePrice: { value: 1.057 } },
    ])
  })

  it('are grouped by month and year', () => {
    const { byMonth, byYear } = computeVehicleStats(HISTORY, US)
    expect(
      byMonth.map(({ period, cost, distance, economy }) => [period, cost, distance, economy.value]),
    ).toEqual([
      ['2025-12', 40, 0, null],
      ['2026-01', 180, 500, 25],
      ['2026-02', 280, 500, 25],
    ])
    expect(byMonth[0]?.economy.reason).toBe('No fill in this period measures economy.')
    expect(byYear).toMatchObject([
      { period: '2025', fuelLogs: 1, maintenanceLogs: 0, cost: 40 },
      { period: '2026', fuelLogs: 3, maintenanceLogs: 3, cost: 460, economy: { value: 25 } },
    ])
  })

  it('are grouped by category, fuel first and then the most expensive', () => {
    expect(computeVehicleStats(HISTORY, US).byCategory).toEqual([
      { kind: 'fuel', category: 'fuel', logs: 4, cost: 200 },
      { kind: 'maintenance', category: 'Repair', logs: 2, cost: 200 },
      { kind: 'maintenance', category: 'Routine maintenance', logs: 1, cost: 100 },
    ])
  })

  it('say why each of them is missing for a vehicle without logs', () => {
    const stats = computeVehicleStats(EMPTY, US)
    const { distance, purchasePrice, salePrice, depreciation } = stats.totals
    const figures = [
      distance,
      purchasePrice,
      salePrice,
      depreciation,
      stats.economy.average,
      ...Object.values(stats.averages),
      ...Object.values(stats.costPerDistance),
    ]
    expect(figures.map(({ value }) => value)).toEqual(figures.map(() => null))
    expect(figures.filter(({ reason }) => !/^[A-Z].*\.$/.test(reason ?? ''))).toEqual([])
    const { fuels, byCategory, byMonth, byYear, odometer } = stats
    expect([fuels, byCategory, byMonth, byYear, odometer]).toEqual([[], [], [], [], []])
  })

  it('divide by the trips of a vehicle without readings', () => {
    const fills = [
      buildFill('2026-01-01', null, 10, 40, { id: 'a', trip: 300_000 }),
      buildFill('2026-01-10', null, 10, 40, { id: 'b', trip: 250_000 }),
    ]
    const { totals, costPerDistance } = computeVehicleStats({ ...EMPTY, fills }, US)
    expect(totals.distance.value).toBe(550)
    expect(costPerDistance.running.value).toBe(0.1455)
  })

  it.each([
    ['after all logs', '2026-03-01', 11_500, 1500],
    ['before all logs', '2025-12-01', 9_900, 1100],
    ['between two logs', '2026-01-15', 10_400, 1000],
    ['that does not fit, dated by a later change of the vehicle', '2026-01-15', 9_000, 1000],
  ])('count a reading of the owner %s', (_place, day, miles, distance) => {
    const ownReading = { day, at: Date.parse(day), odometer: miles * 1000 }
    const { totals } = computeVehicleStats({ ...HISTORY, ownReading }, US)
    expect(totals.distance.value).toBe(distance)
  })

  it('count what was driven since the odometer was replaced, as its owner reads it', () => {
    const fills = [
      buildFill('2026-01-01', 99_900, 10, 40),
      buildFill('2026-01-05', 100_000, 10, 40),
      buildFill('2026-01-09', 10, 10, 40),
    ]
    const ownReading = { day: '2026-02-01', at: Date.parse('2026-02-01'), odometer: 3_000_000 }
    const { totals } = computeVehicleStats({ ...EMPTY, fills, ownReading }, US)
    expect(totals.distance.value).toBe(3090)
  })

  it('have the distance of trips in their months, too', () => {
    const fills = [
      buildFill('2026-01-01', null, 10, 40, { id: 'a', trip: 300_000 }),
      buildFill('2026-02-10', null, 10, 40, { id: 'b', trip: 310_000 }),
    ]
    const { totals, byMonth, byYear } = computeVehicleStats({ ...EMPTY, fills }, US)
    expect(totals.distance.value).toBe(610)
    expect(byMonth.map(({ distance }) => distance)).toEqual([300, 310])
    expect(byYear.map(({ distance }) => distance)).toEqual([610])
  })

  it('do not add the trips of two tanks, which measure the same miles', () => {
    const trip = (day: string, miles: number, about: Partial<PaidFill>) =>
      buildFill(day, null, 5, 20, { id: `${day} ${miles}`, trip: miles * 1000, ...about })
    const fills = [
      trip('2026-01-01', 300, {}),
      trip('2026-01-02', 140, { fuelType: 'electricity' }),
      trip('2026-01-03', 150, { fuelType: 'electricity' }),
      trip('2026-01-04', 900, { fuelType: 'def' }),
    ]
    expect(computeVehicleStats({ ...EMPTY, fills }, US).totals.distance.value).toBe(300)
  })

  it('are not longer because of a trip meter that shows more than the odometer', () => {
    const fills = [
      buildFill('2026-01-01', 1000, 10, 40),
      buildFill('2026-01-05', null, 10, 40, { id: 'trip', trip: 310_000 }),
      buildFill('2026-01-08', 1300, 10, 40),
      buildFill('2026-01-12', 1600, 10, 40),
    ]
    expect(computeVehicleStats({ ...EMPTY, fills }, US).totals.distance.value).toBe(600)
  })

  it('count the fuel of a day in the month of the owner', () => {
    const fills = [buildFill('2025-12-31', 10_000, 10, 40, { at: Date.parse('2026-01-01T03:00Z') })]
    expect(computeVehicleStats({ ...EMPTY, fills }, US).byYear[0]?.period).toBe('2025')
  })
})
