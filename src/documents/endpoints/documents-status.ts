import type { Endpoint } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { getDayInZone } from '../../garage/domain/days.ts'
import { findSilence } from '../../garage/domain/due.ts'
import { loadRequestedVehicle, VEHICLE_ID } from '../../garage/endpoints/requested-vehicle.ts'
import type { Vehicle } from '../../generated/payload-types.ts'
import { computeExpiry, EXPIRY_STATUSES, findCurrentDocuments } from '../domain/document-status.ts'
import { loadVehicleDocuments, type VehicleDocument } from '../store/vehicle-documents.ts'

const TYPE = z.enum(['insurance', 'registration', 'manual'])
const DAY = z.iso.date().nullable()
const STATUS = z
  .enum(EXPIRY_STATUSES)
  .describe('On the day that it expires, a document is still valid.')

const DOCUMENT = z.strictObject({
  id: z.string(),
  title: z.string(),
  documentType: TYPE,
  issuedDate: DAY,
  expirationDate: DAY,
  files: z.number().int().describe('How many files it has.'),
  status: STATUS,
  daysLeft: z.number().int().nullable().describe('Until it expires; negative if it has.'),
  isCurrent: z.boolean().describe('It is the newest valid one of its type, which counts.'),
})

/** The documents of a vehicle and their states. */
export const DOCUMENTS_STATUS = z.strictObject({
  vehicle: z.string(),
  today: z.iso.date().describe('The day that it is in the time zone of the owner.'),
  timeZone: z.string(),
  silence: z
    .string()
    .nullable()
    .describe('Why nothing is due: the vehicle is sold or archived. Null for a vehicle in use.'),
  types: z
    .array(
      z.strictObject({
        documentType: TYPE,
        status: z.union([STATUS, z.literal('missing')]),
        document: z.string().nullable().describe('The ID of the one that counts.'),
      }),
    )
    .describe('What counts for each type: its newest valid document, else its newest one.'),
  documents: z.array(DOCUMENT),
})

type Answer = z.input<typeof DOCUMENTS_STATUS>

/**
 * GET /api/vehicles/:id/documents-status: which documents of a vehicle are valid, expire soon or
 * are expired, and which one of each type counts. For everyone who may read the vehicle.
 */
export const buildDocumentsStatus = (soonDays: number): Endpoint =>
  endpoint({
    method: 'get',
    path: '/:id/documents-status',
    summary: 'Return which documents of a vehicle are valid, expire soon or are expired',
    access: callers.allowedByRules,
    params: VEHICLE_ID,
    response: describeJson('The documents, the newest first.', DOCUMENTS_STATUS),
    refusals: [400, 401, 403, 404],
    load: loadRequestedVehicle,
    handler: async ({ req, vehicle, units: { timeZone } }) => {
      const documents = await loadVehicleDocuments(getTransaction(req).db, vehicle.id)
      const today = getDayInZone(new Date(), timeZone)
      const report = reportDocuments(documents, {
        soonDays: vehicle.dueSoonDays ?? soonDays,
        today,
      })
      return {
        vehicle: vehicle.id,
        today,
        timeZone,
        silence: readSilence(vehicle, today),
        ...report,
      }
    },
  })

const readSilence = ({ isActive, soldDate }: Vehicle, today: string): string | null =>
  findSilence({ isActive: isActive !== false, soldDate: soldDate ?? null }, today)

function reportDocuments(
  rows: readonly VehicleDocument[],
  context: { soonDays: number; today: string },
): Pick<Answer, 'types' | 'documents'> {
  const current = findCurrentDocuments(rows, context.today)
  const documents = rows.map(({ createdDay: _, ...row }) => ({
    ...row,
    ...computeExpiry(row, context),
    isCurrent: current.get(row.documentType)?.id === row.id,
  }))
  const types = TYPE.options.map((documentType) => {
    const found = documents.find((one) => one.isCurrent && one.documentType === documentType)
    return {
      documentType,
      status: found?.status ?? ('missing' as const),
      document: found?.id ?? null,
    }
  })
  return { types, documents }
}
