import { definePruneTask } from '../../../jobs/prune.ts'
import type { MarketSettings } from '../options.ts'
import { buildMarketCleanUp } from '../store/expired-rows.ts'

/** Removes old analyses, prices and sightings, and expired VIN evaluations. */
export const cleanUpMarket = ({ keepDays, cleanUp }: MarketSettings) =>
  definePruneTask({
    name: 'clean-up-market',
    description:
      'Removes old market analyses, prices (keeping the ten newest prices of each car), ' +
      'sightings of comparable cars, and expired VIN data.',
    ...cleanUp,
    statement: (now) => buildMarketCleanUp(now, keepDays),
  })
