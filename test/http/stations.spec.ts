import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { isNotedSince } from '../support/instants.ts'
import { queryGraphql } from '../support/http-graphql.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

async function aStation(about: object = {}): Promise<string> {
  const { body } = await admin
    .post('/api/stations')
    .send({ name: 'Shell Main St', ...about })
    .expect(201)
  return body.doc.id as string
}

const REPORTS = '/api/community-stations'
const report = (api: Api, station: string, about: object = {}) =>
  api.post(REPORTS).send({ station, has93Octane: true, ...about })

async function aReport(api: Api, station: string): Promise<string> {
  return (await report(api, station).expect(201)).body.doc.id as string
}

describe('a station', () => {
  it('keeps its place to eight digits and is seen by everybody', async () => {
    const id = await aStation({
      latitude: 40.71277601,
      longitude: -74.00597212,
      website: 'https://shell.example',
    })
    expect((await forecourt.anonymous.get(`/api/stations/${id}`).expect(200)).body).toMatchObject({
      latitude: 40.71277601,
      longitude: -74.00597212,
    })
  })

  it.each([
    [{ latitude: 90.5 }, 'Latitude must be 90 or less, not 90.5'],
    [{ longitude: -181 }, 'Longitude must be -180 or more, not -181'],
    [{ latitude: 1.123456789 }, 'Latitude must have at most 8 decimal places, not 1.123456789'],
    [
      { website: 'javascript:alert(1)' },
      'Website must be a URL that starts with https:// or http://',
    ],
    [
      { website: `https://${'a'.repeat(250)}` },
      'Website must have at most 255 characters, not 258',
    ],
  ])('is refused with %j, and the message says why', async (about, message) => {
    const { body } = await admin
      .post('/api/stations')
      .send({ name: 'Shell', ...about })
      .expect(400)
    expect(body.errors[0].message).toBe(message)
  })

  it('is one for each place of Google, and the second hears of the first', async () => {
    const id = await aStation({ googlePlaceId: 'ChIJ-1' })
    const { body } = await admin
      .post('/api/stations')
      .send({ name: 'Again', googlePlaceId: 'ChIJ-1' })
      .expect(400)
    expect(body.errors[0].message).toBe(
      `Google place is already used by Shell Main St, /api/stations/${id}`,
    )
    await aStation({ googlePlaceId: null })
    await aStation({ googlePlaceId: null })
  })

  it('does not go while a report is about it', async () => {
    const station = await aStation()
    const id = await aReport((await forecourt.asOwner()).api, station)
    await admin.delete(`/api/stations/${station}`).expect(409)
    await admin.delete(`${REPORTS}/${id}`).expect(200)
    await admin.delete(`/api/stations/${station}`).expect(200)
  })
})

describe('a report', () => {
  it('is the asking owner’s and made now, whatever is said', async () => {
    const [owner, other] = [await forecourt.asOwner(), await forecourt.asOwner()]
    const result = {
      userId: other.subject,
      reportedAt: '2020-01-01T00:00:00Z',
      removedAt: '2020-01-01',
      removalReason: 'none',
    }
    const station = await aStation()
    const began = Date.now()
    const { body } = await report(owner.api, station, result).expect(201)
    expect(body.doc).toMatchObject({ userId: owner.subject, removedAt: null, removalReason: null })
    expect(isNotedSince(began, body.doc.reportedAt)).toBe(true)
  })

  it('comes from owners alone', async () => {
    const station = await aStation()
    for (const api of [forecourt.anonymous, admin, await forecourt.as('manager')])
      await report(api, station).expect(403)
    const garage = await forecourt.asOwner('garage admin')
    const { body } = await report(garage.api, station, { userId: 'auth0|somebody else' }).expect(
      201,
    )
    expect(body.doc.userId).toBe(garage.subject)
  })

  it('is seen by everybody, without who made it', async () => {
    const [owner, other] = [await forecourt.asOwner(), await forecourt.asOwner()]
    const id = await aReport(owner.api, await aStation())
    for (const api of [forecourt.anonymous, other.api, await forecourt.as('viewer')]) {
      const { body } = await api
        .get(`${REPORTS}/${id}?select[has93Octane]=true&depth=2`)
        .expect(200)
      expect(body).toMatchObject({ id, has93Octane: true })
      expect(JSON.stringify((await api.get(`${REPORTS}/${id}`)).body)).not.toContain(owner.subject)
    }
    const garage = await forecourt.asOwner('garage admin')
    for (const api of [owner.api, admin, garage.api])
      expect((await api.get(`${REPORTS}/${id}`)).body).toMatchObject({
        userId: owner.subject,
        stationName: 'Shell Main St',
      })
  })

  it('does not tell who made it by filter, order or GraphQL either', async () => {
    const owner = await forecourt.asOwner()
    await aReport(owner.api, await aStation())
    const spy = (await forecourt.asOwner()).api
    for (const api of [forecourt.anonymous, spy]) {
      const requested = [
        `where[userId][equals]=${encodeURIComponent(owner.subject)}`,
        'where[removalReason][exists]=true',
      ]
      for (const query of [...requested, 'sort=userId', 'sort=-removalReason'])
        expect((await api.get(`${REPORTS}?${query}`)).status).toBeGreaterThanOrEqual(400)
      const answer = await queryGraphql(
        api,
        '{ CommunityStations(limit: 50) { docs { id userId removalReason } } }',
      )
      expect(JSON.stringify(answer)).not.toContain(owner.subject)
    }
  })
})

