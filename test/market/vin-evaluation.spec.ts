import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { buildPeerListing, PEER_KEY } from '../support/auto-dev-peer.ts'
import { anyVin } from '../support/builders.ts'
import { type Api } from '../support/forecourt.ts'
import { type MarketStage, openMarket } from '../support/market-stage.ts'

let stage: MarketStage
let viewer: Api
beforeAll(async () => {
  stage = await openMarket()
  viewer = await stage.as('viewer')
})
afterEach(async () => {
  stage.peer.always(null)
  await stage.sql('delete from request_slots')
})
afterAll(() => stage.close())

const ask = (vin: string, api = viewer) => api.post('/api/vin-evaluation').send({ vin })
const questions = (vin: string) =>
  stage.peer.requests.filter(({ path }) => path === `/vin/${vin}`).length

/** A VIN that the peer reads as an Accord of 2021. */
function knownVin(about: object = {}): string {
  const vin = anyVin()
  stage.peer.vins.set(vin, {
    vin,
    make: 'Honda',
    model: 'Accord',
    trim: 'EX',
    vehicle: { vin, year: 2021 },
    ...about,
  })
  return vin
}

/** Eight Accords each of two trims, EX at 20,000 and Sport at 30,000, cheaper with more miles. */
function offerTrims(): void {
  stage.offerCars()
  for (const [trim, price] of Object.entries({ EX: 20_000, Sport: 30_000 }))
    for (const step of [-4, -3, -2, -1, 1, 2, 3, 4])
      stage.peer.listings.push(
        buildPeerListing(anyVin(), price - 200 * step, {
          miles: 30_000 + 1_000 * step,
          vehicle: { trim },
        }),
      )
}

