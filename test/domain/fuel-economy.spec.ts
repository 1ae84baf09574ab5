import { describe, expect, it } from '@jest/globals'
import { toEconomy } from '../../src/garage/domain/economy-units.ts'
import {
  assignTanks,
  compareFills,
  type Fill,
  measureFills,
  poolConsumption,
} from '../../src/garage/domain/fuel-economy.ts'
import { resolveOwnerUnits } from '../../src/garage/domain/units.ts'

type About = { at?: number; trip?: number; fuelType?: Fill['fuelType']; missedFill?: true }
type Entry = (index: number) => Fill

const DAY = 86_400_000
const MILES_AND_GALLONS = resolveOwnerUnits({})
const toThousandths = (value: number | null | undefined) =>
  value === null || value === undefined ? null : Math.round(value * 1000)

const buildEntry =
  (isFull: boolean) =>
  (odometer: number | null, units: number, about: About = {}): Entry =>
  (index) => ({
    id: `log-${index}`,
    at: (about.at ?? index) * DAY,
    odometer: toThousandths(odometer),
    trip: toThousandths(about.trip),
    units: toThousandths(units) ?? 0,
    fuelType: about.fuelType ?? null,
    isFull,
    missedFill: about.missedFill ?? false,
  })
/** A full fill and a partial one: the odometer reading, the amount, and the rest. */
const full = buildEntry(true)
const part = buildEntry(false)

const [missed, gas, e85] = [
  { missedFill: true },
  { fuelType: 'gasoline' },
  { fuelType: 'e85' },
] as const
const [diesel, def, electric] = [
  { fuelType: 'diesel' },
  { fuelType: 'def' },
  { fuelType: 'electricity' },
] as const

