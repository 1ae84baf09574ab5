import { describe, expect, it } from '@jest/globals'
import type { CompetitorChanges } from '../../plugins/market/domain/competitor-change.ts'
import { buildDigest, type DigestContent } from '../../plugins/market/domain/digest.ts'
import { type AnalyzedCar, decidePrice } from '../../plugins/market/domain/price-decision.ts'

const options = { currency: 'USD', adminUrl: 'https://cars.example/admin' }

const NO_CHANGES: CompetitorChanges = {
  listed: { count: 0, cars: [] },
  repriced: { count: 0, cars: [] },
  sold: { count: 0, cars: [] },
}
const NOTHING: DigestContent = { decisions: [], alerts: [], changes: NO_CHANGES }

const aCar = (about: Partial<AnalyzedCar> = {}): AnalyzedCar => ({
  id: 'a-car',
  title: '2021 Honda Accord',
  stockNumber: null,
  cents: 2_150_000,
  expectedCents: 2_000_000,
  before: null,
  ...about,
})

const decide = (about: Partial<AnalyzedCar> = {}) => decidePrice(aCar(about), 3)

const CAR = {
  title: '2020 Honda Accord',
  dealer: 'Smith & Sons',
  cents: 1_890_000,
  miles: 41_000,
  url: 'https://smith.example/1?a=1&b=2',
}

describe('a digest', () => {
  const decision = (about: Partial<AnalyzedCar> = {}) => {
    const decided = decide(about)
    if (!decided) throw new Error('The price is in line.')
    return decided
  }
  const old = { before: { cents: 2_150_000, expectedCents: 2_000_000 } }
  const alert = { car: 'a-car', message: 'The market rose.', severity: 'critical' }

  it('is empty without news, whatever was to do before', () => {
    expect(buildDigest(NOTHING, options)).toBeNull()
    expect(buildDigest({ ...NOTHING, decisions: [decision(old)] }, options)).toBeNull()
  })

  it('has what is to do, new decisions first, then those furthest from the market', () => {
    const decisions = [
      decision({ title: 'A', ...old }),
      decision({ title: 'B', stockNumber: 'S1', cents: 2_080_000 }),
      decision({ title: 'C', cents: 1_500_000 }),
    ]
    const digest = buildDigest({ ...NOTHING, decisions }, options)
    expect(digest?.subject).toBe('Market: 3 prices to review')
    expect(digest?.sections).toEqual([
      {
        title: 'Prices to review',
        lines: [
          'New: C: raise $15,000 to $20,000. It is 25.0% below the market price of $20,000.',
          'New: B (stock S1): lower $20,800 to $20,000. It is 4.0% above the market price of ' +
            '$20,000.',
          'A: lower $21,500 to $20,000. It is 7.5% above the market price of $20,000.',
        ].map((text) => ({ text, url: 'https://cars.example/admin/collections/inventory/a-car' })),
      },
    ])
  })

  it('has alerts and what competitors did, and counts what it leaves out', () => {
    const changes = {
      listed: { count: 12, cars: [CAR, { ...CAR, cents: null, miles: null }] },
      repriced: { count: 1, cars: [{ ...CAR, previousCents: 1_990_000 }] },
      sold: { count: 1, cars: [CAR] },
    }
    const digest = buildDigest({ ...NOTHING, alerts: [alert], changes }, options)
    expect(digest?.subject).toBe('Market: 1 alert, 14 changes at competitors')
    expect(
      digest?.sections.map(({ title, lines }) => [title, lines.map(({ text }) => text)]),
    ).toEqual([
      ['Alerts', ['Critical: The market rose.']],
      [
        'Listed by competitors',
        [
          '2020 Honda Accord at Smith & Sons, 41,000 miles: $18,900',
          '2020 Honda Accord at Smith & Sons: no price',
          'And 10 more cars.',
        ],
      ],
      [
        'New prices at competitors',
        ['2020 Honda Accord at Smith & Sons, 41,000 miles: $18,900, was $19,900'],
      ],
      [
        'Sold by competitors',
        ['2020 Honda Accord at Smith & Sons, 41,000 miles: last asked $18,900'],
      ],
    ])
  })

  it('shows at most twenty of our cars', () => {
    const decisions = Array.from({ length: 23 }, () => decision())
    const [section] = buildDigest({ ...NOTHING, decisions }, options)?.sections ?? []
    expect(section?.lines).toHaveLength(21)
    expect(section?.lines.at(-1)).toEqual({ text: 'And 3 more cars.', url: null })
  })
})
