import { describe, expect, it } from '@jest/globals'
import type { CompetitorChanges } from '../../plugins/market/domain/competitor-change.ts'
import { buildDigest, type DigestContent } from '../../plugins/market/domain/digest.ts'
import { renderDigestHtml, renderDigestText } from '../../plugins/market/domain/digest-mail.ts'
import { type AnalyzedCar, decidePrice } from '../../plugins/market/domain/price-decision.ts'

const options = { currency: 'USD', adminUrl: 'https://cars.example/admin' }
const reader = { ...options, name: 'Ann', sendHour: 7, timeZone: 'America/New_York' }

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
  firstQuartileCents: null,
  thirdQuartileCents: null,
  costCents: null,
  before: null,
  ...about,
})

const decide = (about: Partial<AnalyzedCar> = {}) =>
  decidePrice(aCar(about), { bands: { inLinePercent: 3, farPercent: 7 }, goal: 'market' })

const CAR = {
  title: '2020 Honda Accord',
  dealer: 'Smith & Sons',
  cents: 1_890_000,
  miles: 41_000,
  url: 'https://smith.example/1?a=1&b=2',
}

describe('a decision about a price', () => {
  it('is to lower or raise it to the market price where it is not in line', () => {
    expect(decide()).toMatchObject({ action: 'lower', suggestedCents: 2_000_000, percent: 7.5 })
    expect(decide({ cents: 1_900_000 })).toMatchObject({ action: 'raise', percent: -5 })
    expect([2_060_000, 1_940_000].map((cents) => decide({ cents }))).toEqual([null, null])
    expect([2_060_001, 1_939_999].map((cents) => decide({ cents })?.action)).toEqual([
      'lower',
      'raise',
    ])
  })

  it('is new unless it was the same before', () => {
    const before = (cents: number) => ({ before: { cents, expectedCents: 2_000_000 } })
    expect(decide()?.isNew).toBe(true)
    expect(decide(before(2_000_000))?.isNew).toBe(true)
    expect(decide(before(1_500_000))?.isNew).toBe(true)
    expect(decide(before(2_900_000))?.isNew).toBe(false)
  })
})

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
        ].map((text) => ({ text, url: 'https://cars.example/admin/market?car=a-car' })),
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

  it('names market prices as the list of decisions does, and our cost where it is in the way', () => {
    const decisions = [
      decision({ cents: 2_595_000, expectedCents: 2_381_508, costCents: 2_449_000 }),
    ]
    const [section] = buildDigest({ ...NOTHING, decisions }, options)?.sections ?? []
    expect(section?.lines.map(({ text }) => text)).toEqual([
      'New: 2021 Honda Accord: lower $25,950 to $24,500. It is 9.0% above the market price of ' +
        'about $23,800. Our cost is $24,490.',
    ])
  })

  it('links only addresses of the web', () => {
    const listed = { count: 1, cars: [{ ...CAR, url: 'javascript:alert(1)' }] }
    const digest = buildDigest({ ...NOTHING, changes: { ...NO_CHANGES, listed } }, options)
    expect(digest?.sections[0]?.lines[0]?.url).toBeNull()
  })

  it('says why a price is kept', () => {
    const explain = (about: Partial<AnalyzedCar>, goal: 'market' | 'margin') => {
      const car = aCar({ cents: 2_100_000, ...about })
      const kept = decidePrice(car, { bands: { inLinePercent: 3, farPercent: 7 }, goal })
      const digest = buildDigest({ ...NOTHING, decisions: kept ? [kept] : [] }, options)
      return digest?.sections[0]?.lines[0]?.text
    }
    expect(explain({ costCents: 2_100_000 }, 'market')).toContain(
      '$21,000 is close to our cost. It is 5.0% above',
    )
    expect(explain({ thirdQuartileCents: 2_120_000 }, 'margin')).toContain(
      '$21,000 suits the goal of our prices. It is 5.0% above',
    )
  })

  it('shows at most twenty of our cars', () => {
    const decisions = Array.from({ length: 23 }, () => decision())
    const [section] = buildDigest({ ...NOTHING, decisions }, options)?.sections ?? []
    expect(section?.lines).toHaveLength(21)
    expect(section?.lines.at(-1)).toEqual({ text: 'And 3 more cars.', url: null })
  })

  it('is mailed as text and as HTML, with links, and without markup of others', () => {
    const changes = {
      ...NO_CHANGES,
      listed: { count: 1, cars: [{ ...CAR, title: '<script>x</script>' }] },
    }
    const digest = buildDigest({ ...NOTHING, alerts: [alert], changes }, options)
    if (!digest) throw new Error('There is no digest.')
    expect(renderDigestText(digest, reader)).toBe(
      [
        'Hello Ann,',
        '',
        'Alerts',
        '- Critical: The market rose.',
        '  https://cars.example/admin/market?car=a-car',
        '',
        'Listed by competitors',
        '- <script>x</script> at Smith & Sons, 41,000 miles: $18,900',
        '  https://smith.example/1?a=1&b=2',
        '',
        'The market: https://cars.example/admin/market',
        '',
        'You get this e-mail once a day from 7:00 (America/New_York) if something is new.',
        'https://cars.example/admin/market#daily-digest',
        '',
      ].join('\n'),
    )
    const html = renderDigestHtml(digest, reader)
    expect(html).not.toContain('<script>')
    expect(html).toContain(
      '<li><a href="https://smith.example/1?a=1&amp;b=2">&lt;script&gt;x&lt;/script&gt; at ' +
        'Smith &amp; Sons, 41,000 miles: $18,900</a></li>',
    )
  })
})
