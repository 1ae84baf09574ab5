import type { FeedProblem } from './feed-problem.ts'
import { DEALER_FACTS, type Feed, type FeedContext } from './feed.ts'

/** What the receiver of a feed misses in every file: facts of the dealership, and our number. */
export function checkFeed(
  feed: Feed,
  { dealership, dealerId }: Pick<FeedContext, 'dealership' | 'dealerId'>,
): FeedProblem[] {
  const missing = feed.facts.filter((fact) => dealership[fact] === null || dealership[fact] === '')
  const facts = missing.map((fact): FeedProblem => {
    const label = DEALER_FACTS[fact]
    return {
      code: 'dealership',
      severity: 'refused',
      reason: `The dealership has no ${label}, which this receiver demands of every car.`,
      fix: `Enter ${label} on the screen Dealership.`,
    }
  })
  return feed.needsDealerId && !dealerId ? [NO_DEALER_ID, ...facts] : facts
}

const NO_DEALER_ID: FeedProblem = {
  code: 'no_dealer_id',
  severity: 'refused',
  reason: 'The feed has no dealer ID, so the receiver cannot tell whose cars they are.',
  fix: 'Enter Dealer ID in the settings of the feed.',
}
