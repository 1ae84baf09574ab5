import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from '@payloadcms/db-postgres'
import type { CollectionAfterOperationHook, Plugin } from 'payload'
import supertest from 'supertest'
import { permissions } from '../../src/access/permissions.ts'
import { OUTCOME_UNKNOWN } from '../../src/database/commit.ts'
import { getTransaction } from '../../src/database/transaction.ts'
import type { Inventory, Vehicle } from '../../src/generated/payload-types.ts'
import { aCar, aFuelLog, anyVin, saveCar, saveVehicle } from '../support/builders.ts'
import {
  type CommitFault,
  type CommitFaults,
  FAULT_MESSAGE,
  openCommitFaults,
} from '../support/commit-faults.ts'
import { type Api, openForecourt, saveUser, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { aTask, buildRoom } from '../support/work.ts'

/**
 * A hook that swallows the error of a statement, as careless code might: the transaction is lost
 * from there on.
 */
const swallowError: CollectionAfterOperationHook = async ({ args, req, result }) => {
  if ((args as { data?: { model?: string } }).data?.model === 'Swallowed')
    await getTransaction(req)
      .db.execute(sql`select 1 / 0`)
      .catch(() => undefined)
  return result
}

const careless: Plugin = (config) => {
  const inventory = config.collections?.find(({ slug }) => slug === 'inventory')
  if (inventory)
    inventory.hooks = {
      ...inventory.hooks,
      afterOperation: [...(inventory.hooks?.afterOperation ?? []), swallowError],
    }
  return config
}

let forecourt: TestForecourt
let faults: CommitFaults
let admin: Api
let owner: Owner
let vehicle: Vehicle
let car: Inventory
beforeAll(async () => {
  const task = aTask('be-run', () => Promise.resolve(), { canRun: permissions.canManageLot })
  forecourt = await openForecourt({}, [careless, buildRoom(task)])
  faults = await openCommitFaults(forecourt)
  admin = await forecourt.as('admin')
  owner = await forecourt.asOwner()
  vehicle = await saveVehicle(forecourt.payload, owner.subject)
  car = await saveCar(forecourt.payload)
})
afterEach(() => faults.disarm())
afterAll(() => forecourt.close())

const count = async (from: string, values: unknown[] = []) =>
  Number((await forecourt.sql(`select count(*) from ${from}`, values)).rows[0]?.count)

/** How each fault is answered. */
const ANSWERS: [CommitFault, { status: number; message: unknown }][] = [
  [
    'serialize',
    {
      status: 409,
      message: expect.stringContaining('changed by another request at the same time'),
    },
  ],
  [
    'refuse',
    { status: 500, message: 'The database did not save this change. Nothing was stored.' },
  ],
  ['cut', { status: 503, message: OUTCOME_UNKNOWN }],
]

type Answer = {
  status: number
  headers: Record<string, string>
  body: { errors?: { message: string }[] }
  text: string
}

function expectFailure(answer: unknown, { status, message }: (typeof ANSWERS)[number][1]): void {
  const { body, headers, status: given, text } = answer as Answer
  expect({ status: given, message: body.errors?.[0]?.message }).toEqual({ status, message })
  if (status === 503) expect(headers['retry-after']).toMatch(/^\d+$/)
  expect(text).not.toContain(FAULT_MESSAGE)
}

describe.each(ANSWERS)('a COMMIT that fails (%s)', (fault, expected) => {
  it('keeps no row that was created over REST, and reports that', async () => {
    await faults.arm('fuel_logs', fault)
    const notes = randomUUID()
    expectFailure(
      await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle.id, { notes })),
      expected,
    )
    expect(await count('fuel_logs where notes = $1', [notes])).toBe(0)
  })

  it('leaves no line in the audit log, and the person who was to be dismissed as they were', async () => {
    const user = await saveUser(forecourt.payload, 'viewer')
    const lines = await count('activity_logs')
    await faults.arm('users', fault)
    expectFailure(await admin.patch(`/api/users/${user.id}`).send({ isActive: false }), expected)
    expect(await count('users where id = $1 and is_active', [user.id])).toBe(1)
    expect(await count('activity_logs')).toBe(lines)
  })

  it('deletes nothing', async () => {
    await faults.arm('vehicles', fault)
    expectFailure(await owner.api.delete(`/api/vehicles/${vehicle.id}`), expected)
    expect(await count('vehicles where id = $1 and deleted_at is null', [vehicle.id])).toBe(1)
  })

  it('is an error of its mutation in GraphQL', async () => {
    await faults.arm('vehicles', fault)
    const vin = anyVin()
    const query =
      `mutation { createVehicle(data: { vin: "${vin}", year: 2021, make: "Honda", model: ` +
      '"Accord" }) { id } }'
    const { body, status, text } = await owner.api.post('/api/graphql').send({ query })
    expect(body.errors[0]).toMatchObject({
      message: expected.message,
      extensions: { statusCode: expected.status },
    })
    expect(status).toBe(fault === 'cut' ? 503 : 200)
    expect(text).not.toContain(FAULT_MESSAGE)
    expect(await count('vehicles where vin = $1', [vin])).toBe(0)
  })

  it('is the error of its row in a bulk change', async () => {
    await faults.arm('inventory', fault)
    const answer = await admin
      .patch(`/api/inventory?where[id][equals]=${car.id}`)
      .send({ price: 77 })
    expectFailure(answer, { ...expected, status: expected.status === 500 ? 400 : expected.status })
    expect((answer.body as { docs: unknown[] }).docs).toEqual([])
    expect(await count('inventory where id = $1 and price = 77', [car.id])).toBe(0)
  })

  it('hands out neither cookie nor token at a sign-in', async () => {
    const user = await saveUser(forecourt.payload, 'viewer')
    await faults.arm('users_sessions', fault)
    const answer = await supertest(forecourt.app)
      .post('/api/users/login')
      .send({ email: user.email, password: user.password })
    expectFailure(answer, expected)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).not.toHaveProperty('token')
    expect(await count('users_sessions where _parent_id = $1', [user.id])).toBe(0)
  })

  it('writes no mail, and does not ask for the deletion of an account', async () => {
    const { api, profile } = await forecourt.asOwner()
    const [mails, jobs] = [await count('outgoing_mails'), await count('pgboss.job')]
    await faults.arm('user_profiles', fault)
    expectFailure(await api.post('/api/me/deletion'), expected)
    expect(
      await count('user_profiles where id = $1 and deletion_requested_at is null', [profile]),
    ).toBe(1)
    expect([await count('outgoing_mails'), await count('pgboss.job')]).toEqual([mails, jobs])
  })

  it('queues no job that was run by hand', async () => {
    const jobs = await count('pgboss.job')
    await faults.arm('activity_logs', fault)
    expectFailure(await admin.post('/api/jobs/be-run/run').send({}), expected)
    expect(await count('pgboss.job')).toBe(jobs)
  })

  it('requeues no failed job', async () => {
    const { rows } =
      await forecourt.sql(`insert into job_history (job_name, attempt, worker, started_at,
        completed_at, status, dead, input)
      values ('be-run', 1, 'a test', now(), now(), 'failure', true, '{}') returning id`)
    const jobs = await count('pgboss.job')
    await faults.arm('job_history', fault)
    expectFailure(await admin.post(`/api/jobs/runs/${String(rows[0]?.id)}/requeue`), expected)
    expect(await count('pgboss.job')).toBe(jobs)
    expect(await count('job_history where id = $1 and dead', [rows[0]?.id])).toBe(1)
  })
})

