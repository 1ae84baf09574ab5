import { z } from 'zod'
import { defineTask, type Task, type TaskContext } from '../../../jobs/task.ts'
import { permissions } from '../../access/permissions.ts'
import { getTransaction } from '../../database/transaction.ts'
import { getSchedule, type Settings } from '../../env.ts'
import { getService } from '../../services.ts'
import { computeStaleBefore } from '../domain/coverage.ts'
import { PlacesError } from '../domain/places.ts'
import { removeStalePhotos } from '../photos.ts'
import type { PlacesService } from '../places-service.ts'
import { savePlaces } from '../store/places.ts'
import { listOutdatedVerdicts, saveVerdict } from '../store/reports.ts'
import {
  listStalePlaces,
  removeStaleSearches,
  removeStaleStations,
  saveMissingPlace,
} from '../store/stale.ts'

/** The maximum number of places that one run refreshes: each one costs a request. */
const MAX_REFRESHED = 200

/**
 * Keeps copies of Google's data for at most 30 days: removes stale stations that no owner uses,
 * refreshes the others, and removes stale photos. Also recomputes verdicts whose reports became too
 * old. Idempotent: what was refreshed or removed is no longer stale.
 */
export const refreshStations = (settings: Settings, places: PlacesService | null): Task =>
  defineTask({
    name: 'refresh-stations',
    description:
      'Removes stations from Google that are older than 30 days and that no owner uses, and ' +
      'refreshes the others.',
    ...getSchedule(settings, 'SCHEDULE_REFRESH_STATIONS'),
    queue: 'maintenance',
    input: z.object({}),
    expiry: 1_800,
    retries: { limit: 3, delay: 300, backoff: true },
    concurrency: 1,
    canRun: permissions.isStaffAdmin,
    run: async (ctx) => {
      const before = computeStaleBefore(ctx.now())
      const removed = await removeInBatches(ctx, before)
      const searches = await ctx.commit((tx) => removeStaleSearches(getTransaction(tx).db, before))
      const { stations } = getService(ctx.payload, 'storages')
      const photos = await removeStalePhotos(stations, ctx.now(), ctx.signal)
      const verdicts = await recomputeVerdicts(ctx)
      return { removed, searches, photos, verdicts, ...(await refreshPlaces(ctx, places, before)) }
    },
  })

async function removeInBatches(ctx: TaskContext, before: Date): Promise<number> {
  for (let removed = 0; ;) {
    ctx.signal.throwIfAborted()
    const count = await ctx.commit((tx) => removeStaleStations(getTransaction(tx).db, before))
    if (count === 0) return removed
    removed += count
    await ctx.progress(removed)
  }
}

async function recomputeVerdicts(ctx: TaskContext): Promise<number> {
  const stations = await listOutdatedVerdicts(getTransaction(ctx).db, ctx.now())
  for (const station of stations)
    await ctx.commit((tx) => saveVerdict(getTransaction(tx).db, station, ctx.now()))
  return stations.length
}

type Refreshed = {
  refreshed: number
  missing: number
  stopped?: string
}

/** Refreshes stale places, until Google refuses. What is left is refreshed by the next run. */
async function refreshPlaces(
  ctx: TaskContext,
  places: PlacesService | null,
  before: Date,
): Promise<Refreshed> {
  const result = { refreshed: 0, missing: 0 }
  if (!places) return result
  const stale = await listStalePlaces(getTransaction(ctx).db, { before, limit: MAX_REFRESHED })
  try {
    for (const [index, station] of stale.entries()) {
      const isFound = await refreshPlace(ctx, places, station)
      result[isFound ? 'refreshed' : 'missing'] += 1
      await ctx.progress(index + 1, stale.length)
    }
    return result
  } catch (error) {
    if (error instanceof PlacesError) return { ...result, stopped: error.message }
    throw error
  }
}

/** Refreshes one station. Returns whether Google still has its place. */
async function refreshPlace(
  ctx: TaskContext,
  places: PlacesService,
  { id, placeId }: { id: string; placeId: string },
): Promise<boolean> {
  ctx.signal.throwIfAborted()
  const place = await places.call(ctx.payload, ({ fetchPlace }) => fetchPlace(placeId, ctx.signal))
  await ctx.commit((tx) => {
    const { db } = getTransaction(tx)
    return place
      ? savePlaces(db, [{ ...place, placeId }], ctx.now())
      : saveMissingPlace(db, id, ctx.now())
  })
  return place !== null
}
