import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { lockRow } from '../support/http-row-lock.ts'
import type { Owner } from '../support/owners.ts'
import { saveCompetitor } from '../support/scrape-room.ts'

const LONG_AGO = '2001-02-03T04:05:06.000Z'

let forecourt: TestForecourt
let manager: Api
let admin: Api
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[manager, admin, owner] = await Promise.all([
    forecourt.as('manager'),
    forecourt.as('admin'),
    forecourt.asOwner(),
  ])
})
afterAll(() => forecourt.close())

type Row = { id: string; updatedAt: string }

/**
 * One row of several tables, what is changed in it, and who may; of `users` Payload sets
 * `updated_at`, of the others the database.
 */
const rows: [string, { path: string; api: () => Api; make: () => Promise<Row>; field: string }][] =
  [
    [
      'a car',
      {
        path: 'inventory',
        api: () => manager,
        make: () => saveCar(forecourt.payload),
        field: 'trim',
      },
    ],
    [
      'a vehicle of an owner',
      {
        path: 'vehicles',
        api: () => owner.api,
        make: () => saveVehicle(forecourt.payload, owner.subject),
        field: 'trim',
      },
    ],
    [
      'an owner’s own profile',
      {
        path: 'user-profiles',
        api: () => owner.api,
        make: () =>
          forecourt.payload.findByID({
            collection: 'user-profiles',
            id: owner.profile,
            overrideAccess: true,
          }),
        field: 'displayName',
      },
    ],
    [
      'a submission',
      {
        path: 'pending-submissions',
        api: () => manager,
        make: async () =>
          (
            await manager
              .post('/api/pending-submissions')
              .send({ year: 2021, make: 'Honda', model: 'Accord' })
              .expect(201)
          ).body.doc as Row,
        field: 'condition',
      },
    ],
    [
      'a member of staff',
      {
        path: 'users',
        api: () => admin,
        make: async () => (await admin.get('/api/users/me').expect(200)).body.user as Row,
        field: 'name',
      },
    ],
  ]

describe.each(rows)('a change of %s', (_name, { path, api, make, field }) => {
  const change = (id: string, data: object) => api().patch(`/api/${path}/${id}`).send(data)
  const read = async (id: string) =>
    (await api().get(`/api/${path}/${id}`).expect(200)).body as Record<string, unknown>

  it('that says which state it was prepared from is taken, again and again', async () => {
    const { id } = await make()
    let { updatedAt } = await read(id)
    for (const value of ['First', 'Second', 'Third']) {
      const { body } = await change(id, { [field]: value, updatedAt }).expect(200)
      expect(body.doc[field]).toBe(value)
      expect(body.doc.updatedAt).not.toBe(updatedAt)
      updatedAt = body.doc.updatedAt
    }
    expect((await read(id))['updatedAt']).toBe(updatedAt)
  })

  it('that was prepared from another state is refused and changes nothing', async () => {
    const { id } = await make()
    const before = await read(id)
    await change(id, { [field]: 'Theirs' }).expect(200)
    for (const updatedAt of [before['updatedAt'], LONG_AGO, '2999-01-01T00:00:00.000Z']) {
      const { body } = await change(id, { [field]: 'Mine', updatedAt }).expect(409)
      expect(body.errors[0].message).toMatch(
        /^Someone else changed .+\. Read it again, then repeat your change\.$/,
      )
    }
    expect((await read(id))[field]).toBe('Theirs')
  })

  it('that says no state lands on the row as it is', async () => {
    const { id } = await make()
    for (const updatedAt of [undefined, null, ''])
      await change(id, { [field]: 'Anyhow', updatedAt }).expect(200)
    await change(id, { [field]: 'Anyhow', updatedAt: 'yesterday' }).expect(400)
    await change(id, { [field]: 'Anyhow', updatedAt: { a: 1 } }).expect(400)
  })

  it('that meets another is refused when the other lands first', async () => {
    const { id } = await make()
    const held = await lockRow(forecourt.url, path.replaceAll('-', '_'), id)
    const answers = Promise.all([change(id, { [field]: 'One' }), change(id, { [field]: 'Two' })])
    await held.waiting(2)
    await held.release()
    const statuses = (await answers).map(({ status }) => status)
    expect(statuses.sort((a, b) => a - b)).toEqual([200, 409])
  })
})

describe('a stale state', () => {
  it('is refused by name, with the status that the car has now', async () => {
    const car = await saveCar(forecourt.payload, { make: 'Saab', model: '900' })
    await manager.patch(`/api/inventory/${car.id}`).send({ status: 'sold' }).expect(200)
    const { body } = await manager
      .patch(`/api/inventory/${car.id}`)
      .send({ price: 5, updatedAt: car.updatedAt })
      .expect(409)
    expect(body.errors[0].message).toContain(
      `Someone else changed ${String(car.title)}: its status is now sold.`,
    )
  })

  it('is refused in bulk, row by row', async () => {
    const [one, other] = [await saveCar(forecourt.payload), await saveCar(forecourt.payload)]
    const { body } = await manager
      .patch(`/api/inventory?where[id][in]=${one.id},${other.id}`)
      .send({ trim: 'Bulk', updatedAt: one.updatedAt })
      .expect(409)
    expect(body.docs.map(({ id }: Row) => id)).toEqual([one.id])
    expect(body.errors).toEqual([
      expect.objectContaining({ id: other.id, message: expect.stringContaining('Someone else') }),
    ])
  })

  it('is refused in GraphQL, for the row that it is about alone', async () => {
    const [one, other] = [await saveCar(forecourt.payload), await saveCar(forecourt.payload)]
    const update = (id: string, updatedAt: string) =>
      `updateInventory(id: "${id}", data: { trim: "G", updatedAt: "${updatedAt}" }) { trim }`
    const { data, errors } = await queryGraphql(
      manager,
      `mutation { a: ${update(one.id, LONG_AGO)} b: ${update(other.id, other.updatedAt)} c:
        ` + `updateInventory(id: "${one.id}", data: { trim: "H" }) { trim } }`,
    )
    expect(data).toEqual({ a: null, b: { trim: 'G' }, c: { trim: 'H' } })
    expect(errors?.map(({ extensions }) => extensions?.statusCode)).toEqual([409])
  })

  it('is also one that SQL changed meanwhile, which stays as SQL left it', async () => {
    const { id } = await saveCompetitor(forecourt, { name: 'Riverside Motors' })
    const held = await lockRow(forecourt.url, 'competitors', id)
    const answer = Promise.resolve(
      manager.patch(`/api/competitors/${id}`).send({ name: 'Harbor Cars' }),
    )
    await held.waiting(1)
    await held.change(
      ["update competitors set scrape_error = 'The site was away.' where id = $1"],
      [id],
    )
    expect((await answer).status).toBe(409)
    const { rows: stored } = await forecourt.sql(
      'select name, scrape_error from competitors where id = $1',
      [id],
    )
    expect(stored).toEqual([{ name: 'Riverside Motors', scrape_error: 'The site was away.' }])
  })

  it('is never written: a change keeps the moment that the server says', async () => {
    const car = await saveCar(forecourt.payload)
    const { body } = await manager
      .patch(`/api/inventory/${car.id}`)
      .send({ updatedAt: car.updatedAt, createdAt: LONG_AGO })
      .expect(200)
    expect(body.doc.createdAt).toBe(car.createdAt)
    expect(Date.parse(body.doc.updatedAt)).toBeGreaterThan(Date.parse(car.updatedAt))
  })
})