/** What each log measures, in miles per gallon, kWh or kilogram, or a word of the reason. */
const HISTORIES: [string, Entry[], (number | string)[]][] = [
  ['no fill', [], []],
  ['one full fill', [full(1000, 10)], ['first']],
  ['two full fills', [full(1000, 10), full(1300, 10)], ['first', 30]],
  ['two partial fills', [part(1000, 10), part(1300, 10)], ['partial', 'partial']],
  [
    'two partial fills between full ones',
    [full(10_000, 12), part(10_240, 5.196), part(10_480, 3.358), full(10_852, 14.212)],
    ['first', 'partial', 'partial', 37.42],
  ],
  [
    'short and long legs',
    [full(5000, 50), full(5281, 61.78), full(5840, 45.73), full(5881, 0.22)],
    ['first', 4.55, 12.22, 186.36],
  ],
  [
    'a missed fill before the third of six',
    [
      full(10_000, 10),
      full(10_300, 10),
      full(10_900, 12, missed),
      full(11_200, 10),
      full(11_500, 12),
      full(11_740, 12),
    ],
    ['first', 30, 'not recorded', 30, 25, 20],
  ],
  [
    'a missed fill before a partial one',
    [full(1000, 10), part(1200, 5, missed), full(1500, 10), full(1800, 10)],
    ['first', 'partial', 'not recorded', 30],
  ],
  ['a missed fill before the first', [full(1000, 10, missed), full(1300, 10)], ['first', 30]],
  [
    'two missed fills in a row',
    [full(1000, 10), full(1900, 10, missed), full(2800, 10, missed), full(3100, 10)],
    ['first', 'not recorded', 'not recorded', 30],
  ],
  [
    'a partial fill before the first full one',
    [part(900, 5), full(1000, 10), full(1300, 10)],
    ['partial', 'first', 30],
  ],
  [
    'a partial fill after the last full one',
    [full(1000, 10), full(1300, 10), part(1400, 3)],
    ['first', 30, 'partial'],
  ],
  [
    'a partial fill on the spot',
    [full(1000, 10), part(1000, 2), full(1300, 10)],
    ['first', 'partial', 25],
  ],
  [
    'a log without odometer',
    [full(1000, 10), full(null, 8), full(1600, 12)],
    ['first', 'no odometer', 30],
  ],
  [
    'two logs without odometer',
    [full(1000, 10), full(null, 5), full(null, 5), full(1600, 10)],
    ['first', 'no odometer', 'no odometer', 30],
  ],
  [
    'a partial fill without odometer',
    [full(1000, 10), part(null, 5), full(1300, 10)],
    ['first', 'partial', 20],
  ],
  [
    'a first fill without odometer',
    [full(null, 10), full(1000, 10), full(1300, 10)],
    ['first', 'unknown', 30],
  ],
  ['no odometer at all', [full(null, 10), full(null, 10)], ['first', 'unknown']],
  [
    'a missed fill and a log without odometer',
    [full(1000, 10), full(null, 10, missed), full(1600, 10), full(1900, 10)],
    ['first', 'not recorded', 'unknown', 30],
  ],
  [
    'two fills at one moment',
    [full(1000, 10), full(1600, 10, { at: 1 }), full(1300, 10, { at: 1 })],
    ['first', 30, 30],
  ],
  [
    'a full and a partial fill at one moment and reading',
    [full(1000, 10), full(1300, 6, { at: 1 }), part(1300, 4, { at: 1 })],
    ['first', 30, 'partial'],
  ],
  [
    'two full fills at one reading',
    [full(1000, 10), full(1300, 8), full(1300, 2), full(1600, 10)],
    ['first', 37.5, 'not risen', 25],
  ],
  [
    'an odometer that falls',
    [full(1000, 10), full(900, 10), full(1200, 10)],
    ['first', 'lower', 30],
  ],
  [
    'a replaced odometer',
    [full(90_000, 10), full(90_300, 10), full(12, 10), full(312, 10)],
    ['first', 30, 'lower', 30],
  ],
  [
    'a partial fill with a reading that is too high',
    [full(1000, 10), part(9000, 5), full(1300, 10)],
    ['first', 'partial', 20],
  ],
  [
    'trips without odometer',
    [full(null, 9, { trip: 250 }), full(null, 10, { trip: 300 }), full(null, 11, { trip: 330 })],
    ['first', 30, 30],
  ],
  [
    'trips with a partial fill',
    [full(null, 9, { trip: 250 }), part(null, 4, { trip: 100 }), full(null, 6, { trip: 200 })],
    ['first', 'partial', 30],
  ],
  [
    'trips of which one is missing',
    [
      full(null, 9, { trip: 300 }),
      part(null, 5),
      full(null, 10, { trip: 200 }),
      full(null, 10, { trip: 300 }),
    ],
    ['first', 'partial', 'unknown', 30],
  ],
  [
    'a trip of nothing',
    [full(null, 9, { trip: 300 }), full(null, 2, { trip: 0 }), full(null, 8, { trip: 250 })],
    ['first', 'not risen', 25],
  ],
  [
    'a trip after an odometer reading, and a reading after it',
    [full(1000, 10), full(null, 10, { trip: 300 }), full(1630, 11)],
    ['first', 30, 30],
  ],
  [
    'a reading with a trip after trips',
    [full(null, 9, { trip: 100 }), full(5000, 10, { trip: 300 }), full(5250, 10)],
    ['first', 30, 25],
  ],
  [
    'a reading without a trip after trips',
    [full(null, 9, { trip: 100 }), full(5000, 10), full(5300, 10)],
    ['first', 'unknown', 30],
  ],
  [
    'a trip that contradicts the odometer',
    [full(1000, 10), full(1300, 10, { trip: 30 })],
    ['first', 30],
  ],
  [
    'a missed fill and trips',
    [
      full(1000, 10),
      full(null, 10, { trip: 300, ...missed }),
      full(null, 10, { trip: 250 }),
      full(1900, 10),
    ],
    ['first', 'not recorded', 25, 'unknown'],
  ],
  [
    'gasoline and E85 in one tank',
    [full(1000, 10, gas), full(1300, 10, e85), full(1540, 12, gas)],
    ['first', 30, 20],
  ],
  [
    'diesel and exhaust fluid',
    [full(1000, 20, diesel), full(1000, 2.5, def), full(1400, 20, diesel), full(5000, 2.5, def)],
    ['first', 'first', 20, 1600],
  ],
  [
    'a plug-in hybrid',
    [full(1000, 10, gas), full(1000, 10, electric), full(1040, 10, electric), full(1400, 8, gas)],
    ['first', 'first', 4, 50],
  ],
  [
    'a fill without type beside one type',
    [full(1000, 10, gas), full(1300, 10), full(1540, 12, gas)],
    ['first', 30, 20],
  ],
  [
    'a fill without type beside diesel and exhaust fluid',
    [full(1000, 20, diesel), full(1000, 2.5, def), full(1400, 20)],
    ['first', 'first', 20],
  ],
  [
    'a fill without type beside two types',
    [
      full(1000, 10, gas),
      full(1010, 5, electric),
      full(1100, 3),
      full(1300, 10, gas),
      full(1310, 5, electric),
      full(1600, 10, gas),
    ],
    ['first', 'first', 'no fuel type', 'has no fuel type', 'has no fuel type', 30],
  ],
  ['charging sessions', [full(1000, 40, electric), full(1150, 50, electric)], ['first', 3]],
  [
    'charging to 80 percent',
    [full(1000, 40, electric), part(1250, 30, electric), full(1400, 45, electric)],
    ['first', 'partial', 5.33],
  ],
  [
    'charging by trips, to the watt-hour',
    [full(null, 7.125, electric), full(null, 33.5, { trip: 100.5, ...electric })],
    ['first', 3],
  ],
  [
    'hydrogen',
    [full(1000, 5, { fuelType: 'hydrogen' }), full(1310, 5, { fuelType: 'hydrogen' })],
    ['first', 62],
  ],
  ['decimals', [full(10_000.4, 10), full(10_312.9, 8.333)], ['first', 37.5]],
  ['a figure that ends in a five', [full(1000, 1), full(2005, 1000)], ['first', 1.01]],
  ['the largest values', [full(1, 1), full(10_000_000, 9_999_999.999)], ['first', 1]],
]

