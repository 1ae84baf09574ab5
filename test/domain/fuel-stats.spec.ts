import { describe, expect, it } from '@jest/globals'
import { assignTanks, measureFills } from '../../src/garage/domain/fuel-economy.ts'
import { type PaidFill, summarizeFuels } from '../../src/garage/domain/fuel-stats.ts'
import { resolveOwnerUnits } from '../../src/garage/domain/units.ts'
import { computeVehicleStats } from '../../src/garage/domain/vehicle-stats.ts'

const US = resolveOwnerUnits({})

const buildFills = (
  ...rows: [PaidFill['fuelType'], number, number, number, Partial<PaidFill>?][]
): PaidFill[] =>
  rows.map(([fuelType, miles, units, cost, about], index) => ({
    id: `log-${index}`,
    at: index,
    day: `2026-01-0${index + 1}`,
    odometer: miles * 1000,
    trip: null,
    units: units * 1000,
    cents: Math.round(cost * 100),
    fuelType,
    isFull: true,
    missedFill: false,
    ...about,
  }))

const summarize = (rows: PaidFill[]) => {
  const fills = assignTanks(rows)
  return summarizeFuels(fills, measureFills(fills), US)
}

describe('the figures of each fuel', () => {
  it('of a plug-in hybrid have units of their own, and the vehicle has no economy', () => {
    const rows = buildFills(
      ['gasoline', 1000, 10, 35],
      ['electricity', 1000, 10, 3],
      ['electricity', 1040, 10, 5],
      ['gasoline', 1400, 8, 28],
    )
    expect(summarize(rows)).toMatchObject([
      {
        fuelType: 'gasoline',
        unit: 'gal_us',
        amount: 18,
        cost: 63,
        averagePrice: { value: 3.5 },
        economy: { unit: 'mpg', average: { value: 50 } },
      },
      {
        fuelType: 'electricity',
        unit: 'kwh',
        amount: 20,
        cost: 8,
        averagePrice: { value: 0.4 },
        economy: { unit: 'mi_per_kwh', average: { value: 4 } },
      },
    ])
    const ownership = {
      purchaseDay: null,
      purchaseCents: null,
      purchaseOdometer: null,
      saleCents: null,
    }
    const { economy } = computeVehicleStats(
      {
        fills: rows,
        services: [],
        ownership,
        ownershipCosts: [],
        costsUntil: '2026-12-31',
        ownReading: null,
      },
      US,
    )
    expect(economy.average.reason).toBe(
      'This vehicle uses several fuels. See the figures of each fuel.',
    )
  })

  it('name the fuels that share a tank', () => {
    const rows = buildFills(
      ['gasoline', 1000, 10, 35],
      ['e85', 1300, 10, 30],
      ['gasoline', 1540, 12, 42],
    )
    expect(summarize(rows)).toMatchObject([
      { fuelType: 'gasoline', sharesTankWith: ['e85'], economy: { average: { value: 24.55 } } },
      { fuelType: 'e85', sharesTankWith: ['gasoline'], economy: { average: { value: 24.55 } } },
    ])
  })

  it.each([
    ['There are only partial fills. Economy takes two full ones.', [false, false]],
    ['There is only one full fill. Economy takes two.', [true, false]],
    ['A fill since the last full one was not recorded.', [true, true]],
  ])('say: %s', (reason, [first, second]) => {
    const rows = buildFills(
      ['gasoline', 1000, 10, 35, { isFull: first ?? true }],
      ['gasoline', 1300, 10, 35, { isFull: second ?? true, missedFill: true }],
    )
    expect(summarize(rows)).toMatchObject([
      { economy: { average: { value: null, reason }, reason } },
    ])
  })

  it('say that fills without a type belong to none of several', () => {
    const rows = buildFills(
      ['gasoline', 1000, 10, 35],
      ['electricity', 1000, 10, 3],
      [null, 1100, 10, 35],
    )
    expect(summarize(rows)[2]).toMatchObject({
      fuelType: null,
      tank: null,
      economy: {
        reason: 'These fills have no fuel type, and this vehicle uses several. Enter it.',
      },
    })
  })
})
