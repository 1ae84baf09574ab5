import { APIError } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { integerInput } from '../../domain/input-schemas.ts'
import { isWrittenAsVin, parseVin } from '../../domain/vin.ts'
import { VIN_DECODING } from '../domain/decoding.ts'
import { decodeVin } from '../vin-decoder.ts'

/** A person waits for this long rather than do without vPIC. */
const TIMEOUT_MS = 10_000

/**
 * GET /api/vin/decode/:vin?year=: what a VIN stands for, each fact with its source, what is
 * unknown, and whether the year that was entered contradicts it. For owners and staff.
 */
export const decodeVinEndpoint = endpoint({
  method: 'get',
  path: '/vin/decode/:vin',
  summary: 'Decode a VIN',
  access: callers.ownerOrStaff({ kind: 'decode-vin', resource: 'decoded VINs' }),
  params: z.object({ vin: z.string().max(200) }),
  query: z.object({
    year: integerInput(1900, 2100)
      .optional()
      .describe('The model year that was entered. It wins over the one in the VIN.'),
  }),
  response: describeJson('The facts, each with its source.', VIN_DECODING),
  refusals: [400, 401, 403, 429],
  handler: ({ req }, { params, query: { year = null } }) =>
    decodeVin(req, { vin: requireVin(params.vin), year }, { timeoutMs: TIMEOUT_MS }),
})

/** The VIN of 17 characters. Throws 400 if it is not one. */
function requireVin(input: string): string {
  const parsed = parseVin(input, { confirmed: true })
  if ('problem' in parsed) throw new APIError(parsed.problem.message, 400)
  if (isWrittenAsVin(parsed.vin)) return parsed.vin
  throw new APIError(
    `${parsed.vin} is a chassis number; only 17-character VINs can be decoded.`,
    400,
  )
}
