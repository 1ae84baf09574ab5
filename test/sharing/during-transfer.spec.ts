import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Response } from 'supertest'
import { aFuelLog, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { lockRow } from '../support/http-row-lock.ts'
import { createPdf, fileOf, uploadFile } from '../support/owner-files.ts'
import type { Owner } from '../support/owners.ts'
import { offerTo, readId, saveVerifiedOwner, shareWith } from '../support/sharing.ts'

const EVERYTHING = { withCosts: true, withDocuments: true }
const CSV = 'Date,Odometer,Gallons,Cost\n2026-01-05 10:00,40100,5,15\n'
/** What a request reads that PostgreSQL ended because of a deadlock. */
const DEADLOCK = 'changed by another request at the same time'

let forecourt: TestForecourt
let pdf: Buffer
let owner: Owner
let recipient: Owner
let vehicle: string
/** A row of the vehicle in each table, by its collection, and a file of a log and a document. */
let rows: Record<string, string>

beforeAll(async () => {
  forecourt = await openForecourt({ DB_POOL_MAX: '20' })
  pdf = await createPdf()
})
afterAll(() => forecourt.close())

beforeEach(async () => {
  owner = await saveVerifiedOwner(forecourt)
  recipient = await saveVerifiedOwner(forecourt)
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
  rows = {}
  const bodies: [string, object][] = [
    ['fuel-logs', aFuelLog(vehicle)],
    ['maintenance-logs', { vehicle, category: 'Repair', serviceDate: '2026-02-01', cost: 80 }],
    ['maintenance-schedules', { vehicle, category: 'Repair', intervalMonths: 12 }],
    [
      'ownership-costs',
      { vehicle, kind: 'tax', amount: 90, intervalMonths: 12, startDate: '2026-01-01' },
    ],
    ['documents', { vehicle, title: 'Policy', documentType: 'insurance' }],
  ]
  for (const [slug, body] of bodies)
    rows[slug] = readId(await owner.api.post(`/api/${slug}`).send(body).expect(201))
  for (const slug of ['fuel-logs', 'documents'])
    rows[`file of ${slug}`] = fileOf(
      await uploadFile(owner.api, `${slug}/${rows[slug]}`, pdf).expect(201),
    ).id
})

const accept = (id: string, who = recipient) => who.api.post(`/api/me/transfers/${id}/accept`)
const importCsv = ({ api }: Owner) =>
  api.post(`/api/vehicles/${vehicle}/import`).set('content-type', 'text/csv').send(CSV)

/** The owners of everything about the vehicle: after a transfer, there is only one. */
async function listOwners(): Promise<string[]> {
  const tables = ['fuel_logs', 'maintenance_logs', 'maintenance_schedules', 'ownership_costs']
  const { rows: found } = await forecourt.sql(
    `select user_id from vehicles where id = $1
     ${[...tables, 'documents'].map((table) => `union select user_id from ${table} where vehicle_id = $1`).join(' ')}
     union select user_id from attached_files where fuel_log_id = $2 or document_id = $3`,
    [vehicle, rows['fuel-logs'], rows['documents']],
  )
  return found.map((row) => String((row as { user_id: string }).user_id))
}

/**
 * Sends a write while a transfer has locked the vehicle and waits for one of its rows. Returns the
 * answers of both.
 */
async function writeDuringTransfer(write: () => PromiseLike<Response>) {
  const id = await offerTo(owner, recipient, vehicle, EVERYTHING)
  const held = await lockRow(forecourt.url, 'ownership_costs', String(rows['ownership-costs']))
  const accepted = accept(id).then((answer) => answer)
  await held.waiting(1)
  const written = Promise.resolve(write())
  await held.waiting(2)
  await held.release()
  return { accepted: await accepted, written: await written }
}

const WRITES: [string, number, (who: Owner) => PromiseLike<Response>][] = [
  [
    'a change of the vehicle',
    409,
    ({ api }) => api.patch(`/api/vehicles/${vehicle}`).send({ color: 'Red' }),
  ],
  ['the move of it to the trash', 409, ({ api }) => api.delete(`/api/vehicles/${vehicle}`)],
  ...['fuel-logs', 'maintenance-logs', 'maintenance-schedules', 'documents'].map(
    (slug): (typeof WRITES)[number] => [
      `a change of ${slug}`,
      409,
      ({ api }) => api.patch(`/api/${slug}/${rows[slug]}`).send({ notes: 'mine' }),
    ],
  ),
  ...['fuel-logs', 'maintenance-logs', 'maintenance-schedules'].map(
    (slug): (typeof WRITES)[number] => [
      `a deletion of ${slug}`,
      404,
      ({ api }) => api.delete(`/api/${slug}/${rows[slug]}`),
    ],
  ),
  ['a new log', 400, ({ api }) => api.post('/api/fuel-logs').send(aFuelLog(vehicle))],
  ['a new file', 404, ({ api }) => uploadFile(api, `fuel-logs/${rows['fuel-logs']}`, pdf, 'b.pdf')],
  [
    'another content of a file',
    404,
    ({ api }) => api.put(`/api/files/${rows['file of documents']}`).attach('file', pdf, 'b.pdf'),
  ],
  [
    'the deletion of a file',
    404,
    ({ api }) => api.delete(`/api/files/${rows['file of fuel-logs']}`),
  ],
  ['an import', 404, importCsv],
]

describe('while a transfer is under way', () => {
  it.each(WRITES)('%s by the former owner is refused with %d', async (_, status, write) => {
    const { accepted, written } = await writeDuringTransfer(() => write(owner))
    expect([accepted.status, written.status]).toEqual([200, status])
    expect(written.text).not.toContain(DEADLOCK)
    expect(await listOwners()).toEqual([recipient.subject])
  })

  it.each(WRITES.filter(([name]) => name !== 'the move of it to the trash'))(
    '%s by a former guest is refused',
    async (_, __, write) => {
      const guest = await saveVerifiedOwner(forecourt)
      await shareWith(owner, guest, vehicle, 'editor')
      const { accepted, written } = await writeDuringTransfer(() => write(guest))
      expect(accepted.status).toBe(200)
      expect([400, 403, 404, 409]).toContain(written.status)
      expect(written.text).not.toContain(DEADLOCK)
      expect(await listOwners()).toEqual([recipient.subject])
    },
  )
})

describe('over many rounds', () => {
  /** Offers the vehicle without the limit of offers in an hour. Returns the offer. */
  async function offer(to: Owner): Promise<string> {
    const { rows: found } = await forecourt.sql(
      `insert into vehicle_transfers (vehicle_id, email, with_costs, with_documents, expires_at)
       values ($1, $2, true, true, now() + interval '1 day') returning id`,
      [vehicle, to.email],
    )
    return String((found[0] as { id: string }).id)
  }

  it('accepted twice at once, a vehicle moves once, with all that belongs to it', async () => {
    let [from, to] = [owner, recipient]
    for (let round = 0; round < 20; round++) {
      const id = await offer(to)
      const answers = await Promise.all([accept(id, to), accept(id, to)])
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
      expect(await listOwners()).toEqual([to.subject])
      ;[from, to] = [to, from]
    }
  }, 240_000)

  it('edited by both sides meanwhile, it moves, and no write ends in a deadlock or a 500', async () => {
    let [from, to] = [owner, recipient]
    const counts = new Map<string, number>()
    for (let round = 0; round < 8; round++) {
      const id = await offer(to)
      const notes = `round ${round}`
      const edit = (slug: string) => from.api.patch(`/api/${slug}/${rows[slug]}`).send({ notes })
      const [accepted, ...others] = await Promise.all([
        accept(id, to),
        edit('fuel-logs'),
        edit('maintenance-logs'),
        edit('maintenance-schedules'),
        edit('documents'),
        from.api.patch(`/api/vehicles/${vehicle}`).send({ color: notes }),
        uploadFile(from.api, `documents/${rows['documents']}`, pdf, `${notes}.pdf`),
        from.api.post('/api/fuel-logs').send(aFuelLog(vehicle, { odometer: 40_000 + round })),
      ])
      expect(accepted.status).toBe(200)
      for (const answer of others) {
        expect([200, 201, 400, 403, 404, 409]).toContain(answer.status)
        expect(answer.text).not.toContain(DEADLOCK)
        counts.set(String(answer.status), (counts.get(String(answer.status)) ?? 0) + 1)
      }
      expect(await listOwners()).toEqual([to.subject])
      ;[from, to] = [to, from]
    }
    expect(counts.get('200') ?? 0).toBeGreaterThan(0)
  }, 240_000)
})
