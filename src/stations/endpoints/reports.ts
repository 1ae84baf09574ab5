import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { permissions } from '../../access/permissions.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { buildRowSchema, describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { lineInput, uuidInput } from '../../domain/input-schemas.ts'
import type { CommunityStation } from '../../generated/payload-types.ts'
import { runInTransaction } from '../../owners/run-in-transaction.ts'
import { judgeOctane, type WeighedReport } from '../domain/octane.ts'
import { lockOwnReport, loadReports } from '../store/reports.ts'
import { type ReportsAnswer, REPORTS_ANSWER } from './api-schemas.ts'
import { loadRequestedStation, STATION_ID } from './requested-station.ts'

/** The maximum number of reports of which an admin gets the removed ones. */
const MAX_ROWS = 100
const REPLACED = 'Replaced by a newer report'
const ROW = z.strictObject({ doc: buildRowSchema('community-stations'), message: z.string() })

/**
 * GET /api/stations/:id/reports: whether a station sells 93 octane, why, and the reports that
 * decide it. Admins also get who reported, and removed reports.
 */
export const listStationReports = endpoint({
  method: 'get',
  path: '/:id/reports',
  summary: 'Return the reports about a station and whether it sells 93 octane',
  access: callers.anybody,
  params: STATION_ID,
  response: describeJson('The verdict and its reports.', REPORTS_ANSWER),
  refusals: [404],
  load: loadRequestedStation,
  handler: async ({ req, station }) => {
    const { db } = getTransaction(req)
    const rows = permissions.isAnyAdmin({ req }) ? await loadRows(req, station.id) : null
    const { reports, ...verdict } = judgeOctane(await loadReports(db, station.id), new Date())
    const answer: ReportsAnswer = {
      station: { id: station.id, name: station.name },
      verdict: { ...verdict, yes: roundWeight(verdict.yes), no: roundWeight(verdict.no) },
      reports: reports.map((report) => toReport(report, rows !== null)),
      removed: rows && rows.flatMap((row) => toRemovedReport(row) ?? []),
    }
    return answer
  },
})

/** The newest reports about a station as rows, which is recorded as an admin's access. */
async function loadRows(req: PayloadRequest, station: string): Promise<CommunityStation[]> {
  const { docs } = await req.payload.find({
    collection: 'community-stations',
    where: { station: { equals: station } },
    limit: MAX_ROWS,
    sort: '-reportedAt',
    depth: 0,
    overrideAccess: false,
    req,
  })
  return docs
}

const toReport = (
  { reportedAt, reporter, weight, ...report }: WeighedReport,
  isAdmin: boolean,
): ReportsAnswer['reports'][number] => ({
  ...report,
  reportedAt: reportedAt.toISOString(),
  weight: roundWeight(weight),
  reporter: isAdmin ? reporter : null,
})

/** A removed report; null for an active one. */
const toRemovedReport = ({
  id,
  has93Octane = null,
  removedAt,
  removalReason = null,
}: CommunityStation): NonNullable<ReportsAnswer['removed']>[number] | null =>
  removedAt ? { id, has93Octane, removedAt, removalReason } : null

const roundWeight = (weight: number): number => Math.round(weight * 1_000) / 1_000

/**
 * POST /api/stations/:id/reports: an owner reports whether a station sells 93 octane. Their earlier
 * report about it is removed.
 */
export const reportStation = endpoint({
  method: 'post',
  path: '/:id/reports',
  summary: 'Report whether a station sells 93 octane',
  access: callers.owner,
  params: STATION_ID,
  body: z.strictObject({ has93Octane: z.boolean() }),
  bodyExample: '{ "has93Octane": true }',
  status: 201,
  response: describeJson('The report.', ROW),
  refusals: [400, 401, 403, 404, 429],
  load: (context, params) => loadRequestedStation(context, params),
  handler: async ({ req, station, account: { subject: userId } }, { body: { has93Octane } }) => {
    const doc = await runInTransaction(req, async (db) => {
      const earlier = await lockOwnReport(db, { station: station.id, userId })
      if (earlier !== null) await removeReport(req, earlier, REPLACED)
      const data = { station: station.id, userId, has93Octane }
      return req.payload.create({
        collection: 'community-stations',
        data,
        depth: 0,
        overrideAccess: false,
        req,
      })
    })
    return { doc: { ...doc }, message: `Thank you for your report about ${station.name}.` }
  },
})

/** POST /api/community-stations/:id/remove: an owner or an admin removes a report and says why. */
export const removeStationReport = endpoint({
  method: 'post',
  path: '/:id/remove',
  summary: 'Remove a report about a station, with a reason',
  access: callers.allowedByRules,
  params: z.object({ id: uuidInput() }),
  body: z.strictObject({ reason: lineInput().min(1).max(100) }),
  bodyExample: '{ "reason": "The pump was out of order" }',
  response: describeJson('The removed report.', ROW),
  refusals: [400, 401, 403, 404, 409],
  handler: async ({ req }, { params: { id }, body: { reason } }) => {
    const doc = await removeReport(req, id, reason)
    return { doc: { ...doc }, message: 'The report was removed.' }
  },
})

const removeReport = (req: PayloadRequest, id: string, reason: string) =>
  req.payload.update({
    collection: 'community-stations',
    id,
    data: { removedAt: new Date().toISOString(), removalReason: reason },
    depth: 0,
    overrideAccess: false,
    req,
  })