describe('a station’s report of one owner', () => {
  it('is one at a time: the second is refused, and hears of the first', async () => {
    const [{ api }, station] = [await forecourt.asOwner(), await aStation()]
    const id = await aReport(api, station)
    const { body } = await report(api, station).expect(400)
    expect(body.errors[0].data.errors).toEqual([
      expect.objectContaining({
        path: 'station',
        message:
          `Station has another active report by this owner, ${REPORTS}/${id}. ` +
          'Remove that one first',
      }),
    ])
    await aReport((await forecourt.asOwner()).api, station)
  })

  it('is one when ten are made at the same moment', async () => {
    const [{ api }, station] = [await forecourt.asOwner(), await aStation()]
    const answers = await Promise.all(Array.from({ length: 10 }, () => report(api, station)))
    const statuses = answers.map(({ status }) => String(status)).sort()
    expect(statuses).toEqual(['201', ...Array.from({ length: 9 }, () => '400')])
    for (const { body } of answers.filter(({ status }) => status === 400))
      expect(body.errors[0].message).toContain('Station has another active report by this owner')
  })

  it('may follow one that was removed', async () => {
    const [{ api }, station] = [await forecourt.asOwner(), await aStation()]
    const first = await aReport(api, station)
    await api
      .patch(`${REPORTS}/${first}`)
      .send({ removedAt: '2000-01-01T00:00:00Z', removalReason: 'No longer sold' })
      .expect(200)
    await aReport(api, station)
  })
})

describe('removing a report', () => {
  const removal = { removedAt: '2000-01-01T00:00:00Z', removalReason: 'No longer sold' }

  it('notes the server’s moment and hides it from everybody but its owner and admins', async () => {
    const owner = await forecourt.asOwner()
    const id = await aReport(owner.api, await aStation())
    const began = Date.now()
    const { body } = await owner.api.patch(`${REPORTS}/${id}`).send(removal).expect(200)
    expect(isNotedSince(began, body.doc.removedAt)).toBe(true)
    for (const api of [
      forecourt.anonymous,
      (await forecourt.asOwner()).api,
      await forecourt.as('manager'),
    ])
      await api.get(`${REPORTS}/${id}`).expect(404)
    for (const api of [owner.api, admin])
      expect((await api.get(`${REPORTS}/${id}`).expect(200)).body.removalReason).toBe(
        'No longer sold',
      )
  })

  it('is all that its owner may change, and is not for strangers', async () => {
    const [owner, other] = [await forecourt.asOwner(), await aStation()]
    const id = await aReport(owner.api, await aStation())
    const change = {
      station: other,
      has93Octane: false,
      userId: 'auth0|x',
      reportedAt: '2000-01-01',
      removalReason: 'why',
    }
    const { body } = await owner.api.patch(`${REPORTS}/${id}`).send(change).expect(200)
    expect(body.doc).toMatchObject({
      has93Octane: true,
      userId: owner.subject,
      removalReason: null,
    })
    expect(body.doc.station).not.toBe(other)
    const stranger = await forecourt.asOwner()
    for (const api of [forecourt.anonymous, stranger.api, await forecourt.as('manager')]) {
      await api.patch(`${REPORTS}/${id}`).send(removal).expect(403)
      await api.delete(`${REPORTS}/${id}`).expect(403)
    }
    await owner.api.delete(`${REPORTS}/${id}`).expect(403)
  })

  it('is for good: its owner neither brings it back nor gives another reason', async () => {
    const { api } = await forecourt.asOwner()
    const id = await aReport(api, await aStation())
    const { body: removed } = await api.patch(`${REPORTS}/${id}`).send(removal).expect(200)
    for (const change of [{ removedAt: null }, { removalReason: 'Another reason' }]) {
      const { body } = await api.patch(`${REPORTS}/${id}`).send(change).expect(409)
      expect(body.errors[0].message).toContain(`Report ${id} was already removed on `)
    }
    const { body: again } = await api.patch(`${REPORTS}/${id}`).send(removal).expect(200)
    expect(again.doc).toEqual(removed.doc)
  })

  it('is undone by an admin, unless the owner reported again', async () => {
    const [{ api }, station] = [await forecourt.asOwner(), await aStation()]
    const first = await aReport(api, station)
    await api.patch(`${REPORTS}/${first}`).send(removal).expect(200)
    const { body } = await admin.patch(`${REPORTS}/${first}`).send({ removedAt: null }).expect(200)
    expect(body.doc).toMatchObject({ removedAt: null, removalReason: null })
    await api.patch(`${REPORTS}/${first}`).send(removal).expect(200)
    const second = await aReport(api, station)
    const { body: refused } = await admin
      .patch(`${REPORTS}/${first}`)
      .send({ removedAt: null })
      .expect(409)
    expect(refused.errors[0].message).toContain(`${REPORTS}/${second}`)
  })
})
