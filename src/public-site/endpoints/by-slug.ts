import { NotFound } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { asAnonymous } from '../load-public-cars.ts'
import { PUBLIC_CAR } from './car-schemas.ts'

const SLUG = z.object({ slug: z.string().regex(/^[a-z0-9-]{1,120}$/) })

/**
 * GET /api/inventory/by-slug/:slug: the car as the list of the inventory has it. A car that is sold
 * or on hold is a 404, as by its id: its page says so, and the recently sold cars have a list.
 */
export const getCarBySlug = endpoint({
  method: 'get',
  path: '/by-slug/:slug',
  summary: 'Return the car on show whose page has this address',
  access: callers.anybody,
  params: SLUG,
  shared: { tables: ['inventory'] },
  response: describeJson('The car, as by its id.', PUBLIC_CAR),
  refusals: [404, 429],
  handler: async ({ req }, { params: { slug } }) => {
    const { docs } = await req.payload.find({
      collection: 'inventory',
      where: { slug: { equals: slug } },
      depth: 0,
      limit: 1,
      pagination: false,
      overrideAccess: false,
      req: asAnonymous(req),
    })
    const [car] = docs
    if (!car) throw new NotFound(req.t)
    return Response.json(car)
  },
})
