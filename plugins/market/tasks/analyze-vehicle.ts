import { z } from 'zod'
import { GiveUp, RetryLater } from '../../../jobs/outcomes.ts'
import { defineTask, type TaskContext } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { analyzeCar } from '../domain/analysis.ts'
import { isDifferentCar } from '../domain/search.ts'
import { toSearchRow } from '../domain/stored-analysis.ts'
import type { MarketSettings } from '../options.ts'
import { saveAnalysis } from '../store/analyses.ts'
import { findCar } from '../store/cars.ts'
import { recordSightings } from '../store/sightings.ts'
import { fetchMarket, toJobError, createSourcePace, computeSince } from './fetch-market.ts'
import { raiseAlerts } from './raise-alerts.ts'

export const NO_SOURCE =
  'There is no source of comparable cars: set AUTODEV_API_KEY, or scrape competitors.'

/**
 * Compares one car on the lot with the market. Idempotent: a second run at the same price on the
 * same day replaces the first, and an open alert is not raised again. The verdict uses the price of
 * the car at the time when the result is saved.
 */
export const analyzeVehicle = (settings: MarketSettings) =>
  defineTask({
    name: 'analyse-vehicle',
    queue: 'market',
    description: 'Compares the price of one car with the market.',
    input: z.object({ car: z.uuid() }),
    expiry: 300,
    retries: { limit: 30, delay: 30, backoff: true },
    concurrency: 2,
    singletonKey: ({ car }) => car,
    canRun: permissions.canManageLot,
    run: (ctx, { car }) => runAnalysis(ctx, settings, car),
  })

async function runAnalysis(ctx: TaskContext, settings: MarketSettings, id: string) {
  const { payload, signal } = ctx
  const since = computeSince(settings, ctx.now())
  const source = settings.getSource(payload, since)
  if (!source) throw new GiveUp(NO_SOURCE)
  const car = await findCar({ payload }, id)
  if (!car) throw new GiveUp(`There is no car ${id}.`)
  if (car.status === 'sold') return { skipped: 'It is sold.' }
  const observedAt = ctx.now()
  const pace = createSourcePace(payload, settings, source)
  const { collected, options } = await fetchMarket(payload, source, car, {
    since,
    pace,
    signal,
  }).catch(async (error: unknown) => {
    throw await toJobError(error, pace, ctx.attempt)
  })
  return ctx.commit(async (tx) => {
    const now = ctx.now()
    const current = await findCar(tx, id, { lock: true })
    if (!current) throw new GiveUp(`Car ${id} was deleted in the meantime.`)
    if (current.status === 'sold') return { skipped: 'It was sold in the meantime.' }
    if (isDifferentCar(car, current))
      throw new RetryLater(
        `Car ${id} was edited in the meantime, so different cars are now comparable.`,
        {
          delay: 5,
        },
      )
    const { currency, bands } = settings
    const analysis = analyzeCar(current, collected, { ...options, currency, bands })
    const searched = toSearchRow(analysis, { cents: current.cents, since, around: settings.area })
    const priced = { ...current, currency }
    const alerts = await raiseAlerts(tx, priced, analysis, { tier: searched.tier, now })
    await saveAnalysis(tx, current, analysis, { source: source.name, searched, now })
    const observed = { source: source.name, area: settings.area, own: options.own, observedAt }
    for (const one of collected) await recordSightings(tx, one, observed)
    const { recommendation } = analysis.verdict
    return {
      source: source.name,
      recommendation,
      sampleSize: analysis.figures?.sampleSize ?? 0,
      tier: analysis.tier.name,
      alerts,
    }
  })
}
