import type { Payload } from 'payload'
import { GiveUp, RetryLater } from '../../../jobs/outcomes.ts'
import { postgresOf } from '../../../src/database/transaction.ts'
import { type Pace, paceOf } from '../adapters/pace.ts'
import { analysisOf, type Gathered, isEnough } from '../domain/analysis.ts'
import { searchesFor } from '../domain/search.ts'
import { type MarketSource, SourceError } from '../domain/source.ts'
import type { MarketSettings } from '../options.ts'
import { type LotCar, ownVins } from '../store.ts'

/** A listing that was seen before this moment is too old. */
export const sinceOf = ({ recencyDays }: MarketSettings, now: Date): string =>
  new Date(now.getTime() - recencyDays * 86_400_000).toISOString()

/** A source and its turns; `source.name` is what they go by. */
export const paceOfSource = (payload: Payload, { gapMs }: MarketSettings, source: MarketSource): Pace =>
  paceOf(postgresOf(payload).pool, source.name, gapMs)

/**
 * Asks a source about a car, the narrowest search first, and a wider one as long as too few cars are found. Answers the last search that
 * was made, what it found, and which of the cars are our own.
 */
export async function askMarket(
  payload: Payload,
  source: MarketSource,
  car: LotCar,
  { since, pace, signal }: { since: string; pace: Pace; signal: AbortSignal },
): Promise<{ gathered: Gathered; own: Set<string> }> {
  const [first, ...wider] = searchesFor(car)
  if (!first) throw new GiveUp('There is nothing to look for.')
  const ask = async (search: typeof first) => {
    const gathered = { search, found: await source.listings(search, { signal, turn: () => pace.hold(signal) }) }
    const own = await ownVins(
      { payload },
      gathered.found.listings.flatMap(({ vin }) => vin ?? []),
    )
    return { gathered, own }
  }
  let asked = await ask(first)
  for (const search of wider) {
    if (isEnough(analysisOf(car, asked.gathered, { own: asked.own, since }))) return asked
    asked = await ask(search)
  }
  return asked
}

/**
 * What a trouble of a source means for a run. A source that is busy is left alone by everybody until it wants to be asked; one that
 * refuses is not asked again; one that is away is tried again after a while that doubles up to an hour. Anything else stays what it is.
 */
export async function outcomeOf(error: unknown, pace: Pace, attempt: number): Promise<unknown> {
  if (!(error instanceof SourceError)) return error
  if (error.kind === 'refused') return new GiveUp(error.message, { cause: error })
  if (error.kind === 'away')
    return new RetryLater(error.message, { delay: Math.min(3_600, 30 * 2 ** Math.min(attempt - 1, 10)), cause: error })
  const seconds = error.waitSeconds ?? 60
  if (error.kind === 'busy') await pace.pause(seconds)
  return new RetryLater(error.message, { delay: Math.ceil(seconds + Math.random() * 5), cause: error })
}
