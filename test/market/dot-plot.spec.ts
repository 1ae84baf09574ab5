import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { placeDots, createScale, computeTicks, toX } from '../../plugins/market/domain/dot-plot.ts'

const amounts = fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 60 })

describe('the scale of a drawing of prices', () => {
  it('has room for every amount, in their order', () => {
    fc.assert(
      fc.property(amounts, (all) => {
        const scale = createScale(all, 10, 610)
        const places = all.toSorted((one, other) => one - other).map((amount) => toX(scale, amount))
        expect(places).toEqual(places.toSorted((one, other) => one - other))
        expect(places.every((x) => x > 10 && x < 610)).toBe(true)
      }),
    )
  })

  it('puts one amount alone into the middle', () => {
    expect(toX(createScale([24_500, 24_500], 0, 600), 24_500)).toBe(300)
  })
})

describe('its ticks', () => {
  it.each([
    [[20_000, 30_000], 6, [20_000, 22_000, 24_000, 26_000, 28_000, 30_000]],
    [[9_900, 10_100], 4, [9_900, 10_000, 10_100]],
    [[24_500], 3, [24_000, 25_000]],
  ])('of %j are round amounts', (all, most, ticks) => {
    expect(computeTicks(createScale(all, 0, 600), most)).toEqual(ticks)
  })

  it('are within the scale, as far from each other, and never more than there is room for', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 12 }), (all, most) => {
        const scale = createScale(all, 0, 600)
        const ticks = computeTicks(scale, most)
        expect(ticks.length).toBeLessThanOrEqual(most)
        expect(ticks.every((tick) => tick >= scale.from && tick <= scale.to)).toBe(true)
      }),
    )
  })
})

describe('the dots', () => {
  it('of prices that would touch are put on top of each other', () => {
    const scale = { from: 0, to: 100, left: 0, right: 100 }
    expect(placeDots([12, 55, 18, 19], scale, 10)).toEqual([
      { x: 15, row: 0 },
      { x: 55, row: 0 },
      { x: 15, row: 1 },
      { x: 15, row: 2 },
    ])
  })

  it('are one a price, none on another, and within half a dot of its place', () => {
    fc.assert(
      fc.property(amounts, (all) => {
        const scale = createScale(all, 8, 608)
        const dots = placeDots(all, scale, 12)
        expect(new Set(dots.map(({ x, row }) => `${x} ${row}`)).size).toBe(all.length)
        expect(dots.every(({ x }, index) => Math.abs(x - toX(scale, all[index] ?? 0)) <= 6)).toBe(
          true,
        )
      }),
    )
  })
})
