import { EventEmitter, once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createSingleFlight } from '../../plugins/market/adapters/single-flight.ts'
import { evaluateVin } from '../../plugins/market/endpoints/evaluate-vin.ts'
import { buildMarketOptions, resolveMarketSettings } from '../../plugins/market/options.ts'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { anyVin } from '../support/builders.ts'
import { type MarketStage, openMarket } from '../support/market-stage.ts'
import { waitUntil } from '../support/work.ts'

let stage: MarketStage
beforeAll(async () => {
  stage = await openMarket()
})
afterAll(() => stage.close())

const away = (words: string) => ({
  name: 'SourceError',
  kind: 'unavailable',
  message: expect.stringContaining(words),
})

describe('the patience of a question about a VIN', () => {
  it('ends with a source that is away, however the source is slow', async () => {
    const settings = resolveMarketSettings(buildMarketOptions(stage.settings))
    const { vinSource } = settings
    if (!vinSource) throw new Error('There is no source.')
    const requested = (milliseconds: number) =>
      evaluateVin(
        stage.payload,
        settings,
        vinSource,
        { vin: anyVin(), trim: null, mileage: null },
        { milliseconds },
      )
    stage.peer.next('silent')
    await expect(requested(200)).rejects.toMatchObject(
      away('auto.dev did not respond in time to the request for VIN'),
    )
    const countHeld = async () =>
      (await stage.sql('select from request_slots where holder is not null')).rowCount
    await waitUntil(async () => (await countHeld()) === 0, 'the slot is released')
    await stage.sql("update request_slots set next_free_at = now() + interval '5 seconds'")
    await expect(requested(200)).rejects.toMatchObject(
      away('auto.dev did not respond in time to the request for VIN'),
    )
  })

  it('ends in the same way where others are at it', async () => {
    const { pool } = getPostgresAdapter(stage.payload)
    const oneFlight = createSingleFlight({ timeoutMs: 300 })
    const flight = new EventEmitter()
    const begun = once(flight, 'begun')
    const first = oneFlight(pool, 'vin', {
      find: () => Promise.resolve(null),
      work: async () => (flight.emit('begun'), await once(flight, 'land'), 'first'),
    })
    await begun
    const second = oneFlight(pool, 'vin', {
      find: () => Promise.resolve(null),
      work: () => Promise.resolve('second'),
    })
    await expect(second).rejects.toMatchObject(
      away('Other requests have been working on vin for 0.3 s'),
    )
    flight.emit('land')
    expect(await first).toBe('first')
  })
})
