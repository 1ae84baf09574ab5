import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import type { Api } from '../support/api.ts'
import { saveCar } from '../support/builders.ts'
import { openForecourt, saveUser, type TestForecourt, fetchToken } from '../support/forecourt.ts'
import { openAuditLog } from '../support/audit-log.ts'

let forecourt: TestForecourt
let manager: { id: string; api: Api }
beforeAll(async () => {
  forecourt = await openForecourt()
  const user = await saveUser(forecourt.payload, 'manager')
  const token = await fetchToken(forecourt.app, user)
  manager = {
    id: user.id,
    api: supertest.agent(forecourt.app).set('Authorization', `Bearer ${token}`),
  }
})
afterAll(() => forecourt.close())

const about = (id: string) => openAuditLog(forecourt).activity('resource_id = $1', [id])

describe('a change and its line', () => {
  const BROKEN =
    "alter table activity_logs add constraint trail_is_broken check (action <> 'update') not valid"
  beforeEach(() =>
    forecourt.ownerSql('alter table activity_logs drop constraint if exists trail_is_broken'),
  )

  it('fall together when the line cannot be written', async () => {
    const car = await saveCar(forecourt.payload)
    await forecourt.ownerSql(BROKEN)
    const { status } = await manager.api.patch(`/api/inventory/${car.id}`).send({ price: 1 })
    expect(status).toBeGreaterThanOrEqual(400)
    const { rows } = await forecourt.sql('select price::float from inventory where id = $1', [
      car.id,
    ])
    expect(rows).toEqual([{ price: 24_500 }])
  })

  it('fall together when the change is refused', async () => {
    const car = await saveCar(forecourt.payload)
    await manager.api.patch(`/api/inventory/${car.id}`).send({ price: -1 }).expect(400)
    expect(await about(car.id)).toEqual([])
  })

  it('fall together when the transaction around them does not end well', async () => {
    const car = await saveCar(forecourt.payload)
    const user = await forecourt.payload.findByID({
      collection: 'users',
      id: manager.id,
      overrideAccess: true,
    })
    const { payload } = forecourt
    const transactionID = await payload.db.beginTransaction()
    const req = {
      payload,
      user: { ...user, collection: 'users' as const },
      ...(transactionID && { transactionID }),
    }
    await payload.update({
      collection: 'inventory',
      id: car.id,
      data: { price: 2 },
      overrideAccess: false,
      req,
    })
    await payload.db.rollbackTransaction(transactionID ?? '')
    expect(await about(car.id)).toEqual([])
  })
})
