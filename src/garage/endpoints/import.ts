import { APIError, Forbidden, type PayloadRequest } from 'payload'
import type { z } from 'zod'
import { findAccount } from '../../access/identity.ts'
import { canWriteVehicle } from '../../access/vehicle-access.ts'
import { callers, type EndpointContext } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, describeRefusals } from '../../api/openapi/operation.ts'
import { countWrite, findLimitedOwner } from '../../auth/rate-limits/owner-limits.ts'
import { limitRequests } from '../../auth/rate-limits/request-limits.ts'
import { formatCount } from '../../domain/format-count.ts'
import { importFile, previewImport } from '../imports/import-file.ts'
import type { ImportChoices, ImportPlan } from '../imports/plan-import.ts'
import { readUpload } from '../imports/read-upload.ts'
import {
  DELIMITER_NAMES,
  IMPORT_OPTIONS,
  IMPORT_RESULT,
  toChosenCategories,
} from './import-schemas.ts'
import { loadRequestedVehicle, VEHICLE_ID } from './requested-vehicle.ts'

/** How many rows of each list a response contains. */
const MAX_LISTED = 200
const MAX_PREVIEWED = 20

type Options = z.output<typeof IMPORT_OPTIONS>
type Result = z.input<typeof IMPORT_RESULT>

/**
 * POST /api/vehicles/:id/import: adds the rows of a file of another program, or of our own export,
 * to a vehicle. For everyone who may add logs to it. A row that the vehicle has is not added again.
 */
export const importVehicleHistory = endpoint({
  method: 'post',
  path: '/:id/import',
  summary: 'Import fuel logs and maintenance logs from a CSV file',
  access: callers.allowedByRules,
  params: VEHICLE_ID,
  query: IMPORT_OPTIONS,
  response: describeJson('What was added, known and refused.', IMPORT_RESULT),
  refusals: [400, 401, 403, 404, 422, 429],
  otherResponses: describeRefusals(413, 415),
  load: loadImportTarget,
  handler: async ({ req, vehicle, units }, { query }) => {
    const bytes = await readUpload(req)
    const choices = toChoices(query)
    const request = { vehicle, units, bytes, choices, confirmOdometer: query.confirmOdometer }
    const plan = await (query.dryRun ? previewImport : importFile)(req, request)
    return toResult(plan, query.dryRun)
  },
})

/** The same as loadRequestedVehicle, for callers who may add logs; counts the import. */
async function loadImportTarget(context: EndpointContext, params: z.output<typeof VEHICLE_ID>) {
  const { req } = context
  const target = await loadRequestedVehicle(context, params)
  if (!canWriteVehicle(req, target.vehicle)) throw new Forbidden(req.t)
  await countImport(req)
  return target
}

/** Counts an import of an owner. Throws a 429 if there were too many. */
async function countImport(req: PayloadRequest): Promise<void> {
  const account = findAccount(req)
  if (account) await limitRequests(req, 'import', account)
  const owner = findLimitedOwner(req)
  if (owner !== null) await countWrite(req, owner)
}

const toChoices = ({ delimiter, mapping, categories, ...options }: Options): ImportChoices => ({
  ...options,
  delimiter: delimiter && DELIMITER_NAMES[delimiter],
  mapping: mapping ?? {},
  categories: toChosenCategories(categories ?? {}),
})

function toResult(plan: ImportPlan, dryRun: boolean): Result {
  const { added, detected, known, questions, refused, total, unknownWords, warnings } = plan
  const count = (kind: string) => added.filter(({ row }) => row.kind === kind).length
  return {
    dryRun,
    message: describeResult(plan, dryRun),
    detected: { ...detected, columns: [...detected.columns], delimiter: nameDelimiter(plan) },
    questions,
    unknownWords,
    counts: {
      rows: total,
      added: added.length,
      known: known.length,
      refused: refused.length,
      fuel: count('fuel'),
      maintenance: count('maintenance'),
      schedules: count('schedule'),
      ownershipCosts: count('cost'),
    },
    rows: added.slice(0, MAX_PREVIEWED).map(({ line, row }) => ({ line, ...row })),
    refused: refused
      .slice(0, MAX_LISTED)
      .map(({ line, reasons }) => ({ line, reasons: [...reasons] })),
    warnings: warnings.slice(0, MAX_LISTED),
  }
}

function nameDelimiter({ detected }: ImportPlan): Result['detected']['delimiter'] {
  const names = Object.keys(DELIMITER_NAMES) as (keyof typeof DELIMITER_NAMES)[]
  const name = names.find((each) => DELIMITER_NAMES[each] === detected.delimiter)
  if (name === undefined) throw new APIError('The delimiter has no name.')
  return name
}

function describeResult({ added, known, questions, refused }: ImportPlan, dryRun: boolean): string {
  if (questions.length > 0) return 'Answer the questions first; nothing was imported.'
  const verb = dryRun ? 'to add' : 'added'
  return (
    `${formatCount(added.length, 'row')} ${verb}, ${formatCount(known.length, 'known row')}, ` +
    `${formatCount(refused.length, 'refused row')}.`
  )
}
