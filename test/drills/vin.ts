import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { computePercentile } from '../bench/measure.ts'
import { listColdVins } from '../support/cold-vins.ts'
import { startVpicPeer, type VpicPeer } from '../support/vpic-peer.ts'
import { sendRequest } from './crowd.ts'
import { openDrillDatabase } from './database.ts'
import { signIn, startProduct } from './product.ts'

type Print = (line: string) => void
type Stage = { origin: string; token: string; peer: VpicPeer }
type Save = { milliseconds: number; status: number; isUnavailable: boolean }

const SAVES = 20
const BATCH = 52
const BATCH_LIMIT = 50
const CONNECTIONS = 20
const MAX = { faultMs: 1_000, p95Ms: 80 }

/**
 * Cars are saved by their VIN while vPIC is slow, down, malformed, or rejects the 51st request of a
 * batch. Each of them is saved in less than a second, and its answer says that vPIC is unavailable.
 * Without vPIC, twenty connections save cars with a p95 of 80 ms (R29).
 */
export async function vinDrill(print: Print): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const database = await openDrillDatabase(folder)
  const urls = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }
  const peer = await startVpicPeer()
  try {
    const offline = await withProduct(folder, urls, (origin) => saveAtOnce(print, origin))
    const faults = [
      ['slow', 'silent'],
      ['down', 'cut'],
      ['malformed', { text: '<html>' }],
      ['rejecting', { status: 403 }],
    ] as const
    let held = offline
    const { VPIC_URL } = peer.settings
    for (const [name, canned] of faults)
      held =
        (await withProduct(folder, { ...urls, VPIC_URL }, async (origin, token) => {
          peer.always(canned)
          return judgeFault(print, name, await saveCars({ origin, token, peer }, SAVES))
        })) && held
    peer.always(null)
    const batch = await withProduct(folder, { ...urls, VPIC_URL }, async (origin, token) => {
      peer.limit = peer.requests.length + BATCH_LIMIT
      const saves = await saveCars({ origin, token, peer }, BATCH)
      return judgeFault(print, '403 at the 51st', saves.slice(BATCH_LIMIT))
    })
    return held && batch
  } finally {
    await peer.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts the product, unpacks its vehicle database with a first VIN, and stops it afterward. */
async function withProduct(
  folder: string,
  environment: Record<string, string>,
  work: (origin: string, token: string) => Promise<boolean>,
): Promise<boolean> {
  const product = await startProduct(folder, { JOBS_IN_SERVER: 'false', ...environment })
  try {
    const token = await signIn(product.origin)
    await sendRequest(product.origin, token, 'GET', '/api/vin/decode/1HGCM82633A004352')
    return await work(product.origin, token)
  } finally {
    await product.stop()
  }
}

async function saveCars({ origin, token }: Stage, count: number): Promise<Save[]> {
  const saves: Save[] = []
  for (const vin of listColdVins(count, randomInt(1_000_000)))
    saves.push(await saveCar(origin, token, vin))
  return saves
}

async function saveCar(origin: string, token: string, vin: string): Promise<Save> {
  // a generated VIN may be of a model that was not sold in its year
  const car = { vin, year: 2018, model: 'Any', price: 12_000, mileage: 40_000 }
  const began = performance.now()
  const answer = await sendRequest(origin, token, 'POST', '/api/inventory', car)
  const text = await answer.text()
  const milliseconds = performance.now() - began
  return { milliseconds, status: answer.status, isUnavailable: text.includes('vin_decode_unavail') }
}

function judgeFault(print: Print, name: string, saves: readonly Save[]): boolean {
  const slowest = Math.max(...saves.map(({ milliseconds }) => milliseconds))
  const saved = saves.filter(({ status }) => status === 201).length
  const reported = saves.filter(({ isUnavailable }) => isUnavailable).length
  print(
    `${name}: ${saved} of ${saves.length} saved, ${reported} say "unavailable", the slowest took ` +
      `${slowest.toFixed(0)} ms (at most ${MAX.faultMs})`,
  )
  return saved === saves.length && reported === saves.length && slowest <= MAX.faultMs
}

/** Twenty connections save cars of the same models with vPIC off. */
async function saveAtOnce(print: Print, origin: string): Promise<boolean> {
  const token = await signIn(origin)
  const vins = listColdVins(600, randomInt(1_000_000))
  const saves: Save[] = []
  const saveNext = async (): Promise<void> => {
    for (let vin = vins.pop(); vin !== undefined; vin = vins.pop())
      saves.push(await saveCar(origin, token, vin))
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, saveNext))
  const later = saves.slice(100).map(({ milliseconds }) => milliseconds)
  const p95 = computePercentile(later, 0.95)
  const saved = saves.filter(({ status }) => status === 201).length
  print(
    `offline: ${saved} of ${saves.length} saved at ${CONNECTIONS} connections, p95 ` +
      `${p95.toFixed(0)} ms (at most ${MAX.p95Ms})`,
  )
  return saved === saves.length && p95 <= MAX.p95Ms
}
