import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { checkHistory } from '../../src/vehicle-history/domain/check-history.ts'
import { parseHistoryFile } from '../../src/vehicle-history/domain/history-file.ts'
import { hashText } from '../../src/vehicle-history/sha256.ts'
import { anyVin } from '../support/builders.ts'
import {
  approveOffer,
  EVERYTHING,
  type OfferedVehicle,
  offerVehicle,
  saveTrackedVehicle,
} from '../support/dealer-offers.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { saveVerifiedOwner } from '../support/sharing.ts'

let forecourt: TestForecourt
let owner: Owner

beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await saveVerifiedOwner(forecourt)
})
afterAll(() => forecourt.close())

const send = async (vehicle: string, share: object = EVERYTHING, who = owner) =>
  (await offerVehicle(who, vehicle, share).expect(201)).body as OfferedVehicle

/** A car on the lot with a shared history, and the vehicle that it was. */
async function saveSharedCar(vin = anyVin()) {
  const vehicle = await saveTrackedVehicle(forecourt, owner, vin)
  const offered = await send(vehicle)
  const { car } = await approveOffer(forecourt, offered.reference)
  return { vehicle, car, vin, ...offered }
}

const getHistory = (car: string, api = forecourt.anonymous) =>
  api.get(`/api/inventory/${car}/history`)

function check(text: string) {
  const parsed = parseHistoryFile(text)
  return 'problem' in parsed ? parsed : checkHistory(parsed.history, hashText)
}

describe('the history of a car', () => {
  it('is what its last owner shared, for everybody, with its proof', async () => {
    const { car, vin, head } = await saveSharedCar()
    const { body, text } = await getHistory(car).expect(200)
    const day = new Date().toISOString().slice(0, 10)
    const counts = { maintenance: 1, fuel: 2, document: 1 }
    expect(check(text)).toEqual({ summary: { vin, day, counts } })
    expect(body).toMatchObject({
      vin,
      head,
      algorithm: 'SHA-256 of RFC 8785 canonical JSON',
      records: [
        { kind: 'vehicle', vin, counts, previous: null },
        { kind: 'document', type: 'insurance', issuedDate: '2026-01-01', expirationDate: null },
        {
          kind: 'maintenance',
          day: '2026-02-01',
          odometer: 30_000,
          category: 'Shown work',
          subtypes: ['Dyno run'],
        },
        { kind: 'fuel', day: '2026-03-01', odometer: 31_000, amount: 10, economy: null },
        { kind: 'fuel', day: '2026-03-04', odometer: 31_300, economy: 30, economyUnit: 'mpg' },
      ],
    })
  })

  it('ignores work without a name among the work that was done', async () => {
    const vehicle = await saveTrackedVehicle(forecourt, owner)
    await forecourt.sql(
      `update maintenance_logs set subtypes = array['Dyno run', null] where vehicle_id = $1`,
      [vehicle],
    )
    const share = { maintenance: true, fuel: false, documents: false }
    const { car } = await approveOffer(forecourt, (await send(vehicle, share)).reference)
    const { body } = await getHistory(car).expect(200)
    expect(JSON.stringify(body)).toContain('["Dyno run"]')
  })

  it('has only the parts that were shared', async () => {
    const vehicle = await saveTrackedVehicle(forecourt, owner)
    const share = { maintenance: false, fuel: true, documents: false }
    const { car } = await approveOffer(forecourt, (await send(vehicle, share)).reference)
    const { body } = await getHistory(car).expect(200)
    const { records } = body as { records: { kind: string; counts?: object }[] }
    expect(records.map(({ kind }) => kind)).toEqual(['vehicle', 'fuel', 'fuel'])
    expect(records[0]?.counts).toEqual({ fuel: 2 })
  })

  it('is frozen: nothing that happens in the garage later changes it', async () => {
    const { car, vehicle } = await saveSharedCar()
    const { text } = await getHistory(car).expect(200)
    for (const table of ['fuel_logs', 'maintenance_logs', 'documents'])
      await forecourt.sql(`delete from ${table} where vehicle_id = $1`, [vehicle])
    expect((await getHistory(car)).text).toBe(text)
    await owner.api.delete(`/api/vehicles/${vehicle}`).expect(200)
    const admin = await forecourt.as('admin')
    await admin.delete(`/api/vehicles/${vehicle}?trash=true`).expect(200)
    expect((await getHistory(car)).text).toBe(text)
  })

  it('is seen with its car alone, by staff always, and goes with it', async () => {
    const { car, head } = await saveSharedCar()
    const [manager, admin] = [await forecourt.as('manager'), await forecourt.as('admin')]
    await manager.patch(`/api/inventory/${car}`).send({ status: 'hold' }).expect(200)
    await getHistory(car).expect(404)
    await getHistory(car, owner.api).expect(404)
    expect((await getHistory(car, manager).expect(200)).headers).toMatchObject({
      'cache-control': 'no-store',
    })
    await admin.delete(`/api/inventory/${car}`).expect(200)
    await getHistory(car, manager).expect(404)
    const { rows } = await forecourt.sql('select 1 from shared_histories where head = $1', [head])
    expect(rows).toEqual([])
  })

  it('is revalidated by caches, with an ETag', async () => {
    const { car } = await saveSharedCar()
    const { headers } = await getHistory(car).expect(200)
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', etag: expect.any(String) })
    await getHistory(car).set('If-None-Match', String(headers['etag'])).expect(304)
  })

  it('is of the VIN that the car has', async () => {
    const { car, vin } = await saveSharedCar()
    const manager = await forecourt.as('manager')
    await manager.patch(`/api/inventory/${car}`).send({ vin: anyVin() }).expect(200)
    await getHistory(car).expect(404)
    await manager.patch(`/api/inventory/${car}`).send({ vin }).expect(200)
    await getHistory(car).expect(200)
  })

  it('is of the car, however its VIN was written in the garage', async () => {
    const vin = anyVin()
    const vehicle = await saveTrackedVehicle(forecourt, owner, vin)
    await forecourt.sql('update vehicles set vin = lower(vin) where id = $1', [vehicle])
    const { car } = await approveOffer(forecourt, (await send(vehicle)).reference)
    expect((await getHistory(car).expect(200)).body).toMatchObject({ vin })
  })

  it('does not come with a submission whose VIN was corrected since', async () => {
    const { reference } = await send(await saveTrackedVehicle(forecourt, owner))
    await forecourt.sql('update pending_submissions set vin = $2 where reference = $1', [
      reference,
      anyVin(),
    ])
    const { car, carried } = await approveOffer(forecourt, reference)
    expect(carried).toBe(false)
    const { body } = await forecourt.anonymous.get(`/api/inventory/${car}`).expect(200)
    expect(body).toMatchObject({ historyHead: null })
  })

  it('is not written by staff', async () => {
    const { car, head } = await saveSharedCar()
    const manager = await forecourt.as('manager')
    const forged = { historyHead: 'a'.repeat(64) }
    await manager.patch(`/api/inventory/${car}`).send(forged)
    const { body } = await manager.get(`/api/inventory/${car}`).expect(200)
    expect(body).toMatchObject({ historyHead: head })
  })

  it('is the newest one when the car comes back, and stays if nothing new is shared', async () => {
    const { car, vin, head } = await saveSharedCar()
    const next = await saveVerifiedOwner(forecourt)
    const vehicle = await saveTrackedVehicle(forecourt, next, vin)
    const silent = await send(vehicle, { maintenance: false, fuel: false, documents: false }, next)
    expect(await approveOffer(forecourt, silent.reference, car)).toEqual({ car, carried: false })
    expect((await getHistory(car)).body).toMatchObject({ head })
    const shared = await send(vehicle, { ...EVERYTHING, fuel: false }, next)
    expect(await approveOffer(forecourt, shared.reference, car)).toEqual({ car, carried: true })
    expect((await getHistory(car)).body).toMatchObject({ head: shared.head })
    const found = await forecourt.anonymous.get(`/api/inventory/${car}`).expect(200)
    expect(found.body).toMatchObject({ historyHead: shared.head })
  })

  it.each(['none', '00000000-0000-4000-8000-000000000000'])('of %s is a 404', async (id) => {
    await getHistory(id).expect(404)
  })
})

