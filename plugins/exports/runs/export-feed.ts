import { createLocalReq } from 'payload'
import { GiveUp, LeaseLost } from '../../../jobs/outcomes.ts'
import type { RunResult, TaskContext, TransactionRequest } from '../../../jobs/task.ts'
import { getService } from '../../../src/services.ts'
import { compareListings, formatDiff, type ListingDiff } from '../domain/compare-listings.ts'
import { DeliveryFailure } from '../domain/delivery-failure.ts'
import { FEEDS, type FeedName } from '../domain/feed-names.ts'
import { findHoldReason } from '../domain/hold.ts'
import { generateFeed } from '../generate-feed.ts'
import type { ExportOptions } from '../options.ts'
import {
  type Delivery,
  failAbandoned,
  findLatest,
  forgetOldCars,
  loadListedCars,
  logExport,
  moveDelivery,
  removeDelivery,
  saveFile,
  startDelivery,
  type StoredFile,
  supersedeWaiting,
} from '../store/deliveries.ts'
import { type DeliverySettings, loadDeliverySettings } from '../store/delivery-settings.ts'
import { mailManagers } from './hold-mail.ts'
import { sendFile } from './send-file.ts'
import { storeFeed } from './stored-files.ts'

/** One run for one feed. */
type ExportRun = {
  ctx: TaskContext
  feed: FeedName
  options: ExportOptions
  settings: DeliverySettings
}

/** The error of a delivery whose process died. */
export const DIED = 'The process that made the delivery stopped in the middle.'

/**
 * Makes the file of a feed and delivers it, or delivers one that a manager has released. A feed
 * that lost too many cars is held. Every delivery has a row and a log entry, whatever its outcome:
 * those of runs that died get theirs from the next run. Throws GiveUp for a failure that only a
 * person can correct.
 */
export async function exportFeed(
  ctx: TaskContext,
  feed: FeedName,
  options: ExportOptions,
): Promise<RunResult> {
  await ctx.commit((tx) => closeAbandoned(tx, feed))
  const settings = await loadDeliverySettings(ctx, feed)
  if (!settings.enabled) return { skipped: `${FEEDS[feed]} is turned off.` }
  if (settings.delivery === 'none') return { skipped: `${FEEDS[feed]} is set to not delivered.` }
  const run: ExportRun = { ctx, feed, options, settings }
  const released = await findLatest(ctx, feed, 'released')
  const result = await (released ? sendReleased(run, released) : deliverFeed(run))
  const later = await findLatest(ctx, feed, 'released') // released while this run was working
  return later ? sendReleased(run, later) : result
}

/** Records that the deliveries of runs that have died failed. */
export async function closeAbandoned(
  tx: TransactionRequest,
  feed: FeedName | null = null,
): Promise<number> {
  const abandoned = await failAbandoned(tx, DIED, feed)
  for (const delivery of abandoned) await logFailure(tx, delivery.feed, delivery.cars ?? 0, DIED)
  return abandoned.length
}

async function deliverFeed(run: ExportRun): Promise<RunResult> {
  const { ctx, feed } = run
  const id = await ctx.commit((tx) => startDelivery(tx, feed, ctx.jobId))
  const progress = { cars: 0 }
  try {
    const file = await makeFile(run)
    progress.cars = file.listed.length
    return await deliverFile(run, id, file)
  } catch (error) {
    throw await recordFailure(run, id, progress.cars, error)
  }
}

async function makeFile({ ctx, feed }: ExportRun): Promise<StoredFile> {
  const { payload, signal, now } = ctx
  const req = await createLocalReq({}, payload)
  const generated = await generateFeed(req, feed, { now: now() })
  return storeFeed(getService(payload, 'storages').feeds, generated, signal)
}

async function deliverFile(run: ExportRun, id: string, file: StoredFile): Promise<RunResult> {
  const { ctx, feed, settings } = run
  const last = await findLatest(ctx, feed, 'delivered')
  if (settings.delivery === 'pull' && last?.sha256 === file.sha256 && (await hasFile(ctx, last)))
    return keepUnchanged(run, id, file)
  const before = last ? await loadListedCars(ctx, last.id) : []
  const diff = compareListings(before, file.listed)
  const reason = findHoldReason(last ? (last.cars ?? 0) : null, file.listed.length)
  if (reason !== null) return holdFile(run, id, file, diff, reason)
  await ctx.commit((tx) => saveFile(tx, id, file, diff))
  await sendFile(ctx, file, { ...run, signal: ctx.signal })
  await ctx.commit((tx) => recordDelivered(tx, feed, id, file.listed.length))
  return { delivery: id, cars: file.listed.length, changes: formatDiff(diff) }
}

