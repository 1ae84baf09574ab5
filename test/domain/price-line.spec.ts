import { describe, expect, it } from '@jest/globals'
import { computePriceChange, buildPriceLine } from '../../plugins/scraping/domain/price-line.ts'

const ROOM = { width: 106, height: 26 }
const on = (day: number, price: number) => ({
  recordedAt: `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  price,
})
const until = (day: number) => on(day, 0).recordedAt

describe('a line of prices', () => {
  it('holds each price until the next one, the highest at the top and the lowest at the bottom', () => {
    const line = buildPriceLine([on(1, 20_000), on(6, 18_000), on(11, 19_000)], until(11), ROOM)
    expect(line).toEqual({ path: 'M3 3H53V23H103V13H103', end: { x: 103, y: 13 } })
  })

  it('goes on to the moment until which the last price was seen', () => {
    expect(buildPriceLine([on(1, 20_000), on(6, 18_000)], until(11), ROOM)?.path).toBe(
      'M3 3H53V23H103',
    )
  })

  it('is level in the middle for one price, however short it was seen', () => {
    expect(buildPriceLine([on(1, 20_000)], until(1), ROOM)?.path).toBe('M3 13H103')
    expect(buildPriceLine([on(1, 20_000), on(2, 20_000)], until(3), ROOM)?.path).toBe(
      'M3 13H53V13H103',
    )
  })

  it('does not break when a price is newer than the last look', () => {
    expect(buildPriceLine([on(1, 20_000), on(11, 18_000)], until(6), ROOM)?.path).toBe(
      'M3 3H103V23H103',
    )
  })

  it('is none where there is no price', () => {
    expect(buildPriceLine([], until(1), ROOM)).toBeNull()
  })

  it('says how far the last price is from the first, to the cent', () => {
    expect(computePriceChange([on(1, 20_000.1), on(2, 25_000), on(3, 19_999.9)])).toBe(-0.2)
    expect([computePriceChange([]), computePriceChange([on(1, 500)])]).toEqual([0, 0])
  })
})
