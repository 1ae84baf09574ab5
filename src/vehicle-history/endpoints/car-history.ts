import { APIError, NotFound } from 'payload'
import { z } from 'zod'
import { callers, type EndpointContext } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { formatHistoryFile } from '../domain/history-file.ts'
import { describeHistory, findHistoryOfCar } from '../store/histories.ts'
import { CAR_HISTORY } from './history-schemas.ts'

const CAR_ID = z.object({ id: uuidInput() })

const createNoHistoryError = () =>
  new APIError(
    'There is no such car, or its last owner shared no history. Cars that have one have a ' +
      'historyHead in /api/inventory.',
    404,
    undefined,
    true,
  )

/** Loads the VIN of a car that the caller may see. */
async function loadVisibleCar(
  { req }: EndpointContext,
  { id }: z.output<typeof CAR_ID>,
): Promise<{ vin: string }> {
  const found = { collection: 'inventory', id, depth: 0, joins: false } as const
  const { vin } = await req.payload
    .findByID({ ...found, select: { vin: true }, overrideAccess: false, req })
    .catch((error: unknown) => {
      throw error instanceof NotFound ? createNoHistoryError() : error
    })
  return { vin }
}

/**
 * GET /api/inventory/:id/history: what the last owner of a car shared of its history, for everyone
 * who may see the car. Its text is canonical JSON, which `npm run verify-history` checks. A history
 * of another VIN, after the VIN of the car was changed, is not shown.
 */
export const getCarHistory = endpoint({
  method: 'get',
  path: '/:id/history',
  summary: 'Returns the anonymous, verifiable history that the last owner of a car shared',
  access: callers.anybody,
  params: CAR_ID,
  response: describeJson('The history. Save it to verify it offline.', CAR_HISTORY),
  refusals: [404],
  load: loadVisibleCar,
  handler: async ({ req, vin }, { params: { id } }) => {
    const history = await findHistoryOfCar(getTransaction(req).db, id)
    const file = history && describeHistory(history)
    if (file?.vin !== vin) throw createNoHistoryError()
    return new Response(formatHistoryFile(file), { headers: chooseHeaders(req.user !== null) })
  },
})

/** A public response may be stored, but must be revalidated each time, as the car itself. */
const chooseHeaders = (isSignedIn: boolean) => ({
  'content-type': 'application/json',
  'cache-control': isSignedIn ? 'no-store' : 'no-cache',
})