describe('the evaluation of a VIN', () => {
  it('says what the car is and what such cars cost, and is kept for thirty days', async () => {
    stage.offerCars(19_000, 20_000, 21_000, 22_000, 23_000, 24_000)
    const vin = knownVin()
    const { body } = await ask(` ${vin.toLowerCase()} `).expect(200)
    expect(body).toMatchObject({
      vin,
      source: 'auto.dev',
      cached: false,
      vehicle: { vin, year: 2021, make: 'Honda', model: 'Accord', trim: 'EX', partial: false },
      market: {
        sampleSize: 6,
        outliers: 0,
        medianPrice: 21_500,
        minPrice: 19_000,
        maxPrice: 24_000,
        confidence: 'low',
        complete: true,
      },
    })
    expect(Date.parse(body.expiresAt) - Date.parse(body.cachedAt)).toBe(30 * 86_400_000)
    const before = stage.peer.requests.length
    expect((await ask(vin).expect(200)).body).toEqual({ ...body, cached: true })
    expect(stage.peer.requests.length).toBe(before)
  })

  it('is about the trim and the miles that are asked for, and suggests a price', async () => {
    offerTrims()
    const vin = knownVin()
    const { body } = await viewer
      .post('/api/vin-evaluation')
      .send({ vin, trim: ' sport ', mileage: 30_000 })
      .expect(200)
    expect(body).toMatchObject({
      comparedAs: { trim: 'sport', mileage: 30_000 },
      vehicle: { trim: 'EX' },
      market: {
        sampleSize: 8,
        medianPrice: 30_000,
        tier: expect.stringMatching(/^same trim/),
        interval: { low: expect.any(Number), high: expect.any(Number), level: 90 },
        advice: { goal: 'market', market: { belowCost: false, sentence: expect.any(String) } },
        complete: true,
      },
    })
    const { expectedPrice, comparables, advice } = body.market
    expect(advice.market.price % 50).toBe(0)
    expect(Math.abs(advice.market.price - expectedPrice)).toBeLessThanOrEqual(25)
    expect(comparables).toHaveLength(8)
    for (const { trim, adjustedPrice } of comparables)
      expect([trim, typeof adjustedPrice]).toEqual(['Sport', 'number'])
  })

  it('is lower at more miles', async () => {
    offerTrims()
    const vin = knownVin()
    const expectedAt = async (mileage: number) =>
      (await viewer.post('/api/vin-evaluation').send({ vin, trim: 'Sport', mileage }).expect(200))
        .body.market.expectedPrice as number
    const [few, many] = [await expectedAt(28_000), await expectedAt(34_000)]
    expect(few).toBeGreaterThan(many)
    expect(questions(vin)).toBe(1)
  })

  it('keeps apart what was asked, and takes spellings of a trim as one', async () => {
    offerTrims()
    const vin = knownVin()
    const send = async (about: object) =>
      (
        await viewer
          .post('/api/vin-evaluation')
          .send({ vin, ...about })
          .expect(200)
      ).body
    const plain = await send({})
    const sport = await send({ trim: 'Sport', mileage: 30_000 })
    expect([plain.market.medianPrice, sport.market.medianPrice]).toEqual([20_000, 30_000])
    const before = stage.peer.requests.length
    expect(await send({})).toEqual({ ...plain, cached: true })
    expect(await send({ trim: 'SPORT', mileage: 30_000 })).toMatchObject({
      cached: true,
      market: sport.market,
    })
    expect(stage.peer.requests.length).toBe(before)
    expect((await send({ trim: 'Sport', mileage: 30_001 })).cached).toBe(false)
    const { rows } = await stage.sql(
      `select count(*)::int as kept from vin_evaluation_cache,
        jsonb_object_keys(evaluation_data -> 'evaluations') where vin = $1`,
      [vin],
    )
    expect(rows).toEqual([{ kept: 3 }])
  })

  it('is requested again for a manager, and for nobody else', async () => {
    stage.offerCars(19_000, 20_000, 21_000, 22_000, 23_000)
    const vin = knownVin()
    const refresh = (api: Api) => api.post('/api/vin-evaluation').send({ vin, refresh: true })
    const { body: first } = await ask(vin).expect(200)
    await refresh(viewer).expect(403)
    stage.offerCars(29_000, 30_000, 31_000, 32_000, 33_000)
    const { body } = await refresh(await stage.as('manager')).expect(200)
    expect([body.cached, body.market.medianPrice, questions(vin)]).toEqual([false, 31_000, 2])
    expect(Date.parse(body.cachedAt)).toBeGreaterThan(Date.parse(first.cachedAt))
    expect((await ask(vin).expect(200)).body).toEqual({ ...body, cached: true })
  })

  it('is kept while a refresh fails', async () => {
    stage.offerCars(19_000, 20_000, 21_000, 22_000, 23_000)
    const vin = knownVin()
    const { body } = await ask(vin).expect(200)
    stage.peer.next({ status: 500 })
    const manager = await stage.as('manager')
    await manager.post('/api/vin-evaluation').send({ vin, refresh: true }).expect(503)
    expect((await ask(vin).expect(200)).body).toEqual({ ...body, cached: true })
  })

  it('replaces what an older version kept', async () => {
    const vin = knownVin()
    await stage.sql(
      `insert into vin_evaluation_cache (vin, evaluation_data, source, cached_at, expires_at)
        values ($1, '{"vehicle":{"vin":"x"},"market":null}', 'auto.dev', now(),
          now() + interval '1 day')`,
      [vin],
    )
    expect((await ask(vin).expect(200)).body.cached).toBe(false)
    expect((await ask(vin).expect(200)).body.cached).toBe(true)
  })

  it('is asked for again once it has expired', async () => {
    const vin = knownVin()
    await ask(vin).expect(200)
    await stage.sql(
      "update vin_evaluation_cache set expires_at = now() - interval '1 second' where vin = $1",
      [vin],
    )
    expect((await ask(vin).expect(200)).body.cached).toBe(false)
    expect(questions(vin)).toBe(2)
  })

  it('is asked for once by many who ask at the same moment', async () => {
    const vin = knownVin()
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(vin)))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
    expect(answers.filter(({ body }) => !body.cached)).toHaveLength(1)
    expect(questions(vin)).toBe(1)
  })

  it('has no market where it is not known which car it is', async () => {
    const vin = knownVin({ model: '', vehicle: { year: null } })
    expect((await ask(vin).expect(200)).body).toMatchObject({
      vehicle: { make: 'Honda', model: null, year: null, partial: true },
      market: null,
    })
  })

  it('is refused for what is no VIN, before anybody is asked', async () => {
    const before = stage.peer.requests.length
    expect((await ask('1HGCM82643A004352').expect(400)).body.errors[0].message).toContain(
      'check digit',
    )
    const chassisNumber = await viewer
      .post('/api/vin-evaluation')
      .send({ vin: 'BNR32-012345', confirmVin: true })
      .expect(400)
    expect(chassisNumber.body.errors[0].message).toContain('BNR32012345 is a chassis number')
    const wrong = [{ price: 1 }, { mileage: -1 }, { mileage: '5' }, { trim: 5 }, { refresh: 1 }]
    for (const body of [{}, { vin: 5 }, [], ...wrong.map((one) => ({ vin: anyVin(), ...one }))])
      await viewer.post('/api/vin-evaluation').send(body).expect(400)
    await viewer
      .post('/api/vin-evaluation')
      .set('content-type', 'application/json')
      .send('{')
      .expect(400)
    expect(stage.peer.requests.length).toBe(before)
  })

  it('is a 404 for a VIN that nobody knows, and that is not kept', async () => {
    const vin = anyVin()
    await ask(vin).expect(404)
    stage.peer.vins.set(vin, { vin, make: 'Honda', model: 'Accord', vehicle: { vin, year: 2021 } })
    await ask(vin).expect(200)
  })

  it.each([
    [{ status: 429, headers: { 'retry-after': '40' } }, 503, '40'],
    [{ status: 500 }, 503, '30'],
    ['cut', 503, '30'],
    [{ status: 402, body: { currentPlan: 'Starter' } }, 502, undefined],
    [{ status: 401, body: { error: `Invalid key ${PEER_KEY}` } }, 502, undefined],
  ] as const)('where the source answers %j is a %d', async (canned, status, retryAfter) => {
    stage.peer.always(canned)
    const answer = await ask(knownVin()).expect(status)
    expect([answer.headers['retry-after'], answer.body.errors[0].message]).toEqual([
      retryAfter,
      expect.stringContaining('auto.dev'),
    ])
    expect(answer.text).not.toContain(PEER_KEY)
  })

  it('leaves the source alone once it wants to be', async () => {
    stage.peer.next({ status: 429, headers: { 'retry-after': '40' } })
    await ask(knownVin()).expect(503)
    const before = stage.peer.requests.length
    const answer = await ask(knownVin()).expect(503)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(20)
    expect(stage.peer.requests.length).toBe(before)
  })

  it('is for active staff alone', async () => {
    const { api: owner } = await stage.asOwner('garage admin')
    await ask(knownVin(), stage.anonymous).expect(401)
    await ask(knownVin(), owner).expect(403)
  })
})
