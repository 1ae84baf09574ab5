import { z } from 'zod'
import { GiveUp, RetryLater } from '../../../jobs/outcomes.ts'
import { defineTask, type TaskContext } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { analysisOf } from '../domain/analysis.ts'
import { isOtherCar } from '../domain/search.ts'
import { searchRow } from '../domain/stored.ts'
import type { MarketSettings } from '../options.ts'
import { carOf, saveAnalysis } from '../store.ts'
import { askMarket, outcomeOf, paceOfSource, sinceOf } from './ask-market.ts'
import { raiseAlerts } from './raise-alerts.ts'

export const NO_SOURCE = 'There is nothing to compare with: set AUTODEV_API_KEY, or have competitors scraped.'

/**
 * Prices one car of the lot against the market. Idempotent: a second run at the same price on the same day replaces the first, and an
 * alert that is open is not raised again. The car is judged at the price that it has when the answer is kept.
 */
export const analyseVehicle = (settings: MarketSettings) =>
  defineTask({
    name: 'analyse-vehicle',
    queue: 'market',
    does: 'Compares the price of one car with the market.',
    input: z.object({ car: z.uuid() }),
    expiry: 300,
    retries: { limit: 30, delay: 30, backoff: true },
    concurrency: 2,
    singletonKey: ({ car }) => car,
    mayRun: permissions.canManageLot,
    run: (ctx, { car }) => analyse(ctx, settings, car),
  })

async function analyse(ctx: TaskContext, settings: MarketSettings, id: string) {
  const { payload, signal } = ctx
  const since = sinceOf(settings, ctx.now())
  const source = settings.source(payload, since)
  if (!source) throw new GiveUp(NO_SOURCE)
  const car = await carOf({ payload }, id)
  if (!car) throw new GiveUp(`There is no car ${id}.`)
  if (car.status === 'sold') return { skipped: 'It is sold.' }
  const pace = paceOfSource(payload, settings, source)
  const { gathered, own } = await askMarket(payload, source, car, { since, pace, signal }).catch(async (error: unknown) => {
    throw await outcomeOf(error, pace, ctx.attempt)
  })
  return ctx.commit(async (tx) => {
    const now = ctx.now()
    const current = await carOf(tx, id, { hold: true })
    if (!current) throw new GiveUp(`The car ${id} was deleted meanwhile.`)
    if (current.status === 'sold') return { skipped: 'It was sold meanwhile.' }
    if (isOtherCar(car, current))
      throw new RetryLater(`The car ${id} was corrected meanwhile: others are like it now.`, { delay: 5 })
    const analysis = analysisOf(current, gathered, { own, since })
    const searched = searchRow(analysis, { cents: current.cents, since, around: settings.around })
    await saveAnalysis(tx, current, analysis, { source: source.name, searched, now })
    const alerts = await raiseAlerts(tx, current, analysis, now)
    const { recommendation } = analysis.verdict
    return {
      source: source.name,
      recommendation,
      sampleSize: analysis.figures?.sampleSize ?? 0,
      tier: analysis.search.tier,
      alerts,
    }
  })
}
