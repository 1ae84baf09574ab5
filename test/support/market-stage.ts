import type { Engine } from '../../jobs/engine/engine.ts'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { type AutoDevPeer, startAutoDevPeer, PEER_KEY, buildPeerListing } from './auto-dev-peer.ts'
import { anyVin, saveCar } from './builders.ts'
import { openForecourt, type TestForecourt } from './forecourt.ts'
import { loadRuns, startEngine, runJob } from './work.ts'

/** A Forecourt without alert rules that asks a peer of auto.dev, and an engine for it. */
export type MarketStage = TestForecourt & {
  peer: AutoDevPeer
  engine: Engine
  /** Has the peer sell an Accord at each of these prices, and nothing else. */
  offerCars: (...dollars: number[]) => void
  /** Analyses a car to the end of its first run, and answers that run. */
  analyzeCar: (car: Inventory) => Promise<Awaited<ReturnType<typeof loadRuns>>[number] | undefined>
  /** Runs a task, and answers its result. */
  run: (task: string, input?: object) => Promise<Record<string, unknown> | null | undefined>
}

export async function openMarket(
  environment: Record<string, string> = {},
  now?: () => Date,
): Promise<MarketStage> {
  const peer = await startAutoDevPeer()
  const forecourt = await openForecourt({
    AUTODEV_URL: peer.url,
    AUTODEV_API_KEY: PEER_KEY,
    AUTODEV_GAP_MS: '5',
    ...environment,
  })
  await forecourt.sql('delete from market_alert_rules')
  const engine = await startEngine(forecourt, now ? { now } : {})
  const runOf = async (task: string, input: object) => {
    const job = (await runJob(engine, forecourt, task, input)).run.jobId
    return (await loadRuns(forecourt, job))[0]
  }
  return {
    ...forecourt,
    peer,
    engine,
    offerCars: (...dollars) => {
      peer.listings.length = 0
      peer.listings.push(
        ...dollars.map((price) =>
          buildPeerListing(anyVin(), price, { createdAt: new Date().toISOString() }),
        ),
      )
    },
    analyzeCar: ({ id }) => runOf('analyse-vehicle', { car: id }),
    run: async (task, input = {}) => (await runOf(task, input))?.result,
    close: async () => {
      await engine.stop(0)
      await forecourt.close()
      await peer.stop()
    },
  }
}

/** An Accord of ours with 30,000 miles, as the peer sells them. */
export const saveAccord = (
  { payload }: TestForecourt,
  about: Partial<Inventory> = {},
): Promise<Inventory> => saveCar(payload, { price: 24_500, mileage: 30_000, ...about })
