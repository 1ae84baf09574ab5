import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { getCurrency } from '../../src/settings/lot-currency.ts'
import { listOperations } from '../../src/api/openapi/operations.ts'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt({ CURRENCY: 'EUR' })
})
afterAll(() => forecourt.close())

describe('a Forecourt with CURRENCY=EUR', () => {
  it('passes it to the panel', () => {
    expect(getCurrency(forecourt.payload.config)).toBe('EUR')
  })

  it('names it in the documentation of the API', () => {
    const market = listOperations(forecourt.payload.config).find(
      ({ path }) => path === '/api/inventory/{id}/market',
    )
    const query = market?.statement.query
    expect(query && JSON.stringify(z.toJSONSchema(query))).toContain('An amount in EUR')
  })

  it('answers the same decimals as with any other currency', async () => {
    const car = await saveCar(forecourt.payload, { price: 24_500.5 })
    const { body } = await forecourt.anonymous.get(`/api/inventory/${car.id}`).expect(200)
    expect(body.price).toBe(24_500.5)
  })
})
