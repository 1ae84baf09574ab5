import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { getTransaction } from '../../database/transaction.ts'
import { integerInput } from '../../domain/input-schemas.ts'
import { loadPublicCars } from '../load-public-cars.ts'
import { requirePublicCar } from '../require-car.ts'
import { listSimilarCars, PRICE_PERCENT } from '../store/similar.ts'
import { CAR_PARAMS, PUBLIC_CAR } from './car-schemas.ts'

/** GET /api/inventory/:id/similar: cars that a visitor of this car may like, too. */
export const getSimilarCars = endpoint({
  method: 'get',
  path: '/:id/similar',
  summary: 'Return the cars on show that are most similar to this one',
  access: callers.anybody,
  params: CAR_PARAMS,
  query: z.object({ limit: integerInput(1, 12).default(6) }),
  shared: { tables: ['inventory'] },
  response: describeJson(
    `Cars of the same body style whose price differs by at most ${PRICE_PERCENT} percent: the ` +
      'same model first, then the newest on the lot.',
    z.strictObject({ docs: z.array(PUBLIC_CAR) }),
  ),
  refusals: [400, 404, 429],
  load: async ({ req }, { id }) => ({ car: await requirePublicCar(req, id) }),
  handler: async ({ req, car }, { query: { limit } }) => {
    const ids = await listSimilarCars(getTransaction(req).db, car.id, limit)
    return Response.json({ docs: await loadPublicCars(req, ids) })
  },
})