describe('a statement error that is caught before the COMMIT', () => {
  const KEPT_NOTHING = {
    status: 500,
    message: 'The database did not save this change. Nothing was stored.',
  }

  it('is reported as a failure over REST, and no row is kept', async () => {
    const swallowed = aCar({ model: 'Swallowed' })
    expectFailure(await admin.post('/api/inventory').send(swallowed), KEPT_NOTHING)
    expect(await count('inventory where vin = $1', [swallowed['vin']])).toBe(0)
  })

  it('is reported as a failure over GraphQL', async () => {
    const query = `mutation { updateInventory(id: "${car.id}", data: { model: "Swallowed" }) { id }
      }`
    const { body } = await admin.post('/api/graphql').send({ query }).expect(200)
    expect(body.errors[0]).toMatchObject({
      message: KEPT_NOTHING.message,
      extensions: { statusCode: 500 },
    })
    expect(await count("inventory where model = 'Swallowed'")).toBe(0)
  })

  it('undoes its own row of a bulk change and no other', async () => {
    await saveCar(forecourt.payload, { make: 'Bulk' })
    const where = `where[make][equals]=Bulk`
    const { body } = await admin
      .patch(`/api/inventory?${where}`)
      .send({ model: 'Swallowed' })
      .expect(400)
    expect({ docs: body.docs, message: body.errors[0].message }).toEqual({
      docs: [],
      message: KEPT_NOTHING.message,
    })
    await admin.patch(`/api/inventory?${where}`).send({ model: 'Kept' }).expect(200)
  })
})

describe('after a COMMIT that failed', () => {
  it('the connections of the pool work: more requests than there are connections are answered', async () => {
    for (const [fault] of ANSWERS) {
      await faults.arm('inventory', fault)
      await Promise.all(
        Array.from({ length: 12 }, () =>
          admin.patch(`/api/inventory/${car.id}`).send({ price: 3 }),
        ),
      )
      await faults.disarm()
    }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => admin.get('/api/inventory?depth=1')),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    await admin.patch(`/api/inventory/${car.id}`).send({ price: 4 }).expect(200)
  })
})
