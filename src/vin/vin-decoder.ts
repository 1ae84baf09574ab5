import type { Payload, PayloadRequest } from 'payload'
import { cacheKeys } from '../cache/keys.ts'
import { getReadCache } from '../cache/read-cache.ts'
import { findModelYearCandidates } from '../domain/vin-year.ts'
import { TimeLimitExceeded, withTimeLimit } from '../egress/time-limit.ts'
import { getService } from '../services.ts'
import { isComplete, VIN_DECODING, type VinDecoding } from './domain/decoding.ts'
import { mergeDecoding } from './domain/merge-decoding.ts'
import type { EconomyResult, NoResult, OfflineResult, VpicResult } from './domain/source-result.ts'
import type { EconomySource, OfflineSource, RecallSource, VpicSource } from './domain/sources.ts'

declare module '../services.ts' {
  interface Services {
    vinSources: VinSources
  }
}

/** What knows about VINs and models; null for what is off. */
export type VinSources = {
  offline: OfflineSource | null
  vpic: VpicSource | null
  economy: EconomySource | null
  recalls: RecallSource | null
}

/** A VIN of 17 characters, and the model year that the caller entered. */
export type VinQuery = { vin: string; year: number | null }

const OFF = {
  offline: 'VINs are not decoded offline: VIN_OFFLINE is false.',
  vpic: 'vPIC is off: set VPIC_URL.',
  economy: 'fueleconomy.gov is off: set FUEL_ECONOMY_URL.',
} as const

const createOff = (message: string): NoResult => ({ status: 'off', message })

/** How long the sources may take together. */
type DecodeOptions = { timeoutMs: number }

/**
 * Decodes a VIN, from the cache if possible. An answer of every source that is on is cached for
 * seven days; one without a source that was unavailable, or too slow, is not.
 */
export async function decodeVin(
  { payload }: Pick<PayloadRequest, 'payload'>,
  query: VinQuery,
  options: DecodeOptions,
): Promise<VinDecoding> {
  const entry = { key: cacheKeys.vinDecode(query.vin), field: nameField(payload, query), tags: [] }
  const fresh: { decoding: VinDecoding | null } = { decoding: null }
  const text = await getReadCache(payload).read(entry, async () => {
    fresh.decoding = await querySources(payload, query, options)
    return isComplete(fresh.decoding) ? JSON.stringify(fresh.decoding) : null
  })
  if (fresh.decoding) return fresh.decoding
  const cached = VIN_DECODING.safeParse(JSON.parse(text ?? 'null'))
  return cached.success ? cached.data : querySources(payload, query, options)
}

/** A source that is turned on or off changes the answer, so another field of the key has it. */
function nameField(payload: Payload, { year }: VinQuery): string {
  const { offline, vpic, economy } = getService(payload, 'vinSources')
  const on = Object.entries({ offline, vpic, economy }).flatMap(([name, source]) =>
    source ? [name] : [],
  )
  return [year === null ? 'vin' : `year:${year}`, ...on].join(' ')
}

/** Whether anything beside the VIN itself is known about vehicles. */
export function canDecode(payload: Payload): boolean {
  const { offline, vpic } = getService(payload, 'vinSources')
  return offline !== null || vpic !== null
}

/** Queries the sources that are on. None of them throws. */
async function querySources(
  payload: Payload,
  { vin, year }: VinQuery,
  { timeoutMs }: DecodeOptions,
): Promise<VinDecoding> {
  const sources = getService(payload, 'vinSources')
  const latest = new Date().getUTCFullYear() + 1
  const deadline = performance.now() + timeoutMs
  const [offline, vpic] = await Promise.all([
    waitUntil(
      deadline,
      'The vehicle database of this server',
      queryOffline(sources, { vin, year }, latest),
    ),
    waitUntil(deadline, 'vPIC', queryVpic(sources, { vin, year })),
  ])
  if ('cause' in offline && offline.cause !== undefined)
    payload.logger.warn({ err: offline.cause, msg: `VIN ${vin} could not be decoded offline.` })
  const results = { vin, typedYear: year, latest, offline, vpic }
  const known = mergeDecoding({ ...results, economy: createOff(OFF.economy) })
  const economy = await waitUntil(deadline, 'fueleconomy.gov', queryEconomy(sources, known))
  return mergeDecoding({ ...results, economy })
}

/** The result of a source; after the deadline, that it is unavailable. */
async function waitUntil<Result>(
  deadline: number,
  name: string,
  result: Promise<Result>,
): Promise<Result | NoResult> {
  const milliseconds = Math.max(1, deadline - performance.now())
  try {
    return await withTimeLimit({ milliseconds }, () => result)
  } catch (error) {
    if (!(error instanceof TimeLimitExceeded)) throw error
    return { status: 'unavailable', message: `${name} did not respond in time.` }
  }
}

const queryVpic = async ({ vpic }: VinSources, { vin, year }: VinQuery): Promise<VpicResult> =>
  vpic ? vpic.decode(vin, year) : createOff(OFF.vpic)

async function queryOffline(
  { offline }: VinSources,
  { vin, year }: VinQuery,
  latest: number,
): Promise<OfflineResult> {
  if (!offline) return createOff(OFF.offline)
  const { years } = findModelYearCandidates(vin, { latest })
  return offline.decode(vin, [...new Set([...(year === null ? [] : [year]), ...years])])
}

async function queryEconomy(
  { economy }: VinSources,
  { fields }: VinDecoding,
): Promise<EconomyResult> {
  if (!economy) return createOff(OFF.economy)
  const { year, make, model, engine, drivetrain } = fields
  if (!year || !make || !model)
    return {
      status: 'no_data',
      message: 'Fuel economy is looked up by year, make and model, which are not all known.',
    }
  return economy.find({
    year: year.value,
    make: make.value,
    model: model.value,
    engine: engine?.value ?? null,
    drivetrain: drivetrain?.value ?? null,
  })
}