const measure = (fills: readonly Fill[]) => {
  const economies = measureFills(assignTanks(fills))
  return fills.map(({ id }) => {
    const economy = economies.get(id)
    return economy?.consumption
      ? toEconomy(economy.consumption, 'gallon', MILES_AND_GALLONS)
      : (economy?.reason ?? 'nothing')
  })
}
const expectFigures = (figures: readonly (number | string)[], expected: (number | string)[]) =>
  expect(figures).toEqual(
    expected.map((value) => (typeof value === 'number' ? value : expect.stringContaining(value))),
  )

describe('the economy of each fill', () => {
  it.each(HISTORIES)('of %s', (_name, entries, expected) => {
    expectFigures(measure(entries.map((build, index) => build(index))), expected)
  })

  it.each(HISTORIES)('of %s does not depend on when logs were entered', (_name, entries) => {
    const fills = entries.map((build, index) => build(index))
    const figures = new Map(fills.map(({ id }, index) => [id, measure(fills)[index]]))
    const entered = [...fills.toReversed(), ...fills.slice(2), ...fills.slice(0, 2)].slice(
      0,
      fills.length,
    )
    expect(measure(entered)).toEqual(entered.map(({ id }) => figures.get(id)))
  })

  it('is explained in a sentence where there is none', () => {
    const reasons = HISTORIES.flatMap(([, entries]) =>
      measure(entries.map((build, index) => build(index))),
    ).filter((figure) => typeof figure === 'string')
    expect(reasons.length).toBeGreaterThan(40)
    expect(reasons.filter((reason) => !/^[A-Z].*\.$/.test(reason))).toEqual([])
  })
})

describe('the average economy', () => {
  const average = (entries: readonly Entry[]) => {
    const fills = assignTanks(entries.map((build, index) => build(index)))
    const parts = [...measureFills(fills).values()].flatMap(({ consumption }) => consumption ?? [])
    return toEconomy(poolConsumption(parts), 'gallon', MILES_AND_GALLONS)
  }

  it('pools distances and fuel, and is not the mean of ratios', () => {
    const legs = [full(5000, 50), full(5281, 61.78), full(5840, 45.73), full(5881, 0.22)]
    expect(average(legs)).toBe(8.18)
  })

  it('leaves out only the span of a missed fill', () => {
    const fills = [
      full(10_000, 10),
      full(10_300, 10),
      full(10_900, 12, missed),
      full(11_200, 10),
      full(11_500, 12),
      full(11_740, 12),
    ]
    expect(average(fills)).toBe(25.91)
  })
})

describe('the order of fills', () => {
  it('is the same for fills that differ in nothing but their id', () => {
    const [first, second] = [full(1000, 10, { at: 1 })(1), full(1000, 10, { at: 1 })(2)]
    expect([second, first].sort(compareFills)).toEqual([first, second])
  })
})
