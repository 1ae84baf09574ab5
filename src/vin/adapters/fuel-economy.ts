import { z } from 'zod'
import {
  type EconomyRecord,
  findCommonEconomy,
  mayHaveEngine,
  pickModelNames,
} from '../domain/economy.ts'
import type { EconomyResult } from '../domain/source-result.ts'
import type { EconomyQuery, EconomySource } from '../domain/sources.ts'
import { createServiceClient, type ServiceAnswer, type ServiceClient } from './service-client.ts'

const TIMEOUT_MS = 2_000
const COOL_DOWN_MS = 30_000
/** More names or versions would be too many requests for one vehicle. */
const MAX_NAMES = 3
const MAX_VERSIONS = 6

const ITEM = z.object({ text: z.string(), value: z.coerce.string() })

/** A menu: one item is not in an array, and an empty menu is null. */
const MENU = z
  .object({ menuItem: z.union([z.array(ITEM), ITEM.transform((item) => [item])]).nullish() })
  .nullable()
  .transform((menu) => menu?.menuItem ?? [])

const volume = z.coerce.number().catch(0)
/** Miles per gallon; 0 if unknown. */
const economy = z.coerce
  .number()
  .transform((miles) => (miles >= 1 && miles <= 500 ? Math.round(miles) : null))

const VEHICLE = z
  .object({
    city08: economy,
    highway08: economy,
    lv2: volume,
    lv4: volume,
    pv2: volume,
    pv4: volume,
  })
  .transform(({ city08, highway08, lv2, lv4, pv2, pv4 }): EconomyRecord => ({
    city: city08,
    highway: highway08,
    twoDoorVolume: lv2 + pv2,
    fourDoorVolume: lv4 + pv4,
  }))

/** fueleconomy.gov did not give an answer; the message says why. */
class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

/** Creates the source that looks up doors and fuel economy with EPA’s fueleconomy.gov. */
export function createEconomySource({ url }: { url: string }): EconomySource {
  const client = createServiceClient({
    name: 'fueleconomy.gov',
    url,
    timeoutMs: TIMEOUT_MS,
    coolDownMs: COOL_DOWN_MS,
    attempts: 1,
  })
  return {
    find: async (query) => {
      try {
        return await findEconomy(client, query)
      } catch (error) {
        if (error instanceof Unavailable) return { status: 'unavailable', message: error.message }
        throw error
      }
    },
  }
}

async function findEconomy(client: ServiceClient, query: EconomyQuery): Promise<EconomyResult> {
  const names = await listModelNames(client, query)
  const versions = await Promise.all(names.map((name) => listVersions(client, query, name)))
  const ids = versions.flat()
  if (ids.length === 0 || ids.length > MAX_VERSIONS)
    return {
      status: 'no_data',
      message:
        ids.length === 0
          ? 'fueleconomy.gov does not list this model.'
          : 'fueleconomy.gov lists too many versions of this model.',
    }
  const records = await Promise.all(
    ids.map(async (id) => unwrap(await client.get(`vehicle/${encodeURIComponent(id)}`, VEHICLE))),
  )
  const message =
    records.length === 1
      ? null
      : `fueleconomy.gov lists ${records.length} versions; the values are the same for all.`
  return { status: 'decoded', facts: findCommonEconomy(records), message }
}

async function listModelNames(client: ServiceClient, query: EconomyQuery): Promise<string[]> {
  const params = new URLSearchParams({ year: String(query.year), make: query.make })
  const items = unwrap(await client.get(`vehicle/menu/model?${params.toString()}`, MENU))
  const names = pickModelNames(
    items.map(({ value }) => value),
    query,
  )
  return names.slice(0, MAX_NAMES)
}

async function listVersions(
  client: ServiceClient,
  { year, make, engine }: EconomyQuery,
  model: string,
): Promise<string[]> {
  const params = new URLSearchParams({ year: String(year), make, model })
  const items = unwrap(await client.get(`vehicle/menu/options?${params.toString()}`, MENU))
  return items.filter(({ text }) => mayHaveEngine(text, engine)).map(({ value }) => value)
}

function unwrap<Value>(answer: ServiceAnswer<Value>): Value {
  if ('value' in answer) return answer.value
  throw new Unavailable(answer.unavailable)
}
