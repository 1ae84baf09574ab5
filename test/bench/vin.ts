import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { findModelYearCandidates } from '../../src/domain/vin-year.ts'
import { OfflineDecoder } from '../../src/vin/adapters/offline/offline-decoder.ts'
import { listColdVins } from '../support/cold-vins.ts'
import { computePercentile } from './measure.ts'

/** How this bench is named on the command line. */
export const VIN = 'vin'

const VINS = 100
const MAX_DELAY_MS = 50
const NANOSECONDS = 1e6

type Print = (line: string) => void

/**
 * R27: how long the event loop is delayed while 100 VINs are decoded of which each is of another
 * model or year, at once and with the database still packed.
 */
export async function benchVin(print: Print) {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt-bench-'))
  const decoder = new OfflineDecoder({ folder })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const began = performance.now()
  const millis = await Promise.all(listColdVins(VINS).map((vin) => measureDecoding(decoder, vin)))
  delay.disable()
  const total = performance.now() - began
  await decoder.close()
  await rm(folder, { recursive: true })
  const p99 = delay.percentile(99) / NANOSECONDS
  print(`${VINS} cold VINs in ${total.toFixed(0)} ms, with the database unpacked by the first one`)
  print(`the last of them after ${computePercentile(millis, 1).toFixed(0)} ms`)
  print(
    `event loop delay: p99 ${p99.toFixed(1)} ms, max ${(delay.max / NANOSECONDS).toFixed(1)} ms`,
  )
  return [
    {
      name: `p99 of the event loop: ${MAX_DELAY_MS} ms / it`,
      of: VIN,
      to: VIN,
      min: 1,
      figure: MAX_DELAY_MS / p99,
    },
  ]
}

async function measureDecoding(decoder: OfflineDecoder, vin: string): Promise<number> {
  const { years } = findModelYearCandidates(vin, { latest: new Date().getUTCFullYear() + 1 })
  const began = performance.now()
  const { status } = await decoder.decode(vin, years)
  if (status === 'unavailable') throw new Error(`VIN ${vin} was not decoded.`)
  return performance.now() - began
}
