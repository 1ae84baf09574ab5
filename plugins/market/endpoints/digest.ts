import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { findStaffId } from '../../../src/audit/audited-action.ts'
import { callers } from '../../../src/api/callers.ts'
import { endpoint } from '../../../src/api/endpoint.ts'
import { describeJson } from '../../../src/api/openapi/operation.ts'
import { isTimeZone } from '../../../src/domain/calendar.ts'
import type { MarketSettings } from '../options.ts'
import { ensureDigest, findDigestSettings } from '../store/digests.ts'
import { DIGEST_ANSWER, type DigestAnswer } from './api-schemas.ts'

const PATH = '/market/digest'
const access = callers.managers('the market digest')
const response = describeJson('The settings of the daily digest.', DIGEST_ANSWER)

const DIGEST_INPUT = z.strictObject({
  active: z.boolean(),
  sendHour: z.int().min(0).max(23),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as America/New_York')
    .nullable()
    .describe('Null for the time zone of the schedules.'),
  mutedUntilAt: z.iso.datetime({ offset: true }).nullable(),
})

/** GET and PUT /api/market/digest: when the caller gets the daily digest. */
export const createDigestEndpoints = ({ digest }: Pick<MarketSettings, 'digest'>): Endpoint[] => [
  endpoint({
    method: 'get',
    path: PATH,
    summary: 'When the caller gets the daily digest of the market',
    access,
    response,
    refusals: [401, 403],
    handler: ({ req }) => loadAnswer(req, digest),
  }),
  endpoint({
    method: 'put',
    path: PATH,
    summary: 'Set when the caller gets the daily digest of the market',
    access,
    body: DIGEST_INPUT,
    bodyExample:
      '{ "active": true, "sendHour": 7, "timeZone": "America/New_York", "mutedUntilAt": null }',
    response,
    refusals: [400, 401, 403],
    handler: async ({ req }, { body }) => {
      const id = await ensureDigest({ payload: req.payload }, getStaffId(req), digest.sendHour)
      await req.payload.update({
        collection: 'market-digests',
        id,
        data: body,
        depth: 0,
        overrideAccess: false,
        req,
      })
      return loadAnswer(req, digest)
    },
  }),
]

async function loadAnswer(
  req: PayloadRequest,
  { sendHour, timeZone }: MarketSettings['digest'],
): Promise<DigestAnswer> {
  const stored = await findDigestSettings({ payload: req.payload }, getStaffId(req))
  const usual = { active: true, sendHour, timeZone: null, mutedUntilAt: null, lastSentAt: null }
  return DIGEST_ANSWER.parse({ ...(stored ?? usual), defaultTimeZone: timeZone })
}

/** The access of the endpoints lets only staff through. */
function getStaffId(req: PayloadRequest): string {
  const id = findStaffId(req)
  if (id === null) throw new APIError('Only staff members get the market digest.', 403)
  return id
}
