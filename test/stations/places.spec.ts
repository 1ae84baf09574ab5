import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { findSearchArea } from '../../src/stations/domain/coverage.ts'
import { withClient } from '../support/databases.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { lockRow } from '../support/http-row-lock.ts'
import {
  buildPeerPlace,
  PLACES_KEY,
  type PlacesPeer,
  startPlacesPeer,
} from '../support/places-peer.ts'
import { waitUntil } from '../support/work.ts'

let peer: PlacesPeer
let forecourt: TestForecourt
beforeAll(async () => {
  peer = await startPlacesPeer()
  forecourt = await openForecourt({ PLACES_URL: peer.url, PLACES_API_KEY: PLACES_KEY })
})
afterAll(async () => {
  await forecourt.close()
  await peer.stop()
})
afterEach(() => forecourt.sql('delete from request_slots'))

/** A part of the world of its own for each test, 2° from the others. */
let column = -170
const findPlace = () => ({ lat: 39.12, lng: (column += 2) + 0.02 })
type Spot = ReturnType<typeof findPlace>

const nearby = async ({ lat, lng }: Spot, query = '', api: Api = forecourt.anonymous) =>
  (await api.get(`/api/stations/nearby?lat=${lat}&lng=${lng}${query}`).expect(200)).body
const countSearches = () =>
  peer.requests.filter(({ path }) => path === '/v1/places:searchNearby').length

let count = 0
function addPlace(spot: Spot, about: Record<string, unknown> = {}, north = 0.01): string {
  const id = `ChIJ_place-${(count += 1)}`
  peer.places.push(buildPeerPlace(id, spot.lat + north, spot.lng, about))
  return id
}

