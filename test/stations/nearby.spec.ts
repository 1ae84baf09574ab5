import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

const nearby = (query: string, api: Api = forecourt.anonymous) =>
  api.get(`/api/stations/nearby?${query}`)

async function saveStation(name: string, latitude: number, longitude: number): Promise<string> {
  const { body } = await admin.post('/api/stations').send({ name, latitude, longitude }).expect(201)
  return body.doc.id as string
}

const namesOf = (body: { docs: { name: string }[] }) => body.docs.map(({ name }) => name)

describe('stations nearby', () => {
  it('are sorted by their distance in the unit that was asked for', async () => {
    await saveStation('Far', 39.2, -94.4)
    await saveStation('Near', 39.11, -94.4)
    await saveStation('Elsewhere', 41, -94.4)
    const { body } = await nearby('lat=39.1&lng=-94.4').expect(200)
    expect(body).toMatchObject({
      docs: [
        { name: 'Near', distance: 0.69, unit: 'mi', source: 'forecourt', confirmedAt: null },
        { name: 'Far', distance: 6.91, unit: 'mi' },
      ],
      totalDocs: 2,
      limit: 20,
      radius: 10,
      unit: 'mi',
      googlePlaces: 'notConfigured',
      mayBeIncomplete: true,
      note: 'Only stored stations are listed, because Google Places is not configured.',
    })
    const kilometers = await nearby('lat=39.1&lng=-94.4&unit=km&radius=20').expect(200)
    expect(kilometers.body.docs).toMatchObject([
      { name: 'Near', distance: 1.11, unit: 'km' },
      { name: 'Far', distance: 11.12, unit: 'km' },
    ])
    expect(namesOf((await nearby('lat=39.1&lng=-94.4&radius=1')).body)).toEqual(['Near'])
  })

  it('are at most as many as wanted, with the number of all', async () => {
    const { body } = await nearby('lat=39.1&lng=-94.4&limit=1').expect(200)
    expect(namesOf(body)).toEqual(['Near'])
    expect(body).toMatchObject({ totalDocs: 2, mayBeIncomplete: false, note: null })
  })

  it('are found across the antimeridian', async () => {
    await saveStation('East', -16.5, -179.95)
    await saveStation('West', -16.5, 179.95)
    for (const lng of ['179.99', '-179.99', '180', '-180'])
      expect(namesOf((await nearby(`lat=-16.5&lng=${lng}`)).body).sort()).toEqual(['East', 'West'])
  })

  it('are found across a pole', async () => {
    await saveStation('Polar', 89.95, 10)
    expect(namesOf((await nearby('lat=89.95&lng=-170')).body)).toEqual(['Polar'])
    expect(namesOf((await nearby('lat=90&lng=0')).body)).toEqual(['Polar'])
  })

  it('are seen by everybody who may see stations', async () => {
    const owner = (await forecourt.asOwner()).api
    for (const api of [forecourt.anonymous, owner, await forecourt.as('viewer'), admin])
      expect(namesOf((await nearby('lat=39.1&lng=-94.4', api).expect(200)).body)).toHaveLength(2)
  })

  it.each([
    ['lng=1', 'lat is missing in the URL.'],
    ['lat=91&lng=1', 'lat in the URL is not valid'],
    ['lat=1e1&lng=1', 'must be a number such as'],
    ['lat=1&lng=181', 'lng in the URL is not valid'],
    ['lat=1&lng=1&radius=0', 'radius in the URL is not valid'],
    ['lat=1&lng=1&radius=101', 'radius in the URL is not valid'],
    ['lat=1&lng=1&unit=nm', 'unit in the URL is not valid'],
    ['lat=1&lng=1&limit=101', 'limit in the URL is not valid'],
    ['lat=1&lng=1&lon=1', 'lon'],
  ])('are refused for %s', async (query, message) => {
    const { body } = await nearby(query).expect(400)
    expect(body.errors[0].message).toContain(message)
  })

  it('are found by the index on their positions', async () => {
    await forecourt.sql(
      `insert into stations (name, latitude, longitude) select 'Many ' || n,
        25 + 24 * random(), -125 + 58 * random() from generate_series(1, 20000) n`,
    )
    await forecourt.ownerSql('analyze stations')
    const { rows } = await forecourt.sql(
      `explain select id from stations where (latitude between 39.0::numeric and 39.2::numeric
        and longitude between (-94.5)::numeric and (-94.3)::numeric)`,
    )
    expect(JSON.stringify(rows)).toContain('stations_position_idx')
  })
})
