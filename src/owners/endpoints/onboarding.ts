import { sql } from '@payloadcms/db-postgres'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Account } from '../../access/identity.ts'
import { getPostgresAdapter } from '../../database/transaction.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { ONBOARDING } from '../api-schemas.ts'
import { DISTANCE_UNITS, ECONOMY_UNITS, LIQUID_UNITS } from '../../garage/domain/units.ts'
import type { OnboardingAnswer } from '../api-types.ts'
import { loadMe } from '../me.ts'
import { runInTransaction } from '../run-in-transaction.ts'

const PREFERENCES = z.strictObject({
  unitSystem: z.enum(['imperial', 'metric']).optional(),
  currencyCode: z.string().optional(),
  timeZone: z.string().optional(),
  distanceUnit: z.enum(DISTANCE_UNITS).optional(),
  volumeUnit: z.enum(LIQUID_UNITS).optional(),
  economyUnit: z.enum(ECONOMY_UNITS).optional(),
})
const VEHICLE = z.record(z.string(), z.unknown())

const STATE = describeJson('The onboarding status after the change.', ONBOARDING)
const STEP_REFUSALS = [400, 401, 403, 409]

const getOnboarding = endpoint({
  method: 'get',
  path: '/onboarding',
  summary: 'Returns the onboarding status of the owner',
  access: callers.account,
  response: STATE,
  refusals: [401, 403],
  handler: ({ req, account }) => loadOnboarding(req, account),
})

/**
 * An owner who deleted their preferences gets new ones: preferences count as set if they were
 * written after they were created.
 */
const setPreferences = endpoint({
  method: 'post',
  path: '/onboarding/preferences',
  summary: 'Sets the preferences',
  access: callers.owner,
  body: PREFERENCES,
  bodyExample: '{ "unitSystem": "metric", "currencyCode": "EUR", "timeZone": "Europe/Berlin" }',
  response: STATE,
  refusals: STEP_REFUSALS,
  handler: async ({ req, account }, { body }) => {
    const provided = Object.fromEntries(
      Object.entries(body).filter(([, value]) => value !== undefined),
    )
    await req.payload.update({
      collection: 'user-preferences',
      id: await ensurePreferences(req, account),
      data: provided,
      overrideAccess: false,
      req,
    })
    return loadOnboarding(req, account)
  },
})

/** If there is a vehicle already, nothing is created: a repeated request creates no second one. */
const addFirstVehicle = endpoint({
  method: 'post',
  path: '/onboarding/vehicle',
  summary: 'Adds the first vehicle, with the same fields as POST /api/vehicles',
  access: callers.owner,
  body: VEHICLE,
  bodyExample: '{ "vin": "1HGCM82633A004352" }',
  response: STATE,
  refusals: STEP_REFUSALS,
  handler: async ({ req, account }, { body }) => {
    const { steps } = await loadOnboarding(req, account)
    if (!steps.vehicle) await createFirstVehicle(req, account, body)
    return loadOnboarding(req, account)
  },
})

const completeOnboarding = endpoint({
  method: 'post',
  path: '/onboarding/complete',
  summary: 'Completes onboarding, once the other steps are done',
  access: callers.owner,
  response: STATE,
  refusals: STEP_REFUSALS,
  handler: async ({ req, account }) => {
    const { next } = await loadOnboarding(req, account)
    if (next === 'preferences' || next === 'vehicle')
      throw new APIError(`Send POST /api/onboarding/${next} first.`, 409)
    await getPostgresAdapter(req.payload).pool.query(
      'update user_profiles set onboarding_completed_at = coalesce(onboarding_completed_at, ' +
        'now()) where id = $1',
      [account.profile],
    )
    return loadOnboarding(req, account)
  },
})

/**
 * The onboarding steps: preferences, the first vehicle, completion. It can be interrupted anywhere,
 * each step may be repeated, and nothing else depends on it.
 */
export const onboardingEndpoints: readonly Endpoint[] = [
  getOnboarding,
  setPreferences,
  addFirstVehicle,
  completeOnboarding,
]

const loadOnboarding = async (req: PayloadRequest, account: Account): Promise<OnboardingAnswer> =>
  (await loadMe(req, account, null)).onboarding

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

/** Creates the first vehicle once, also for requests at the same time. */
async function createFirstVehicle(
  req: PayloadRequest,
  account: Account,
  data: z.output<typeof VEHICLE>,
): Promise<void> {
  await runInTransaction(req, async (db) => {
    await db.execute(sql`select from user_profiles where id = ${account.profile} for no key update`)
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