/** Whether the file of a delivery is still stored. */
async function hasFile({ payload }: TaskContext, { fileKey }: Delivery): Promise<boolean> {
  const { feeds } = getService(payload, 'storages')
  return fileKey !== null && (await feeds.head(fileKey)) !== null
}

/** A receiver that fetches the file already has this one: only the log says that it was made. */
async function keepUnchanged(
  { ctx, feed }: ExportRun,
  id: string,
  file: StoredFile,
): Promise<RunResult> {
  await ctx.commit(async (tx) => {
    await removeDelivery(tx, id)
    await supersedeWaiting(tx, feed)
    await logSuccess(tx, feed, file.listed.length)
  })
  await getService(ctx.payload, 'storages').feeds.remove(file.fileKey)
  return { cars: file.listed.length, changes: 'The same file as before' }
}

async function holdFile(
  { ctx, feed, settings }: ExportRun,
  id: string,
  file: StoredFile,
  diff: ListingDiff,
  reason: string,
): Promise<RunResult> {
  const error = `Held until a manager releases it. ${reason}`
  const summary = formatDiff(diff)
  await ctx.commit(async (tx) => {
    await saveFile(tx, id, file, diff)
    await supersedeWaiting(tx, feed, id)
    await moveDelivery(tx, id, ['sending'], 'held', error)
    await logFailure(tx, feed, file.listed.length, error)
    await mailManagers(tx, feed, { feedId: settings.id, reason, summary })
  })
  return { delivery: id, held: reason, changes: summary }
}

/** Sends the stored file of a delivery that a manager has released. */
async function sendReleased(run: ExportRun, released: Delivery): Promise<RunResult> {
  const { ctx, feed } = run
  const cars = released.cars ?? 0
  try {
    await sendFile(ctx, released, { ...run, signal: ctx.signal })
    await ctx.commit((tx) => recordDelivered(tx, feed, released.id, cars))
    return { delivery: released.id, cars, changes: released.summary ?? '' }
  } catch (error) {
    throw await recordFailure(run, released.id, cars, error)
  }
}

async function recordDelivered(
  tx: TransactionRequest,
  feed: FeedName,
  id: string,
  cars: number,
): Promise<void> {
  await moveDelivery(tx, id, ['sending', 'released'], 'delivered')
  await supersedeWaiting(tx, feed, id)
  await forgetOldCars(tx, feed, id)
  await logSuccess(tx, feed, cars)
}

/**
 * Records why a delivery failed, and returns the error of the run. A released one waits for the
 * next attempt, unless only a person can help.
 */
async function recordFailure(
  { ctx, feed }: ExportRun,
  id: string,
  cars: number,
  error: unknown,
): Promise<unknown> {
  if (error instanceof LeaseLost) return error
  const reason = describeFailure(error)
  const isFinal = error instanceof DeliveryFailure && !error.isTemporary
  await ctx.commit(async (tx) => {
    await moveDelivery(tx, id, ['sending'], 'failed', reason)
    if (isFinal || ctx.isLastAttempt) await moveDelivery(tx, id, ['released'], 'failed', reason)
    await logFailure(tx, feed, cars, reason)
  })
  return isFinal ? new GiveUp(reason, { cause: error }) : error
}

/** One sentence; details of unexpected errors are for the job history and the log of the server. */
function describeFailure(error: unknown): string {
  if (error instanceof DeliveryFailure) return error.message
  const name = error instanceof Error ? error.name : 'Error'
  return name === 'Stopped'
    ? 'The worker was stopped; the delivery is repeated.'
    : `The feed could not be made (${name}). The history of its job has the details.`
}

const logSuccess = (tx: TransactionRequest, feed: FeedName, vehicleCount: number) =>
  logExport(tx, { platform: feed, status: 'success', vehicleCount, errorMessage: null })

const logFailure = (
  tx: TransactionRequest,
  platform: string,
  vehicleCount: number,
  errorMessage: string,
) => logExport(tx, { platform, status: 'failure', vehicleCount, errorMessage })
