import { Readable } from 'node:stream'
import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { findAccount } from '../../access/identity.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeBytes } from '../../api/openapi/operation.ts'
import { limitRequests } from '../../auth/rate-limits/request-limits.ts'
import { getTransaction, type Transaction } from '../../database/transaction.ts'
import { loadDocumentFiles } from '../../documents/store/attached-files.ts'
import type { Document, Vehicle } from '../../generated/payload-types.ts'
import { getDayInZone } from '../domain/days.ts'
import type { Thresholds } from '../domain/due.ts'
import type { OwnerUnits } from '../domain/units.ts'
import { reportVehicle } from '../due-report.ts'
import { buildAttachment } from '../exports/attachment.ts'
import { writeHistoryCsv } from '../exports/history-csv.ts'
import { buildHistoryReport, type VehicleHistory } from '../exports/history-report.ts'
import { type PaperFile, readPapers } from '../exports/papers.ts'
import { writePdf } from '../exports/write-pdf.ts'
import { loadDueVehicles } from '../store/due.ts'
import { loadHistory } from '../store/imports.ts'
import { loadRequestedVehicle, VEHICLE_ID } from './requested-vehicle.ts'
import { loadFillPage } from './vehicle-fuel-logs.ts'
import { loadVehicleStats } from './vehicle-stats.ts'

const TYPES = { csv: 'text/csv; charset=utf-8', pdf: 'application/pdf' } as const

/**
 * GET /api/vehicles/:id/export: the history of a vehicle, as a PDF for a person or as CSV that our
 * own import reads back. For everyone who may read the vehicle.
 */
export const exportVehicleHistory = (defaults: Thresholds): Endpoint =>
  endpoint({
    method: 'get',
    path: '/:id/export',
    summary: 'Export the history of a vehicle as a PDF or as CSV',
    access: callers.allowedByRules,
    params: VEHICLE_ID,
    query: z.object({
      format: z.enum(['pdf', 'csv']).default('pdf'),
      papers: z
        .enum(['true', 'false'])
        .default('false')
        .describe('Whether the PDF contains the files of the documents of the vehicle.'),
    }),
    response: describeBytes('The file.', 'application/pdf'),
    refusals: [400, 401, 403, 404, 429],
    load: loadRequestedVehicle,
    handler: async ({ req, vehicle, units }, { query: { format, papers } }) => {
      const account = findAccount(req)
      if (account) await limitRequests(req, 'export-vehicle', account)
      const body =
        format === 'csv'
          ? writeHistoryCsv(await loadHistory(getTransaction(req).db, vehicle.id))
          : writeHistoryPdf(
              req,
              await loadVehicleHistory(req, vehicle, units, defaults),
              papers === 'true',
            )
      return new Response(body, {
        headers: {
          'content-type': TYPES[format],
          'content-disposition': buildAttachment(vehicle, format),
        },
      })
    },
  })

function writeHistoryPdf(
  req: PayloadRequest,
  history: VehicleHistory,
  withPapers: boolean,
): ReadableStream {
  const size = history.units.system === 'metric' ? 'A4' : 'LETTER'
  const papers = withPapers ? readPapers(req, history.papers) : null
  return Readable.toWeb(writePdf(buildHistoryReport(history), size, papers)) as ReadableStream
}

async function loadVehicleHistory(
  req: PayloadRequest,
  vehicle: Vehicle,
  units: OwnerUnits,
  defaults: Thresholds,
): Promise<VehicleHistory> {
  const { db } = getTransaction(req)
  const now = new Date()
  const today = getDayInZone(now, units.timeZone)
  const all = { page: 1, limit: Number.MAX_SAFE_INTEGER }
  const [rows, { docs: fills }, stats, dueVehicles, documents] = await Promise.all([
    loadHistory(db, vehicle.id),
    loadFillPage(db, vehicle.id, units, all),
    loadVehicleStats(db, vehicle, units),
    loadDueVehicles(db, { userId: vehicle.userId, vehicle: vehicle.id, today }),
    loadDocuments(req, vehicle.id),
  ])
  const [found] = dueVehicles
  if (!found) throw new Error(`The vehicle ${vehicle.id} was deleted during its export.`)
  const due = reportVehicle(found, { units, today, defaults })
  const papers = await loadPaperFiles(db, documents)
  return { vehicle, units, now, rows, fills, stats, due, documents, papers }
}

async function loadPaperFiles(
  db: Transaction['db'],
  documents: readonly Document[],
): Promise<PaperFile[]> {
  const files = await loadDocumentFiles(
    db,
    documents.map(({ id }) => id),
  )
  return documents.flatMap(({ id, title }) =>
    files.filter(({ parent }) => parent.id === id).map((file) => ({ title, file })),
  )
}

async function loadDocuments(req: PayloadRequest, vehicle: string): Promise<Document[]> {
  const { docs } = await req.payload.find({
    collection: 'documents',
    where: { vehicle: { equals: vehicle } },
    sort: '-createdAt',
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
  })
  return docs
}
