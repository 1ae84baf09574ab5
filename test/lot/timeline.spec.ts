import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { startVpicPeer, type VpicPeer } from '../support/vpic-peer.ts'

let forecourt: TestForecourt
let manager: Api
let peer: VpicPeer
beforeAll(async () => {
  peer = await startVpicPeer()
  const { NHTSA_RECALLS_URL } = peer.settings
  forecourt = await openForecourt({ NHTSA_RECALLS_URL })
  manager = await forecourt.as('manager')
})
afterAll(async () => {
  await forecourt.close()
  await peer.stop()
})

type Event = { kind: string; details: string | null; price: number | null; at: string }

const loadEvents = async (id: string, api = manager): Promise<Event[]> =>
  (await api.get(`/api/inventory/${id}/timeline`).expect(200)).body.events
const toFacts = (events: readonly Event[]) =>
  events
    .filter(({ kind }) => kind !== 'recall')
    .map(({ kind, details, price }) => [kind, details, price])

describe('GET /api/inventory/:id/timeline', () => {
  it('tells what happened to a car, from its submission to its second sale', async () => {
    const car = await saveCar(forecourt.payload, { price: 24_500, cost: 21_000 })
    const admin = await forecourt.as('admin')
    await admin
      .post('/api/pending-submissions')
      .send({ vin: car.vin, year: 2021, make: 'Honda', model: 'Accord', askingPrice: 20_000 })
      .expect(201)
    await forecourt.sql(
      `update pending_submissions set submitted_at = '2026-01-05T10:00:00Z' where vin = $1`,
      [car.vin],
    )
    await forecourt.sql(
      `update inventory set created_at = '2026-01-10T10:00:00Z',
        listed_at = '2026-01-12T10:00:00Z' where id = $1`,
      [car.id],
    )
    const path = `/api/inventory/${car.id}`
    await manager.post(`${path}/price`).send({ price: 23_900, note: 'aging' }).expect(200)
    await manager.post(`${path}/hold`).send({}).expect(200)
    await manager.post(`${path}/sell`).send({ price: 23_500 }).expect(200)
    await manager.patch(path).send({ status: 'available' }).expect(200)
    await manager.post(`${path}/sell`).send({ price: 23_000 }).expect(200)
    const events = await loadEvents(car.id)
    expect(toFacts(events)).toEqual([
      ['submitted', null, 20_000],
      ['bought', null, 21_000],
      ['listed', null, 24_500],
      ['price', 'aging', 23_900],
      ['held', null, null],
      ['sold', null, 23_500],
      ['relisted', null, null],
      ['sold', null, 23_000],
    ])
    expect(events.find(({ kind }) => kind === 'submitted')?.at).toBe('2026-01-05T10:00:00.000Z')
    const viewed = await loadEvents(car.id, await forecourt.as('viewer'))
    expect(toFacts(viewed)).toContainEqual(['bought', null, null])
  })

  it('tells what each purchase of a car cost that was sold and bought again', async () => {
    const car = await saveCar(forecourt.payload, { price: 24_500, cost: 21_000 })
    await forecourt.sql(
      `update inventory set created_at = '2025-01-10T10:00:00Z',
        listed_at = '2025-01-12T10:00:00Z' where id = $1`,
      [car.id],
    )
    await manager.post(`/api/inventory/${car.id}/sell`).send({ price: 23_500 }).expect(200)
    const { vin } = car
    const facts = { vin, year: 2021, make: 'Honda', model: 'Accord', askingPrice: 16_000 }
    const { body } = await manager.post('/api/pending-submissions').send(facts).expect(201)
    await manager
      .post(`/api/pending-submissions/${body.doc.id}/approve`)
      .send({ price: 19_000, cost: 15_000, mileage: 61_000 })
      .expect(200)
    const events = await loadEvents(car.id)
    expect(toFacts(events)).toEqual([
      ['bought', null, 21_000],
      ['listed', null, 24_500],
      ['sold', null, 23_500],
      ['submitted', null, 16_000],
      ['bought', null, 15_000],
      ['relisted', null, null],
      ['price', 'Bought again and relisted', 19_000],
    ])
    expect(events.find(({ kind }) => kind === 'listed')?.at).toBe('2025-01-12T10:00:00.000Z')
    const viewed = await loadEvents(car.id, await forecourt.as('viewer'))
    expect(toFacts(viewed).filter(([kind]) => kind === 'bought')).toEqual([
      ['bought', null, null],
      ['bought', null, null],
    ])
  })

  it('tells which competitors had the VIN, and other sellers', async () => {
    const car = await saveCar(forecourt.payload)
    const other = await saveCar(forecourt.payload)
    const { rows } = await forecourt.sql(
      `insert into competitors (name, website_url, inventory_url)
        values ('Northside Motors', 'https://n.example', 'https://n.example/cars')
        returning id`,
    )
    for (const [vin, price] of [
      [car.vin, 26_000],
      [other.vin, 1],
    ])
      await forecourt.sql(
        `insert into competitor_inventory (competitor_id, vin, price, is_sold, first_seen_at, sold_at)
          values ($1, $2, $3, true, '2025-06-01T00:00:00Z', '2025-07-01T00:00:00Z')`,
        [rows[0]?.['id'], vin, price],
      )
    for (const [source, place] of [
      ['auto.dev', 'Eastside Cars'],
      ['competitors', 'Northside'],
    ])
      await forecourt.sql(
        `insert into market_sightings (source, listing, place, vin, year, make, model, branded,
          price, first_seen_at, last_seen_at)
        values ($2, $1::text, $3, $1::text, 2021, 'honda', 'accord', false, 25500, '2025-08-01T00:00:00Z', now())`,
        [car.vin, source, place],
      )
    expect(toFacts(await loadEvents(car.id)).slice(0, 3)).toEqual([
      ['elsewhere', 'Northside Motors', 26_000],
      ['left', 'Northside Motors', 26_000],
      ['elsewhere', 'Eastside Cars', 25_500],
    ])
  })

  it('tells the recalls of the model if they are looked up, or that it could not', async () => {
    const car = await saveCar(forecourt.payload)
    const load = async () =>
      (await manager.get(`/api/inventory/${car.id}/timeline`).expect(200)).body
    const { events, unavailable } = await load()
    expect(events[0]).toEqual({
      at: '2019-02-28T00:00:00.000Z',
      kind: 'recall',
      details: '19V182000: AIR BAGS:FRONTAL:DRIVER SIDE:INFLATOR MODULE (may apply)',
      price: null,
    })
    expect(unavailable).toEqual([])
    peer.always({ status: 500 })
    expect((await load()).unavailable).toEqual(['NHTSA responded with status 500.'])
  })

  it('is for staff, and for cars that exist', async () => {
    const car = await saveCar(forecourt.payload)
    const path = `/api/inventory/${car.id}/timeline`
    await forecourt.anonymous.get(path).expect(401)
    await (await forecourt.asOwner()).api.get(path).expect(403)
    await manager.get(`/api/inventory/${randomUUID()}/timeline`).expect(404)
  })
})
