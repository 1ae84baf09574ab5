import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeCar } from '../describe-car.ts'
import { formatScriptJson } from '../domain/json-ld.ts'
import { requirePublicCar } from '../require-car.ts'
import { CAR_PARAMS } from './car-schemas.ts'

const JSON_LD = 'application/ld+json'

/** GET /api/inventory/:id/json-ld: what search engines should know of a car. */
export const getJsonLd = endpoint({
  method: 'get',
  path: '/:id/json-ld',
  summary: 'Return the car as JSON-LD of schema.org, which can stand in a <script> of its page',
  access: callers.anybody,
  params: CAR_PARAMS,
  shared: { tables: ['inventory', 'dealership'] },
  response: {
    description: 'A Car with its Offer.',
    type: JSON_LD,
    schema: z.looseObject({ '@context': z.string(), '@type': z.literal('Car') }),
  },
  refusals: [404, 429],
  load: async ({ req }, { id }) => ({ car: await requirePublicCar(req, id) }),
  handler: async ({ req, car }) =>
    new Response(formatScriptJson(await describeCar(req, car)), {
      headers: { 'content-type': JSON_LD },
    }),
})
