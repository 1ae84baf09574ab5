import { checkFeed } from '../domain/check-feed.ts'
import type { FeedCar } from '../domain/feed-car.ts'
import { FEED_NAMES, FEEDS, type FeedName } from '../domain/feed-names.ts'
import { type FeedProblem, findLight, isListed, type ProblemCode } from '../domain/feed-problem.ts'
import {
  type FeedOverride,
  loadCarsById,
  loadOverrides,
  type QueryContext,
} from '../store/feed-cars.ts'
import { checkRows, type CheckedCar, openFeeds, readFeedCars } from './load-feed-cars.ts'

/** Which problems of a feed to list: a page of the cars, of one kind of problem or of all. */
export type CheckOptions = {
  now: Date
  page: number
  limit: number
  code: ProblemCode | undefined
}

/** The problems of a feed: its own first, then those of its cars, the ones left out first. */
export async function checkFeedCars(
  req: QueryContext,
  name: FeedName,
  { now, page, limit, code }: CheckOptions,
) {
  const run = (await openFeeds(req, { now }))(name)
  const problems = checkFeed(run.feed, run.context)
  const found: CheckedCar[] = []
  const tally = { listed: 0, leftOut: 0, warned: 0 }
  for await (const cars of readFeedCars(req, run))
    for (const checked of cars) {
      const light = findLight(checked.problems)
      if (light === 'red') tally.leftOut += 1
      else tally.listed += 1
      if (light === 'yellow') tally.warned += 1
      if (light !== 'green') found.push(checked)
    }
  const matching = found.filter(
    (checked) => !code || checked.problems.some((problem) => problem.code === code),
  )
  const [leftOut, warned] = partition(matching, (checked) => !isListed(checked.problems))
  return {
    feed: name,
    label: FEEDS[name],
    enabled: run.isEnabled,
    light: findLight([...problems, ...found.flatMap((checked) => checked.problems)]),
    problems,
    ...tally,
    byCode: countCodes(found),
    docs: [...leftOut, ...warned].slice((page - 1) * limit, page * limit).map(describeCar),
    page,
    totalDocs: matching.length,
    totalPages: Math.max(1, Math.ceil(matching.length / limit)),
  }
}

const partition = <Item>(items: readonly Item[], isFirst: (item: Item) => boolean) =>
  [items.filter(isFirst), items.filter((item) => !isFirst(item))] as const

function countCodes(cars: readonly CheckedCar[]): { code: ProblemCode; cars: number }[] {
  const counts = new Map<ProblemCode, number>()
  for (const { problems } of cars)
    for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts]
    .map(([code, count]) => ({ code, cars: count }))
    .sort((one, other) => other.cars - one.cars || (one.code < other.code ? -1 : 1))
}

const describeCar = ({ car, problems }: CheckedCar) => ({
  id: car.id,
  title: car.title,
  vin: car.vin,
  stockNumber: car.stockNumber,
  status: car.status,
  listed: isListed(problems),
  problems,
})

/** One car in one feed. */
export type CarInFeed = {
  feed: FeedName
  label: string
  enabled: boolean
  listed: boolean
  problems: FeedProblem[]
  car: FeedCar
  override: FeedOverride | undefined
}

/**
 * Checks cars in all feeds, in the order of the feeds. What a feed misses of the dealership is not
 * a problem of its cars.
 */
export async function checkCars(
  req: QueryContext,
  ids: readonly string[],
  { now }: { now: Date },
): Promise<Map<string, CarInFeed[]>> {
  const [open, rows, overrides] = await Promise.all([
    openFeeds(req, { now }),
    loadCarsById(req, ids),
    loadOverrides(req, ids, null),
  ])
  const found = new Map<string, CarInFeed[]>(rows.map(({ id }) => [id, []]))
  for (const feed of FEED_NAMES) {
    const run = open(feed)
    for (const { car, problems } of await checkRows(req, run, { rows, overrides }))
      found.get(car.id)?.push({
        feed,
        label: FEEDS[feed],
        enabled: run.isEnabled,
        listed: isListed(problems),
        problems,
        car,
        override: overrides.find((one) => one.feed === feed && one.carId === car.id),
      })
  }
  return found
}