describe('an area with few stations', () => {
  it('is searched in Google Places, once for everybody in 30 days', async () => {
    const spot = findPlace()
    const placeId = addPlace(spot)
    const body = await nearby(spot)
    expect(body).toMatchObject({
      docs: [
        {
          name: `Station ${placeId}`,
          address: '1 Main St, Independence, MO 64055, USA',
          phone: '(816) 555-0100',
          website: 'https://stations.example/',
          source: 'google',
          distance: 0.69,
          photo: null,
        },
      ],
      googlePlaces: 'searched',
      mayBeIncomplete: false,
      note: null,
    })
    const before = countSearches()
    const owner = (await forecourt.asOwner()).api
    expect(await nearby({ ...spot, lng: spot.lng + 0.01 }, '', owner)).toMatchObject({
      totalDocs: 1,
      googlePlaces: 'notNeeded',
      mayBeIncomplete: false,
    })
    expect(countSearches()).toBe(before)
    await forecourt.sql(`update station_searches set searched_at = now() - interval '31 days'`)
    expect((await nearby(spot)).googlePlaces).toBe('searched')
    expect(countSearches()).toBe(before + 1)
  })

  it('is searched with the fields that are stored, around a cell and not the caller', async () => {
    const spot = findPlace()
    await nearby(spot, '&radius=5&unit=km')
    const { method, headers, body, params } = peer.requests.at(-1) ?? {}
    expect(method).toBe('POST')
    expect(String(headers?.['x-goog-fieldmask']).split(',').sort()).toEqual([
      'places.businessStatus',
      'places.displayName',
      'places.formattedAddress',
      'places.id',
      'places.location',
      'places.nationalPhoneNumber',
      'places.photos',
      'places.websiteUri',
    ])
    expect(JSON.parse(body ?? '')).toEqual({
      includedTypes: ['gas_station'],
      maxResultCount: 20,
      rankPreference: 'DISTANCE',
      locationRestriction: {
        circle: {
          center: { latitude: 39.125, longitude: expect.closeTo(spot.lng + 0.005, 5) },
          radius: 12_000,
        },
      },
    })
    expect(params?.size).toBe(0)
  })

  it('is searched once by requests at the same moment', async () => {
    const spot = findPlace()
    addPlace(spot)
    const before = countSearches()
    const bodies = await Promise.all(Array.from({ length: 5 }, () => nearby(spot)))
    expect(bodies.map(({ totalDocs }) => totalDocs as number)).toEqual([1, 1, 1, 1, 1])
    expect(countSearches()).toBe(before + 1)
  })

  it('has the stations of a search that ends while it is requested', async () => {
    const spot = findPlace()
    const { key } = findSearchArea({ latitude: spot.lat, longitude: spot.lng }, 16_093)
    const body = await withClient(forecourt.url, async (client) => {
      await client.query('begin; lock table station_searches in access exclusive mode')
      const searching = nearby(spot)
      await waitUntil(async () => {
        await client.query('select pg_stat_clear_snapshot()')
        const { rows } = await client.query(
          `select 1 from pg_locks where not granted and relation = 'station_searches'::regclass`,
        )
        return rows.length > 0
      }, 'the request waits for the last search')
      await client.query(
        `insert into stations (name, google_place_id, latitude, longitude, fetched_at)
          values ('New', 'New-1', $1, $2, now())`,
        [spot.lat, spot.lng],
      )
      await client.query('insert into station_searches values ($1, now(), 1)', [key])
      await client.query('commit')
      return searching
    })
    expect(body).toMatchObject({ googlePlaces: 'notNeeded', totalDocs: 1 })
  })

  it('is searched again if its stations are stale', async () => {
    const spot = findPlace()
    const placeId = addPlace(spot)
    await nearby(spot)
    await forecourt.sql(
      `update stations set fetched_at = now() - interval '31 days' where google_place_id = $1`,
      [placeId],
    )
    await forecourt.sql(`update station_searches set searched_at = now() - interval '31 days'`)
    const place = peer.places.find(({ id }) => id === placeId)
    Object.assign(place ?? {}, { displayName: { text: 'Renamed' } })
    expect(await nearby(spot, '&limit=1')).toMatchObject({
      docs: [{ name: 'Renamed' }],
      googlePlaces: 'searched',
      mayBeIncomplete: false,
    })
  })

  it('has no stations that closed for good, and none that cannot be read', async () => {
    const spot = findPlace()
    addPlace(spot, { businessStatus: 'CLOSED_PERMANENTLY' })
    addPlace(spot, { displayName: null })
    addPlace(spot, { id: '../../secrets' })
    const odd = addPlace(spot, {
      displayName: { text: `Two\nlines \u202e${'x'.repeat(300)}` },
      nationalPhoneNumber: '1'.repeat(21),
      websiteUri: 'javascript:alert(1)',
      photos: [{ name: 'places/../../x' }],
      formattedAddress: 7,
    })
    const { docs } = await nearby(spot)
    expect(docs).toMatchObject([{ address: null, phone: null, website: null, photo: null }])
    expect(docs[0].name).toMatch(/^Two lines x+$/)
    expect(docs[0].name).toHaveLength(200)
    const { rows } = await forecourt.sql('select 1 from stations where google_place_id = $1', [odd])
    expect(rows).toHaveLength(1)
  })

  it('is searched again if no place could be read', async () => {
    const spot = findPlace()
    peer.next({ status: 200, body: { places: [null, { id: 'Nameless' }] } })
    expect(await nearby(spot)).toMatchObject({ googlePlaces: 'unavailable', mayBeIncomplete: true })
    addPlace(spot)
    expect(await nearby(spot)).toMatchObject({ googlePlaces: 'searched', totalDocs: 1 })
  })

  it('has a station without its phone number if that is too long to be stored', async () => {
    const spot = findPlace()
    addPlace(spot, { nationalPhoneNumber: '\u0958'.repeat(20) }) // two characters in NFC
    expect((await nearby(spot)).docs).toMatchObject([{ phone: null }])
  })

  it('is saved in the order of IDs, so that two searches never end in a deadlock', async () => {
    const spot = findPlace()
    const save = "insert into stations (name, google_place_id) values ('Known', $1)"
    for (const id of ['Order-1', 'Order-2']) await forecourt.sql(save, [id])
    addPlace(spot, { id: 'Order-2' }, 0.002)
    addPlace(spot, { id: 'Order-1' }, 0.001)
    const locked = await lockRow(forecourt.url, 'stations', 'Order-1', 'google_place_id')
    const searching = nearby(spot)
    await locked.waiting(1)
    const lock = 'select 1 from stations where google_place_id = $1 for update nowait'
    expect((await forecourt.sql(lock, ['Order-2'])).rowCount).toBe(1)
    await locked.release()
    expect((await searching).googlePlaces).toBe('searched')
  })

  it('may have more stations than Google returns at once', async () => {
    const spot = findPlace()
    for (let i = 0; i < 25; i++) addPlace(spot, {}, 0.001 * i)
    expect(await nearby(spot, '&limit=50')).toMatchObject({
      totalDocs: 20,
      mayBeIncomplete: true,
      note: expect.stringContaining('at most 20 stations'),
    })
  })
})

