import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import {
  buildPeerPlace,
  PLACES_KEY,
  type PlacesPeer,
  startPlacesPeer,
} from '../support/places-peer.ts'
import { loadRuns, startEngine, runJob } from '../support/work.ts'

let peer: PlacesPeer
let forecourt: TestForecourt
let engine: Engine
beforeAll(async () => {
  peer = await startPlacesPeer()
  forecourt = await openForecourt({ PLACES_URL: peer.url, PLACES_API_KEY: PLACES_KEY })
  engine = await startEngine(forecourt)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
  await peer.stop()
})
afterEach(async () => {
  for (const table of ['request_slots', 'saved_stations', 'fuel_logs', 'community_stations'])
    await forecourt.sql(`delete from ${table}`)
  await forecourt.sql('delete from stations')
  peer.places.length = 0
})

async function refresh(): Promise<Record<string, unknown> | null | undefined> {
  const job = (await runJob(engine, forecourt, 'refresh-stations', {})).run.jobId
  return (await loadRuns(forecourt, job))[0]?.result
}

/** A station from Google that was fetched so many days ago. */
async function saveStation(placeId: string, days: number, isFromPlaces = true): Promise<string> {
  const { rows } = await forecourt.sql(
    `insert into stations (name, google_place_id, latitude, longitude, fetched_at, is_from_places)
     values ($1, $1, 39, -94, now() - $2 * interval '1 day', $3) returning id`,
    [placeId, days, isFromPlaces],
  )
  return rows[0].id as string
}

const listStations = async () =>
  (
    await forecourt.sql(
      `select name, fetched_at > now() - interval '1 hour' as fresh from stations order by name`,
    )
  ).rows as { name: string; fresh: boolean }[]

describe('refresh-stations', () => {
  it('removes stale stations from Google that no owner uses, and keeps fresh ones', async () => {
    await saveStation('stale', 31)
    await saveStation('fresh', 29)
    expect(await refresh()).toMatchObject({ removed: 1, refreshed: 0, missing: 0 })
    expect(await listStations()).toMatchObject([{ name: 'fresh' }])
    expect(peer.requests).toHaveLength(0)
  })

  it('refreshes stale ones that an owner saved, reported or used', async () => {
    const owner = await forecourt.asOwner()
    const [saved, reported, used] = [
      await saveStation('saved', 31),
      await saveStation('reported', 31),
      await saveStation('used', 31),
    ]
    for (const id of ['saved', 'reported', 'used'])
      peer.places.push(buildPeerPlace(id, 39.5, -94, { displayName: { text: `New ${id}` } }))
    await owner.api.post('/api/saved-stations').send({ station: saved }).expect(201)
    await owner.api
      .post(`/api/stations/${reported}/reports`)
      .send({ has93Octane: true })
      .expect(201)
    const vehicle = await owner.api
      .post('/api/vehicles')
      .send({ year: 2021, make: 'Honda', model: 'Accord', licensePlate: 'USED1' })
      .expect(201)
    await owner.api
      .post('/api/fuel-logs')
      .send({
        vehicle: vehicle.body.doc.id,
        station: used,
        dateTime: '2026-11-01T10:00:00Z',
        odometer: 1_000,
        fuelUnits: 10,
        costPerUnit: 3.5,
      })
      .expect(201)
    expect(await refresh()).toMatchObject({ removed: 0, refreshed: 3, missing: 0 })
    expect(await listStations()).toEqual(
      ['New reported', 'New saved', 'New used'].map((name) => ({ name, fresh: true })),
    )
    const details = peer.requests.at(-1)
    expect([details?.method, details?.path]).toEqual([
      'GET',
      expect.stringMatching(/^\/v1\/places\//),
    ])
    expect(details?.headers['x-goog-fieldmask']).toContain('displayName')
    expect(await refresh()).toMatchObject({ refreshed: 0 })
  })

  it('keeps a station of a person, and one whose place is gone', async () => {
    await saveStation('by hand', 40, false)
    const gone = await saveStation('gone', 40)
    const owner = await forecourt.asOwner()
    await owner.api.post('/api/saved-stations').send({ station: gone }).expect(201)
    expect(await refresh()).toMatchObject({ removed: 0, refreshed: 0, missing: 2 })
    expect((await listStations()).map(({ name }) => name)).toEqual(['by hand', 'gone'])
    expect(await refresh()).toMatchObject({ missing: 0 })
  })

  it('stops at a quota error, says so, and continues with the next run', async () => {
    for (const id of ['a', 'b']) {
      await saveStation(id, 40, false)
      peer.places.push(buildPeerPlace(id, 39.5, -94))
    }
    peer.next({ status: 429 })
    const first = await refresh()
    expect(first).toMatchObject({ refreshed: 0, stopped: expect.stringContaining('quota') })
    expect(JSON.stringify(first)).not.toContain(PLACES_KEY)
    await forecourt.sql('delete from request_slots')
    expect(await refresh()).toMatchObject({ refreshed: 2 })
  })

  it('recomputes verdicts whose reports became too old', async () => {
    const station = await saveStation('old report', 1)
    const owner = await forecourt.asOwner()
    await owner.api.post(`/api/stations/${station}/reports`).send({ has93Octane: true }).expect(201)
    await forecourt.sql(`update community_stations set reported_at = now() - interval '731 days'`)
    expect(await refresh()).toMatchObject({ verdicts: 1 })
    const { body } = await forecourt.anonymous.get(`/api/stations/${station}`).expect(200)
    expect(body.has93Octane).toBeNull()
  })

  it('forgets searches after 30 days', async () => {
    await forecourt.sql(
      `insert into station_searches values ('1:1:6000', now() - interval '31 days', 0),
        ('1:2:6000', now(), 0)`,
    )
    expect(await refresh()).toMatchObject({ searches: 1 })
  })

  it('is among the jobs, with its schedule', async () => {
    const { body } = await (await forecourt.as('viewer')).get('/api/jobs').expect(200)
    const text = JSON.stringify(body)
    expect(text).toContain('refresh-stations')
    expect(text).toContain('30 4 * * *')
  })
})
