import type { Endpoint } from 'payload'
import { z } from 'zod'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { decimalInput, integerInput } from '../../domain/input-schemas.ts'
import { DISTANCE_UNITS, type DistanceUnit, fromMeters, toMeters } from '../domain/area.ts'
import { type StationFinder } from '../find-nearby.ts'
import type { NearbyStation } from '../store/nearby.ts'
import { NEARBY_ANSWER, type NearbyAnswer } from './api-schemas.ts'

const MAX_RADIUS = 100
const DEFAULT_RADIUS = 10
const DEFAULT_LIMIT = 20

const QUERY = z.object({
  lat: decimalInput(-90, 90).describe('Degrees north.'),
  lng: decimalInput(-180, 180).describe('Degrees east.'),
  radius: decimalInput(0.1, MAX_RADIUS)
    .default(DEFAULT_RADIUS)
    .describe('In the unit; 0.1 to 100, by default 10.'),
  unit: z.enum(DISTANCE_UNITS).default('mi').describe('Miles or kilometers; by default mi.'),
  limit: integerInput(1, 100).default(DEFAULT_LIMIT).describe('1 to 100; by default 20.'),
})

/**
 * GET /api/stations/nearby?lat=&lng=&radius=&unit=&limit=: the nearest stations within a radius,
 * with their distances. Says whether Google Places was searched and what may be missing.
 */
export const createNearbyEndpoint = (findNearby: StationFinder): Endpoint =>
  endpoint({
    method: 'get',
    path: '/nearby',
    summary: 'Return the nearest stations within a radius, with their distances',
    access: callers.anybody,
    query: QUERY,
    response: describeJson('The stations, nearest first.', NEARBY_ANSWER),
    refusals: [400],
    handler: async ({ req }, { query: { lat, lng, radius, unit, limit } }) => {
      const found = await findNearby(req, {
        center: { latitude: lat, longitude: lng },
        radiusMeters: toMeters(radius, unit),
        limit,
      })
      const answer: NearbyAnswer = {
        docs: found.stations.map((station) => toDoc(station, unit)),
        totalDocs: found.total,
        limit,
        radius,
        unit,
        googlePlaces: found.search,
        mayBeIncomplete: found.mayBeIncomplete,
        note: found.note,
      }
      return answer
    },
  })

function toDoc(station: NearbyStation, unit: DistanceUnit): NearbyAnswer['docs'][number] {
  const { hasPhoto, isFromPlaces, meters, confirmedAt, ...facts } = station
  return {
    ...facts,
    photo: hasPhoto ? `/api/stations/${station.id}/photo` : null,
    source: isFromPlaces ? 'google' : 'forecourt',
    confirmedAt: confirmedAt?.toISOString() ?? null,
    distance: fromMeters(meters, unit),
    unit,
  }
}