describe('a shared history', () => {
  it('is seen by staff before the approval, and by nobody else', async () => {
    const vehicle = await saveTrackedVehicle(forecourt, owner)
    const { reference, head } = await send(vehicle)
    const { rows } = await forecourt.sql(
      'select id from pending_submissions where reference = $1',
      [reference],
    )
    const path = `/api/pending-submissions/${rows[0]?.id}/history`
    const { body, text } = await (await forecourt.as('viewer')).get(path).expect(200)
    expect(body).toMatchObject({ head })
    expect(check(text)).toHaveProperty('summary')
    await owner.api.get(path).expect(403)
    await forecourt.anonymous.get(path).expect(401)
  })

  it('has nothing of its owner: no text of theirs, however it is stored', async () => {
    const vehicle = await saveTrackedVehicle(forecourt, owner)
    await forecourt.sql(
      `insert into attached_files (user_id, document_id, file_name, content_type, file_size,
         storage_key) select user_id, id, 'Marker7.pdf', 'Marker7', 1, 'Marker7'
       from documents where vehicle_id = $1`,
      [vehicle],
    )
    const planted = await plantMarkers(vehicle)
    expect(planted).toEqual(
      expect.arrayContaining(
        [
          'fuel_logs.location_data fuel_logs.notes fuel_logs.fuel_grade fuel_logs.fuel_type',
          'maintenance_logs.shop_name maintenance_logs.category maintenance_logs.subtypes',
          'documents.title documents.notes documents.details documents.file_name',
        ].flatMap((line) => line.split(' ')),
      ),
    )
    const { rows } = await forecourt.sql(
      `select id from fuel_logs where vehicle_id = $1 union select id from documents
       where vehicle_id = $1 union select id from maintenance_logs where vehicle_id = $1`,
      [vehicle],
    )
    const { car } = await approveOffer(forecourt, (await send(vehicle)).reference)
    const { text, body } = await getHistory(car).expect(200)
    expect((body as { records: object[] }).records).toHaveLength(5)
    const ids = (rows as { id: string }[]).map(({ id }) => id)
    for (const secret of [...ids, vehicle, owner.subject, owner.email, 'Marker7', '8123.45'])
      expect(text).not.toContain(secret)
  })

  /**
   * Plants a marker in every text of the rows of a vehicle, whatever the column; answers with the
   * columns.
   */
  async function plantMarkers(vehicle: string): Promise<string[]> {
    const { rows } = await forecourt.sql(
      `select table_name as table, column_name as name, data_type as type
       from information_schema.columns
       where table_name in ('fuel_logs', 'maintenance_logs', 'documents')
         and data_type in ('character varying', 'text', 'ARRAY', 'jsonb')
         and column_name not in ('user_id', 'document_type')`,
    )
    const columns = rows as { table: string; name: string; type: string }[]
    for (const { table, name, type } of columns) {
      const marker = { ARRAY: `array['Marker7']`, jsonb: `'{"Marker7": "Marker7"}'` }[type]
      await forecourt.sql(
        `update ${table} set ${name} = ${marker ?? "'Marker7'"} where vehicle_id = $1`,
        [vehicle],
      )
    }
    return columns.map(({ table, name }) => `${table}.${name}`)
  }
})
