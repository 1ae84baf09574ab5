import { loadDealership } from '../../../src/lot/store/dealership.ts'
import { getLotTimeZone } from '../../../src/lot/time-zone.ts'
import { loadBannerUrls } from '../../../src/photos/store/banners.ts'
import { checkCar } from '../domain/check-car.ts'
import type { FeedCar } from '../domain/feed-car.ts'
import type { FeedName } from '../domain/feed-names.ts'
import type { FeedProblem } from '../domain/feed-problem.ts'
import type { Feed, FeedContext } from '../domain/feed.ts'
import type { MappingRule } from '../domain/mapping.ts'
import { feeds } from '../feeds/index.ts'
import {
  type CarRow,
  type FeedOverride,
  loadCarPage,
  loadOverrides,
  loadSharedNumbers,
  type QueryContext,
  type SharedNumbers,
} from '../store/feed-cars.ts'
import { loadFeedSettings } from '../store/feed-settings.ts'
import { buildFeedCar } from './build-feed-car.ts'

/** Cars that are read at once. */
const BATCH = 250
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const DAY_MS = 86_400_000

/** Everything that generating or checking a feed needs besides its cars. */
export type FeedRun = {
  feed: Feed
  context: FeedContext & { mapping: readonly MappingRule[] }
  isEnabled: boolean
  useBanner: boolean
  useHighlight: boolean
  /** The origin of this server. */
  origin: string
  shared: SharedNumbers
}

/** A car of a feed with everything that keeps it out. */
export type CheckedCar = { car: FeedCar; problems: FeedProblem[] }

/** Loads what the feeds need, once for all of them. */
export async function openFeeds(
  req: QueryContext,
  { now }: { now: Date },
): Promise<(name: FeedName) => FeedRun> {
  const [dealership, settings, shared] = await Promise.all([
    loadDealership(req),
    loadFeedSettings(req),
    loadSharedNumbers(req),
  ])
  const { config } = req.payload
  return (name) => {
    const row = settings.get(name)
    return {
      feed: feeds[name],
      context: {
        dealership,
        dealerId: row?.dealerId || null,
        currency: String(config.admin.custom['currency']),
        timeZone: getLotTimeZone(req.payload),
        now,
        mapping: row?.mapping ?? [],
      },
      isEnabled: row?.enabled ?? false,
      useBanner: row?.useBanner ?? false,
      useHighlight: row?.useHighlight ?? false,
      origin: config.serverURL,
      shared,
    }
  }
}

/**
 * Reads the cars of a feed in batches, by id: those of its statuses, also the ones that are left
 * out, with their problems.
 */
export async function* readFeedCars(req: QueryContext, run: FeedRun): AsyncGenerator<CheckedCar[]> {
  const { feed, context } = run
  const soldSince = new Date(context.now.getTime() - feed.soldDays * DAY_MS)
  const selection = { statuses: feed.statuses, soldSince }
  let after = FIRST_ID
  for (;;) {
    const rows = await loadCarPage(req, selection, { after, limit: BATCH })
    if (rows.length > 0) yield await checkPage(req, run, rows)
    if (rows.length < BATCH) return
    after = rows.at(-1)?.id ?? after
  }
}

async function checkPage(
  req: QueryContext,
  run: FeedRun,
  rows: readonly CarRow[],
): Promise<CheckedCar[]> {
  const ids = rows.map(({ id }) => id)
  return checkRows(req, run, { rows, overrides: await loadOverrides(req, ids, run.feed.name) })
}

/** Builds the cars of a feed from their rows and what feeds say instead, with their problems. */
export async function checkRows(
  req: QueryContext,
  run: FeedRun,
  { rows, overrides }: { rows: readonly CarRow[]; overrides: readonly FeedOverride[] },
): Promise<CheckedCar[]> {
  const ids = rows.map(({ id }) => id)
  const banners = run.useBanner ? await loadBannerUrls(req, ids) : new Map<string, string>()
  const own = overrides.filter(({ feed }) => feed === run.feed.name)
  const byCar = new Map(own.map((override) => [override.carId, override]))
  return rows.map((row) => checkRow(run, row, byCar.get(row.id), banners.get(row.id) ?? null))
}

function checkRow(
  run: FeedRun,
  row: CarRow,
  override: FeedOverride | undefined,
  banner: string | null,
): CheckedCar {
  const { context, origin, shared, useHighlight } = run
  const parts = { override, banner, useHighlight, origin, shared, dealership: context.dealership }
  const car = buildFeedCar(row, parts)
  return { car, problems: checkCar(car, run.feed, context) }
}
