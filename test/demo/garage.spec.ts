import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from '@payloadcms/db-postgres'
import type { DemoVehicle } from '../../src/demo/garage/demo-owner.ts'
import { demoOwners } from '../../src/demo/garage/demo-owners.ts'
import { loadDemoGarage, removeDemoGarage } from '../../src/demo/garage/load.ts'
import { getPostgresAdapter, getTransaction } from '../../src/database/transaction.ts'
import { loadDemo, unloadDemo } from '../../src/demo/load.ts'
import { runInTransaction } from '../../src/demo/transaction.ts'
import { buildDemoSubject } from '../../src/domain/demo-subject.ts'
import { parseVin } from '../../src/domain/vin.ts'
import { saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

const NOW = new Date()
const vehicles: readonly DemoVehicle[] = demoOwners.flatMap((owner) => owner.vehicles)
const sum = (count: (vehicle: DemoVehicle) => number) =>
  vehicles.reduce((total, vehicle) => total + count(vehicle), 0)
const COUNTS = {
  user_profiles: 2,
  user_preferences: 2,
  vehicles: 3,
  fuel_logs: sum(({ fuel }) => fuel.fills.length),
  maintenance_logs: sum(({ services }) => services.length),
  maintenance_schedules: sum(({ schedules }) => schedules.length),
  documents: sum(({ documents }) => documents.length),
  ownership_costs: sum(({ costs }) => costs.length),
  attached_files: 5,
  vehicle_shares: 1,
  outgoing_mails: 2,
}
const EMPTY = Object.fromEntries(Object.keys(COUNTS).map((table) => [table, 0]))

type Summary = {
  currency: string
  distanceUnit: string
  due: { counts: object; next: { subtypes: string[]; status: string }[] }
  expiring: object[]
  spend: { last30Days: { fuel: number; ownership: number } }
  vehicleList: { id: string; title: string; odometer: number; image: string | null }[]
  storage: { bytes: number }
}

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

async function countRows(): Promise<Record<string, number>> {
  const counts = Object.keys(COUNTS).map(async (table) => {
    const { rowCount } = await forecourt.sql(`select from ${table}`)
    return [table, rowCount ?? 0] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

const listFiles = async () => {
  const names = await readdir(path.join(forecourt.settings.DATA_DIR, 'files'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => [])
  return names.filter((entry) => entry.isFile()).map(({ name }) => name)
}

async function readSummary(name: string): Promise<Summary> {
  const { rows } = await forecourt.sql('select id from user_profiles where auth0_sub = $1', [
    buildDemoSubject(name),
  ])
  const { id } = rows[0] as { id: string }
  const admin = await forecourt.as('admin')
  return (await admin.get(`/api/user-profiles/${id}/summary`).expect(200)).body as Summary
}

describe('what is declared of the demo garage', () => {
  it('has VINs with valid check digits, each once', () => {
    for (const { facts } of vehicles)
      expect(parseVin(facts.vin)).toEqual({ vin: facts.vin, warnings: [] })
    expect(new Set(vehicles.map(({ facts }) => facts.vin)).size).toBe(vehicles.length)
  })

  it('has a year of purchases in order, a partial and a missed one among those of fuel', () => {
    for (const { fuel, services } of vehicles) {
      const logs = [
        ...fuel.fills.map(([daysAgo, odometer]) => ({ daysAgo, odometer })),
        ...services,
      ].toSorted((one, other) => other.daysAgo - one.daysAgo)
      const odometers = logs.map(({ odometer }) => odometer)
      expect(odometers).toEqual(odometers.toSorted((one, other) => one - other))
      expect(logs[0]?.daysAgo).toBeGreaterThan(350)
      expect(logs.at(-1)?.daysAgo).toBeLessThan(10)
      const special = fuel.fills.flatMap(([, , , , what]) => what ?? []).toSorted()
      expect(special).toEqual(fuel.type === 'gasoline' ? ['missed', 'partial'] : [])
    }
  })
})

describe('loading the demo garage', () => {
  it('does nothing without the demo cars, and nothing where somebody has a vehicle', async () => {
    expect(await loadDemoGarage(forecourt.payload, NOW)).toBe(0)
    await loadDemo(forecourt.payload, NOW)
    const owner = await forecourt.asOwner()
    await saveVehicle(forecourt.payload, owner.subject)
    expect(await loadDemoGarage(forecourt.payload, NOW)).toBe(0)
    await forecourt.sql('delete from vehicles')
    await forecourt.sql('delete from user_profiles')
  })

  it('may be kept waiting by a start for longer than other transactions', async () => {
    const { rows } = await runInTransaction(forecourt.payload, (tx) =>
      getTransaction(tx).db.execute(sql`show idle_in_transaction_session_timeout`),
    )
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '0' }])
    const after = await getPostgresAdapter(forecourt.payload).drizzle.execute(
      sql`show idle_in_transaction_session_timeout`,
    )
    expect(after.rows).toEqual([{ idle_in_transaction_session_timeout: '30s' }])
  })

  it('saves nothing if a row is refused', async () => {
    const refuse = 'alter table ownership_costs add constraint refuse check (amount < 400)'
    await forecourt.ownerSql(refuse)
    await expect(loadDemoGarage(forecourt.payload, NOW)).rejects.toThrow()
    await forecourt.ownerSql('alter table ownership_costs drop constraint refuse')
    expect(await countRows()).toEqual(EMPTY)
    expect(await listFiles()).toEqual([])
  })

  it('saves each row once, and no mail is queued', async () => {
    expect(await loadDemoGarage(forecourt.payload, NOW)).toBe(3)
    expect(await loadDemoGarage(forecourt.payload, NOW)).toBe(0)
    expect(await countRows()).toEqual(COUNTS)
    const queued = await forecourt.sql(`select from pgboss.job where name = 'send-mail'`)
    expect(queued.rowCount).toBe(0)
    const mails = await forecourt.sql('select distinct status, answer from outgoing_mails')
    expect(mails.rows).toEqual([{ status: 'sent', answer: 'Demo data: this e-mail was not sent.' }])
  })
})

describe('the loaded demo garage', () => {
  it('shows something overdue, due soon and not due, in the units of each owner', async () => {
    const alex = await readSummary('alex-rivera')
    expect(alex).toMatchObject({
      currency: 'USD',
      distanceUnit: 'mi',
      due: {
        counts: { overdue: 1, due_soon: 1, ok: 3, unknown: 0 },
        next: [
          { subtypes: ['Oil change'], status: 'overdue' },
          { subtypes: ['Tire rotation'], status: 'due_soon' },
        ],
      },
    })
    const robin = await readSummary('robin-tremblay')
    expect(robin).toMatchObject({ currency: 'CAD', distanceUnit: 'km' })
    expect(robin.due.next).toMatchObject([{ subtypes: ['Safety inspection'], status: 'due_soon' }])
    expect(robin.vehicleList).toMatchObject([{ odometer: 67_988 }])
  })

  it('has a document that expires soon, and one that expired and was renewed', async () => {
    const { expiring, vehicleList } = await readSummary('alex-rivera')
    expect(expiring).toMatchObject([{ title: 'Auto insurance', daysLeft: expect.any(Number) }])
    const tesla = vehicleList.find(({ title }) => title.includes('Tesla'))
    const admin = await forecourt.as('admin')
    const path = `/api/vehicles/${tesla?.id}/documents-status`
    expect(JSON.stringify((await admin.get(path).expect(200)).body)).toContain('expired')
  })

  it('has photos, files that open, and costs up to now', async () => {
    const { spend, storage, vehicleList } = await readSummary('alex-rivera')
    const admin = await forecourt.as('admin')
    for (const { image } of vehicleList) await admin.get(String(image)).expect(200)
    const { rows } = await forecourt.sql(
      'select id from attached_files where document_id is not null',
    )
    for (const { id } of rows as { id: string }[]) await admin.get(`/api/files/${id}`).expect(200)
    expect(spend.last30Days.fuel).toBeGreaterThan(0)
    expect(spend.last30Days.ownership).toBeGreaterThan(0)
    expect(storage.bytes).toBeGreaterThan(30_000)
  })

  it('has a plausible economy of every vehicle, in mpg, mi per kWh and l per 100 km', async () => {
    const ranges: Record<string, [number, number]> = {
      'Honda Accord': [28, 34],
      'Tesla Model 3': [3.4, 4.2],
      'Subaru Outback': [7.5, 10.5],
    }
    const admin = await forecourt.as('admin')
    const { rows } = await forecourt.sql('select id, make, model from vehicles')
    for (const { id, make, model } of rows as Record<'id' | 'make' | 'model', string>[]) {
      const { body } = await admin.get(`/api/vehicles/${id}/stats`).expect(200)
      const { fuels } = body as { fuels: { economy: { average: { value: number } } }[] }
      const [least = 0, most = 0] = ranges[`${make} ${model}`] ?? []
      expect(fuels[0]?.economy.average.value).toBeGreaterThan(least)
      expect(fuels[0]?.economy.average.value).toBeLessThan(most)
    }
  })

  it('is visible to the guest, too', async () => {
    const { rows } = await forecourt.sql('select guest_id as guest, role from vehicle_shares')
    expect(rows).toEqual([{ guest: buildDemoSubject('robin-tremblay'), role: 'viewer' }])
  })
})

describe('removing the demo garage', () => {
  it('leaves the rows of others, and an owner who has some of them', async () => {
    const subject = buildDemoSubject('robin-tremblay')
    const own = await saveVehicle(forecourt.payload, subject)
    expect(await removeDemoGarage(forecourt.payload)).toEqual({ owners: 1, vehicles: 3 })
    const { rows } = await forecourt.sql('select id, user_id from vehicles')
    expect(rows).toEqual([{ id: own.id, user_id: subject }])
    expect(await countRows()).toEqual({
      ...EMPTY,
      vehicles: 1,
      user_profiles: 1,
      user_preferences: 1,
    })
    expect(await listFiles()).toEqual([])
    await forecourt.sql('delete from vehicles')
  })

  it('removes the rest with the demo, which does not come back', async () => {
    expect(await unloadDemo(forecourt.payload)).toMatchObject({ owners: 1, vehicles: 0 })
    expect(await countRows()).toEqual(EMPTY)
    expect(await loadDemoGarage(forecourt.payload, NOW)).toBe(0)
  })
})
