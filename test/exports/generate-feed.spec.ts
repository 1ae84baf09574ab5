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
