import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

async function saveStation(about: object = {}): Promise<string> {
  const { body } = await admin
    .post('/api/stations')
    .send({ name: 'Corner Fuel', ...about })
    .expect(201)
  return body.doc.id as string
}

const report = (api: Api, station: string, has93Octane: boolean) =>
  api.post(`/api/stations/${station}/reports`).send({ has93Octane })
const has93 = async (station: string) =>
  (await forecourt.anonymous.get(`/api/stations/${station}`).expect(200)).body
    .has93Octane as unknown
const readReports = async (api: Api, station: string) =>
  (await api.get(`/api/stations/${station}/reports`).expect(200)).body

describe('a report about 93 octane', () => {
  it('decides the value of its station', async () => {
    const station = await saveStation()
    expect(await has93(station)).toBeNull()
    const [ann, bob] = [await forecourt.asOwner(), await forecourt.asOwner()]
    const { body } = await report(ann.api, station, true).expect(201)
    expect(body).toMatchObject({
      doc: { has93Octane: true, userId: ann.subject, removedAt: null },
      message: 'Thank you for your report about Corner Fuel.',
    })
    expect(await has93(station)).toBe(true)
    await report(bob.api, station, false).expect(201)
    expect(await has93(station)).toBeNull()
    expect((await readReports(forecourt.anonymous, station)).verdict).toMatchObject({
      conclusion: 'disputed',
      has93Octane: null,
      yes: 1,
      no: 1,
    })
  })

  it('decides it whatever is saved with the station, which then has a warning', async () => {
    const station = await saveStation({ has93Octane: true })
    const { api } = await forecourt.asOwner()
    const { body } = await report(api, station, false).expect(201)
    const save = async (about: object) =>
      (await admin.patch(`/api/stations/${station}`).send(about).expect(200)).body
    expect(await save({ has93Octane: true, phone: '555-0100' })).toMatchObject({
      doc: { has93Octane: false, phone: '555-0100' },
      warnings: [{ field: 'has93Octane', code: 'reports_decide' }],
    })
    expect(await save({ phone: '555-0101' })).not.toHaveProperty('warnings')
    expect(await has93(station)).toBe(false)
    const remove = `/api/community-stations/${body.doc.id}/remove`
    await api.post(remove).send({ reason: 'Wrong station' }).expect(200)
    expect((await save({ has93Octane: true })).doc.has93Octane).toBe(true)
  })

  it('replaces the earlier one of the same owner, which is removed with the reason', async () => {
    const station = await saveStation()
    const owner = await forecourt.asOwner()
    const first = (await report(owner.api, station, true).expect(201)).body.doc.id as string
    const second = (await report(owner.api, station, false).expect(201)).body.doc.id as string
    expect(await has93(station)).toBe(false)
    const { body } = await owner.api.get(`/api/community-stations/${first}`).expect(200)
    expect(body).toMatchObject({ removalReason: 'Replaced by a newer report' })
    const { reports, removed } = await readReports(admin, station)
    expect(reports).toMatchObject([{ id: second, status: 'counted', reporter: owner.subject }])
    expect(removed).toMatchObject([{ id: first, removalReason: 'Replaced by a newer report' }])
  })

  it('is seen by everybody, without who made it and without removed ones', async () => {
    const station = await saveStation()
    const owner = await forecourt.asOwner()
    await report(owner.api, station, true).expect(201)
    for (const api of [forecourt.anonymous, (await forecourt.asOwner()).api, owner.api]) {
      const body = await readReports(api, station)
      expect(body).toMatchObject({ reports: [{ reporter: null }], removed: null })
      expect(JSON.stringify(body)).not.toContain(owner.subject)
    }
  })

  it('is removed with a reason by its owner or an admin, and no longer counts', async () => {
    const station = await saveStation()
    const [owner, other] = [await forecourt.asOwner(), await forecourt.asOwner()]
    const { body } = await report(owner.api, station, true).expect(201)
    const remove = (api: Api, reason: unknown, id = body.doc.id as string) =>
      api.post(`/api/community-stations/${id}/remove`).send({ reason })
    await remove(other.api, 'Not mine').expect(403)
    await remove(forecourt.anonymous, 'Nobody').expect(403)
    await remove(await forecourt.as('manager'), 'Staff').expect(403)
    await remove(owner.api, '').expect(400)
    await remove(owner.api, 'x'.repeat(101)).expect(400)
    await remove(admin, 'Nothing here', randomUUID()).expect(404)
    expect(await has93(station)).toBe(true)
    const removed = await remove(owner.api, 'The pump is closed').expect(200)
    expect(removed.body.doc).toMatchObject({ removalReason: 'The pump is closed' })
    expect(await has93(station)).toBeNull()
    await remove(owner.api, 'Another reason').expect(409)
    const again = await report(owner.api, station, false).expect(201)
    await remove(admin, 'Spam', again.body.doc.id as string).expect(200)
    expect(await has93(station)).toBeNull()
  })

  it('counts the same through its collection, and no longer once it is deleted', async () => {
    const station = await saveStation()
    const owner = await forecourt.asOwner()
    const { body } = await owner.api
      .post('/api/community-stations')
      .send({ station, has93Octane: true })
      .expect(201)
    expect(await has93(station)).toBe(true)
    const other = await saveStation()
    const path = `/api/community-stations/${body.doc.id}`
    await admin.patch(path).send({ station: other, has93Octane: false }).expect(200)
    expect([await has93(station), await has93(other)]).toEqual([null, false])
    await admin.delete(path).expect(200)
    expect(await has93(other)).toBeNull()
  })

  it('of one owner is the last one when several are sent at the same moment', async () => {
    const station = await saveStation()
    const { api } = await forecourt.asOwner()
    await Promise.all(Array.from({ length: 5 }, () => report(api, station, true).expect(201)))
    const { reports, removed } = await readReports(admin, station)
    expect([reports.length, removed.length]).toEqual([1, 4])
    const remove = () =>
      api.post(`/api/community-stations/${reports[0].id}/remove`).send({ reason: 'A typo' })
    await Promise.all([remove(), report(api, station, false).expect(201), remove()])
    expect((await readReports(admin, station)).reports).toMatchObject([{ has93Octane: false }])
    expect(await has93(station)).toBe(false)
  })

  it('of two owners at the same moment both count', async () => {
    const station = await saveStation()
    const owners = await Promise.all(Array.from({ length: 4 }, () => forecourt.asOwner()))
    await Promise.all(owners.map(({ api }, i) => report(api, station, i > 0).expect(201)))
    const { verdict } = await readReports(forecourt.anonymous, station)
    expect(verdict).toMatchObject({ conclusion: 'sold', yes: 3, no: 1 })
    expect(await has93(station)).toBe(true)
  })

  it('comes from owners alone, with an answer, about a station that exists', async () => {
    const station = await saveStation()
    const owner = await forecourt.asOwner()
    await report(forecourt.anonymous, station, true).expect(401)
    for (const role of ['viewer', 'manager', 'admin'] as const)
      await report(await forecourt.as(role), station, true).expect(403)
    await owner.api.post(`/api/stations/${station}/reports`).send({}).expect(400)
    await report(owner.api, randomUUID(), true).expect(404)
    await report(owner.api, 'nearby', true).expect(404)
    await forecourt.anonymous.get(`/api/stations/${randomUUID()}/reports`).expect(404)
  })

  it('is limited to 30 an hour', async () => {
    const station = await saveStation()
    const owner = await forecourt.asOwner()
    for (let i = 0; i < 30; i++) await report(owner.api, station, i % 2 === 0).expect(201)
    const { headers, body } = await report(owner.api, station, true).expect(429)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(body.errors[0].message).toContain('You reported too many stations. Try again in')
  })

  it('of an owner that an admin removes is in the audit log', async () => {
    const station = await saveStation()
    const { body } = await report((await forecourt.asOwner()).api, station, true).expect(201)
    const id = body.doc.id as string
    await admin.post(`/api/community-stations/${id}/remove`).send({ reason: 'Spam' }).expect(200)
    const { rows } = await forecourt.sql(
      `select action, resource_type, changes from activity_logs where resource_id = $1`,
      [id],
    )
    expect(rows).toMatchObject([{ action: 'update', resource_type: 'community-stations' }])
    expect(JSON.stringify(rows)).toContain('removedAt')
  })
})
