import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  type CarIdentity,
  normalizeIdentity,
  matchCars,
  dedupeCars,
} from '../../plugins/scraping/domain/identity.ts'

const [ONE, OTHER] = ['1HGCV1F30MA000001', '1HGCV1F30MA000002'] as const
const car = (about: Partial<CarIdentity> = {}): CarIdentity => ({
  vin: null,
  stockNumber: null,
  url: null,
  externalId: null,
  ...about,
})

describe('a car of a competitor', () => {
  it('is known again by its VIN, whatever else changed', () => {
    const known = [
      car({ vin: OTHER, stockNumber: 'A1' }),
      car({ vin: ONE, stockNumber: 'B2', url: 'https://a.example/1' }),
    ]
    expect(
      matchCars(
        [car({ vin: ONE.toLowerCase(), stockNumber: 'A9', url: 'https://a.example/9' })],
        known,
      ),
    ).toEqual([known[1]])
  })

  it(
    'is known by its stock number where a VIN is missing, and by its address where that is ' +
      'missing too',
    () => {
      const known = [
        car({ stockNumber: ' a1 ', url: 'https://a.example/1' }),
        car({ vin: ONE, stockNumber: 'B2' }),
      ]
      expect(
        matchCars([car({ vin: OTHER, stockNumber: 'A1' }), car({ stockNumber: 'b2' })], known),
      ).toEqual(known)
      expect(matchCars([car({ url: 'https://a.example/1#photos' })], known)).toEqual([known[0]])
    },
  )

  it('is another one where a stronger name differs', () => {
    const url = 'https://a.example/1'
    expect(
      matchCars([car({ vin: ONE, stockNumber: 'A1' })], [car({ vin: OTHER, stockNumber: 'A1' })]),
    ).toEqual([null])
    expect(matchCars([car({ stockNumber: 'A2', url })], [car({ stockNumber: 'A1', url })])).toEqual(
      [null],
    )
  })

  it('is known by the id of its platform where nothing stronger is there to differ', () => {
    const known = [
      car({ externalId: 'u1', url: 'https://a.example/1' }),
      car({ externalId: 'u2', stockNumber: 'A2' }),
    ]
    expect(matchCars([car({ externalId: 'u1' }), car({ externalId: ' u2 ' })], known)).toEqual(
      known,
    )
    expect(matchCars([car({ externalId: 'u2', stockNumber: 'A3' })], known)).toEqual([null])
  })

  it('is never known by what is missing, empty or no whole VIN', () => {
    const nameless = [car(), car({ vin: 'N/A', stockNumber: ' ', url: '' }), car({ vin: 'TBD' })]
    expect(matchCars(nameless, nameless)).toEqual([null, null, null])
    expect(normalizeIdentity({ vin: '1HGCV1F30MA00000I', stockNumber: '  ', url: '#x' })).toEqual(
      car(),
    )
  })

  it.each([
    'N/A',
    'n/a',
    'None',
    '0',
    '000',
    '--',
    '#',
    'TBD',
    'Unknown',
    'Call',
    'Call us',
    'Pending',
    '(none)',
  ])('is never known by a stock number that says nothing: %s', (stockNumber) => {
    const [one, other] = [
      car({ stockNumber, url: 'https://a.example/1' }),
      car({ stockNumber, url: 'https://a.example/2' }),
    ]
    expect(matchCars([one], [other])).toEqual([null])
    expect(dedupeCars([one, other])).toEqual([one, other])
  })

  it('is found before a weaker name gives it to another', () => {
    const known = [car({ vin: ONE, stockNumber: 'A1' })]
    expect(matchCars([car({ stockNumber: 'A1' }), car({ vin: ONE })], known)).toEqual([
      null,
      known[0],
    ])
  })
})

const names = fc.record({
  vin: fc.option(fc.constantFrom(ONE, OTHER, 'N/A')),
  stockNumber: fc.option(fc.constantFrom('A1', 'A2', 'a1')),
  url: fc.option(fc.constantFrom('https://a.example/1', 'https://a.example/2')),
})
const lists = fc.array(names, { maxLength: 8 })

describe('whatever cars there are', () => {
  it('each known one is one found one at most, and no two that match differ in a VIN', () => {
    fc.assert(
      fc.property(lists, lists, (found, known) => {
        const matched = matchCars(found, known).flatMap((one, index) =>
          one ? [{ one, other: found[index] ?? car() }] : [],
        )
        expect(new Set(matched.map(({ one }) => one)).size).toBe(matched.length)
        for (const { one, other } of matched) {
          const [a, b] = [normalizeIdentity(one), normalizeIdentity(other)]
          expect(a.vin === null || b.vin === null || a.vin === b.vin).toBe(true)
          expect(
            (['vin', 'stockNumber', 'url'] as const).some(
              (key) => a[key] !== null && a[key] === b[key],
            ),
          ).toBe(true)
        }
      }),
    )
  })

  it('a list in which every car is once is known again whole, in any order', () => {
    fc.assert(
      fc.property(lists, fc.infiniteStream(fc.nat()), (all, dice) => {
        const once = dedupeCars(all).filter((one) =>
          Object.values(normalizeIdentity(one)).some(Boolean),
        )
        const shuffled = once
          .map((one) => ({ one, at: dice.next().value as number }))
          .sort((a, b) => a.at - b.at)
        const again = matchCars(
          shuffled.map(({ one }) => ({ ...one })),
          once,
        )
        expect(again.filter((one) => one === null)).toEqual([])
      }),
    )
  })

  it('no VIN and no stock number without one is left twice, and nothing new comes in', () => {
    fc.assert(
      fc.property(lists, (all) => {
        const once = dedupeCars(all)
        const vins = once.flatMap((one) => normalizeIdentity(one).vin ?? [])
        expect(new Set(vins).size).toBe(vins.length)
        expect(once.every((one) => all.includes(one))).toBe(true)
        expect(dedupeCars(once)).toEqual(once)
      }),
    )
  })
})
