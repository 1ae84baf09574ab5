import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
  await saveCar(forecourt.payload, { make: 'Shown', cost: 100 })
  await saveCar(forecourt.payload, { make: 'Held', status: 'hold' })
})
afterAll(() => forecourt.close())

describe('somebody who is not signed in', () => {
  it('sees available cars alone', async () => {
    const { body } = await forecourt.anonymous.get('/api/inventory').expect(200)
    expect(body.docs.map((car: { make: string }) => car.make)).toEqual(['Shown'])
    expect(body.totalDocs).toBe(1)
  })
})
