import { createLocalReq } from 'payload'
import { runInTransaction } from '../../src/owners/run-in-transaction.ts'
import { carryHistory } from '../../src/vehicle-history/store/carry-history.ts'
import type { TestForecourt } from './forecourt.ts'
import { aFuelLog, anyVin, saveCar, saveSubtype, saveVehicle } from './builders.ts'
import type { Owner } from './owners.ts'

/** Sharing everything, as the body of an offer. */
export const EVERYTHING = { maintenance: true, fuel: true, documents: true }

/** The answer to an offer. */
export type OfferedVehicle = {
  reference: string
  url: string
  head: string | null
  records: number
}

type Forecourt = Pick<TestForecourt, 'payload' | 'sql'>

/**
 * A vehicle of an owner with two fills, a maintenance job and a document. The catalog gets the
 * words of the job.
 */
export async function saveTrackedVehicle(
  { payload, sql }: Forecourt,
  { api, subject }: Pick<Owner, 'api' | 'subject'>,
  vin = anyVin(),
): Promise<string> {
  const { id } = await saveVehicle(payload, subject, { vin })
  const { rows } = await sql("select 1 from maintenance_subtypes where name = 'Dyno run'")
  if (rows.length === 0) await saveSubtype(payload, 'Shown work', 'Dyno run')
  const job = { category: 'Shown work', subtypes: ['Dyno run'], serviceDate: '2026-02-01' }
  const bodies: [string, object][] = [
    ['fuel-logs', aFuelLog(id, { odometer: 31_000, fuelType: 'gasoline' })],
    ['fuel-logs', aFuelLog(id, { odometer: 31_300, dateTime: '2026-03-04T10:00:00.000Z' })],
    ['maintenance-logs', { vehicle: id, ...job, odometer: 30_000, cost: 8123.45, shopName: 'Bob' }],
    [
      'documents',
      { vehicle: id, title: 'Policy', documentType: 'insurance', issuedDate: '2026-01-01' },
    ],
  ]
  for (const [slug, body] of bodies) await api.post(`/api/${slug}`).send(body).expect(201)
  return id
}

/** Sends a vehicle to the dealer, as its owner does. */
export const offerVehicle = (
  { api }: Pick<Owner, 'api'>,
  vehicle: string,
  share: object = EVERYTHING,
) => api.post(`/api/vehicles/${vehicle}/submit-to-dealer`).send({ askingPrice: 21_500, share })

/** The id of the latest submission with a reference. */
export async function findSubmission({ sql }: Forecourt, reference: string): Promise<string> {
  const { rows } = await sql('select id from pending_submissions where reference = $1', [reference])
  return String(rows[0]?.id)
}

/** Makes a car of a submission, as the approval does, or gives it to one that is there. */
export async function approveOffer(
  forecourt: Forecourt,
  reference: string,
  existing?: string,
): Promise<{ car: string; carried: boolean }> {
  const { payload, sql } = forecourt
  const submission = await findSubmission(forecourt, reference)
  const { rows } = await sql(
    `update pending_submissions set submission_status = 'approved' where id = $1 returning vin`,
    [submission],
  )
  const car = existing ?? (await saveCar(payload, { vin: String(rows[0]?.vin) })).id
  const req = await createLocalReq({}, payload)
  const carried = await runInTransaction(req, () => carryHistory(req, submission, car))
  return { car, carried }
}
