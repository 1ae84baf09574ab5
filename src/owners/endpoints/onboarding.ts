import { sql } from '@payloadcms/db-postgres'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { type Account } from '../../access/identity.ts'
import { getPostgresAdapter } from '../../database/transaction.ts'
import { describeJson, describeRefusals, documentEndpoint } from '../../api/openapi/operation.ts'
import { ONBOARDING } from '../api-schemas.ts'
import type { OnboardingAnswer } from '../api-types.ts'
import { loadMe } from '../me.ts'
import { runInTransaction } from '../run-in-transaction.ts'
import { parseBody, requireAccount, requireOwner, NO_STORE } from './require-owner.ts'

const PREFERENCES = z.strictObject({
  unitSystem: z.enum(['imperial', 'metric']).optional(),
  currencyCode: z.string().optional(),
  timeZone: z.string().optional(),
})
const VEHICLE = z.record(z.string(), z.unknown())

/**
 * The onboarding steps: preferences, the first vehicle, completion. It can be interrupted anywhere,
 * each step may be repeated, and nothing else depends on it.
 */
export const buildOnboardingEndpoints = (): Endpoint[] => [
  documentEndpoint(
    {
      summary: 'Returns the onboarding status of the owner',
      audience: ['owner'],
      responses: { ...STATE_RESPONSE, ...describeRefusals(401, 403) },
    },
    {
      path: '/onboarding',
      method: 'get',
      handler: requireAccount(respondWithState),
    },
  ),
  buildStep('preferences', 'Sets the preferences', savePreferences, PREFERENCES),
  buildStep(
    'vehicle',
    'Adds the first vehicle, with the fields of vehicles',
    createFirstVehicle,
    VEHICLE,
  ),
  buildStep('complete', 'Completes onboarding, once the other steps are done', completeOnboarding),
]

const STATE_RESPONSE = { 200: describeJson('The onboarding status after the change.', ONBOARDING) }

const buildStep = (
  name: string,
  summary: string,
  handler: Parameters<typeof requireOwner>[0],
  body?: z.ZodType,
): Endpoint =>
  documentEndpoint(
    {
      summary,
      audience: ['owner'],
      ...(body && { body }),
      responses: { ...STATE_RESPONSE, ...describeRefusals(400, 401, 403, 409) },
    },
    { path: `/onboarding/${name}`, method: 'post', handler: requireOwner(handler) },
  )

const loadOnboarding = async (req: PayloadRequest, account: Account): Promise<OnboardingAnswer> =>
  (await loadMe(req, account, null)).onboarding

async function respondWithState(req: PayloadRequest, account: Account): Promise<Response> {
  return Response.json(await loadOnboarding(req, account), { headers: NO_STORE })
}

/**
 * An owner who deleted their preferences gets new ones: preferences count as set if they were
 * written after they were created.
 */
async function savePreferences(req: PayloadRequest, account: Account): Promise<Response> {
  const data = await parseBody(
    req,
    PREFERENCES,
    '{ "unitSystem": "metric", "currencyCode": "EUR", "timeZone": "Europe/Berlin" }',
  )
  const provided = Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== undefined),
  )
  const id = await ensurePreferences(req, account)
  await req.payload.update({
    collection: 'user-preferences',
    id,
    data: provided,
    overrideAccess: false,
    req,
  })
  return respondWithState(req, account)
}

/** The row of an owner's preferences, created if missing. */
async function ensurePreferences(req: PayloadRequest, { subject }: Account): Promise<string> {
  const { pool } = getPostgresAdapter(req.payload)
  await pool.query(
    'insert into user_preferences (user_id, created_at, updated_at) values ($1, $2, $2) on ' +
      'conflict (user_id) do nothing',
    [subject, new Date()],
  )
  const { rows } = await pool.query<{ id: string }>(
    'select id from user_preferences where user_id = $1',
    [subject],
  )
  if (!rows[0])
    throw new APIError('The preferences were deleted at the same time. Set them again.', 409)
  return rows[0].id
}

/**
 * The first vehicle. If there is one already, it is returned: a repeated request creates no second
 * vehicle, even at the same time.
 */
async function createFirstVehicle(req: PayloadRequest, account: Account): Promise<Response> {
  const { steps } = await loadOnboarding(req, account)
  if (!steps.vehicle) {
    const data = await parseBody(req, VEHICLE, '{ "vin": "1HGCM82633A004352" }')
    await runInTransaction(req, async (db) => {
      await db.execute(
        sql`select from user_profiles where id = ${account.profile} for no key update`,
      )
      const { rows } = await db.execute(
        sql`select from vehicles where user_id = ${account.subject} and deleted_at is null limit 1`,
      )
      if (rows.length === 0)
        await req.payload.create({
          collection: 'vehicles',
          data: data as never,
          overrideAccess: false,
          req,
        })
    })
  }
  return respondWithState(req, account)
}

async function completeOnboarding(req: PayloadRequest, account: Account): Promise<Response> {
  const { next } = await loadOnboarding(req, account)
  if (next === 'preferences' || next === 'vehicle')
    throw new APIError(`Send POST /api/onboarding/${next} first.`, 409)
  await getPostgresAdapter(req.payload).pool.query(
    'update user_profiles set onboarding_completed_at = coalesce(onboarding_completed_at, ' +
      'now()) where id = $1',
    [account.profile],
  )
  return respondWithState(req, account)
}
