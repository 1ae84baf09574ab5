import { NotFound, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { permissions } from '../../access/permissions.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { getService } from '../../services.ts'
import { buildTimeline, TIMELINE_KINDS, type TimelineKind } from '../domain/timeline.ts'
import { listCarEvents } from '../store/timeline.ts'
import type { TimelineCar } from '../timeline-sources.ts'

const KINDS = Object.keys(TIMELINE_KINDS) as [TimelineKind, ...TimelineKind[]]

/** GET /api/inventory/:id/timeline */
export const TIMELINE = z.strictObject({
  vin: z.string().describe('Empty if the car has none yet.'),
  events: z
    .array(
      z.strictObject({
        at: z.iso.datetime(),
        kind: z.enum(KINDS),
        details: z.string().nullable(),
        price: z.number().nullable().describe('What was asked, paid or changed to.'),
      }),
    )
    .describe('Oldest first.'),
  unavailable: z.array(z.string()).describe('What could not be found out right now, and why.'),
})

/**
 * GET /api/inventory/:id/timeline: everything that happened to a car, here and elsewhere, by its
 * VIN. Only who may see the cost sees what we paid.
 */
export const getCarTimeline = endpoint({
  method: 'get',
  path: '/:id/timeline',
  summary: 'Return what happened to a car, by its VIN',
  access: callers.staff('the timelines of cars'),
  params: z.object({ id: uuidInput() }),
  response: describeJson('The timeline.', TIMELINE),
  refusals: [401, 403, 404],
  load: async ({ req }, { id }) => ({ car: await loadCar(req, id) }),
  handler: async ({ req, car }) => {
    const withCost = permissions.canSeeCost({ req })
    const sources = getService(req.payload, 'timelineSources')
    const [own, ...others] = await Promise.all([
      listCarEvents({ payload: req.payload }, car.id, { withCost }),
      ...sources.map((source) => source(req, car)),
    ])
    const found = others.flatMap((events) => (Array.isArray(events) ? events : []))
    return {
      vin: car.vin,
      events: buildTimeline([...own, ...found]),
      unavailable: others.flatMap((events) => (Array.isArray(events) ? [] : [events.unavailable])),
    }
  },
})

async function loadCar(req: PayloadRequest, id: string): Promise<TimelineCar> {
  const car = await req.payload.findByID({
    collection: 'inventory',
    id,
    depth: 0,
    select: { vin: true, year: true, make: true, model: true },
    disableErrors: true,
    overrideAccess: false,
    req,
  })
  if (!car) throw new NotFound(req.t)
  return car
}
