import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson, REFUSAL } from '../../api/openapi/operation.ts'
import { integerInput, lineInput } from '../../domain/input-schemas.ts'
import { getService } from '../../services.ts'
import '../vin-decoder.ts'

const text = z.string().nullable()

/** GET /api/vin/recalls */
const RECALLS = z.strictObject({
  make: z.string(),
  model: z.string(),
  year: z.number().int(),
  note: z.string().describe('What the list means for one vehicle.'),
  recalls: z.array(
    z.strictObject({
      campaign: z.string().describe('NHTSA’s number of the recall.'),
      component: text,
      summary: text,
      consequence: text,
      remedy: text,
      reportedOn: z.iso.date().nullable(),
    }),
  ),
})

const NOTE =
  'These recalls may apply: they are listed for the model, not for one vehicle. Check the VIN at ' +
  'nhtsa.gov/recalls or ask a dealer.'
const RETRY_SECONDS = 30

/**
 * GET /api/vin/recalls?make=&model=&year=: the recalls of a model that NHTSA lists, which may apply
 * to a vehicle. Responds with 501 while it is off.
 */
export const findRecalls = endpoint({
  method: 'get',
  path: '/vin/recalls',
  summary: 'Return the recalls that may apply to a model',
  access: callers.ownerOrStaff({ kind: 'find-recalls', resource: 'recalls' }),
  query: z.object({
    make: lineInput().min(1).max(100),
    model: lineInput().min(1).max(100),
    year: integerInput(1900, 2100),
  }),
  response: describeJson('The recalls.', RECALLS),
  refusals: [400, 401, 403, 429, 501],
  otherResponses: {
    503: describeJson('The database or NHTSA is unavailable; see Retry-After.', REFUSAL),
  },
  handler: async ({ req }, { query }) => {
    const { recalls: source } = getService(req.payload, 'vinSources')
    if (!source)
      throw new APIError('Recalls are not looked up on this server: set NHTSA_RECALLS_URL.', 501)
    const result = await source.find(query)
    if (result.status === 'found') return { ...query, note: NOTE, recalls: result.recalls }
    const headers = { 'retry-after': String(RETRY_SECONDS) }
    return Response.json({ errors: [{ message: result.message }] }, { status: 503, headers })
  },
})