describe('a station of a person with a place', () => {
  it('keeps what it has, and is completed', async () => {
    const spot = findPlace()
    const placeId = addPlace(spot)
    const admin = await forecourt.as('admin')
    const { body } = await admin
      .post('/api/stations')
      .send({ name: 'Our name', googlePlaceId: placeId, latitude: spot.lat, longitude: spot.lng })
      .expect(201)
    expect((await nearby(spot)).docs).toMatchObject([
      { id: body.doc.id, name: 'Our name', phone: '(816) 555-0100', source: 'forecourt' },
    ])
  })
})

describe('a search that fails', () => {
  it.each([
    [429, 'limited', 'is used up (429 CANNED: Canned)'],
    [403, 'unavailable', 'Google Places is not available'],
  ])('with %i is remembered, and the stored stations are answered', async (status, kind, note) => {
    const spot = findPlace()
    const admin = await forecourt.as('admin')
    await admin
      .post('/api/stations')
      .send({ name: 'Stored', latitude: spot.lat, longitude: spot.lng })
      .expect(201)
    peer.next({ status })
    expect(await nearby(spot)).toMatchObject({
      docs: [{ name: 'Stored' }],
      googlePlaces: kind,
      mayBeIncomplete: true,
      note: expect.stringContaining(note),
    })
    const before = peer.requests.length
    expect(await nearby(findPlace())).toMatchObject({
      googlePlaces: 'limited',
      note: expect.stringMatching(/refused an earlier request\. It will be asked again in \d+ min/),
    })
    expect(peer.requests.length).toBe(before)
  })

  it('for as long as Google asks is not repeated until then', async () => {
    peer.next({ status: 429, headers: { 'retry-after': '7200' } })
    await nearby(findPlace())
    expect((await nearby(findPlace())).note).toMatch(/in 1[12]\d min/)
  })

  it.each<[string, Parameters<PlacesPeer['next']>[0]]>([
    ['with a server error', { status: 500 }],
    ['with an unreadable answer', { status: 200, body: { places: 'none' } }],
    ['with a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }],
    ['without an answer', 'cut'],
  ])('%s is tried again by the next request', async (_name, canned) => {
    const spot = findPlace()
    addPlace(spot)
    peer.next(canned)
    expect(await nearby(spot)).toMatchObject({ docs: [], googlePlaces: 'unavailable' })
    expect(await nearby(spot)).toMatchObject({ totalDocs: 1, googlePlaces: 'searched' })
  })

  it('because the caller searched too often says so', async () => {
    const owner = await forecourt.asOwner()
    for (let i = 0; i < 60; i++) await nearby({ lat: -60 + i / 2, lng: 5 }, '&radius=1', owner.api)
    expect(await nearby({ lat: 50, lng: 5 }, '', owner.api)).toMatchObject({
      googlePlaces: 'limited',
      note: expect.stringContaining('You requested data from Google Places too many times.'),
    })
    const spot = findPlace()
    addPlace(spot)
    expect((await nearby(spot, '', (await forecourt.asOwner()).api)).totalDocs).toBe(1)
  })
})
