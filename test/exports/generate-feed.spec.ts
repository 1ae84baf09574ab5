import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { enterDealership, readFeed, saveListedCar } from '../support/feeds.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
  await enterDealership(forecourt)
})
afterAll(() => forecourt.close())
beforeEach(() => forecourt.sql('delete from inventory'))

describe('an available car', () => {
  it.each([
    'autotrader',
    'cargurus',
    'facebook',
    'carsforsale',
    'dealer-center',
    'google',
  ] as const)('is in the feed %s', async (name) => {
    const { id, vin } = await saveListedCar(forecourt)
    const { contents, text } = await readFeed(forecourt, name)
    expect(text).toContain(vin)
    expect(contents).toEqual({
      listed: [{ carId: id, vin, price: 2_450_000, status: 'available' }],
      leftOut: 0,
    })
  })
})

it('the Jekyll site of the same cars is the same ZIP on another day', async () => {
  await saveListedCar(forecourt)
  const first = await readFeed(forecourt, 'jekyll', new Date('2026-11-30T12:00:00Z'))
  const second = await readFeed(forecourt, 'jekyll', new Date('2026-12-02T12:00:00Z'))
  expect(first.contents.listed).toHaveLength(1)
  expect(second.text).toBe(first.text)
})
