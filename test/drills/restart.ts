import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withCheckDigit } from '../../src/domain/vin.ts'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { type Product, signIn, startProduct } from './product.ts'

const KILLS = 20
const WRITERS = 4
const READY_WITHIN_MS = 5_000

/**
 * R2: the product is killed at random moments of a write loop, twenty times. No write that it
 * acknowledged is lost.
 */
export async function restartDrill(print: (line: string) => void): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const acks = path.join(folder, 'acknowledged')
  const port = await findFreePort()
  const waits: number[] = []
  let product = await startProduct(folder, {}, port)
  const token = await signIn(product.origin)
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const after = 150 + Math.random() * 1_500
      const written = await writeUntilKilled(product, token, kill, after, acks)
      product = await startProduct(folder, {}, port)
      waits.push(product.readyAfter)
      print(
        `kill ${kill + 1}: ${written} writes acknowledged in ${Math.round(after)} ms; ready ` +
          `again after ${product.readyAfter} ms`,
      )
    }
    const acknowledged = (await readFile(acks, 'utf8')).trim().split('\n')
    const lost = await findMissing(product.origin, token, acknowledged)
    const slowest = Math.max(...waits)
    print(
      `${acknowledged.length} writes were acknowledged, ${lost.length} of them are lost; the ` +
        `slowest start took ${slowest} ms (at most ${READY_WITHIN_MS}).`,
    )
    return lost.length === 0 && acknowledged.length > KILLS && slowest <= READY_WITHIN_MS
  } finally {
    await product.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Writers go on until the process is killed after so many milliseconds; every acknowledged VIN is
 * on disk before the next write.
 */
async function writeUntilKilled(
  product: Product,
  token: string,
  round: number,
  after: number,
  acks: string,
): Promise<number> {
  let written = 0
  let killed = false
  const writer = async (number: number) => {
    for (let turn = 0; !killed; turn++) {
      const vin = withCheckDigit(
        `1HGCV1F30MA${String(round).padStart(2, '0')}${number}${String(turn).padStart(3, '0')}`,
      )
      const answer = await postCar(product.origin, token, {
        vin,
        year: 2021,
        make: 'Honda',
        model: 'Accord',
        price: 20_000,
        mileage: 10_000,
      })
      if (answer !== 201) continue
      await appendFile(acks, `${vin}\n`)
      written++
    }
  }
  const writers = Array.from({ length: WRITERS }, (_, number) => writer(number))
  await sleep(after)
  product.process.kill('SIGKILL')
  killed = true
  await Promise.all([
    ...writers,
    product.process.exitCode === null && product.process.signalCode === null
      ? once(product.process, 'exit')
      : null,
  ])
  return written
}

async function postCar(origin: string, token: string, car: object): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${origin}/api/inventory`, {
    method: 'POST',
    headers,
    body: JSON.stringify(car),
  }).catch(() => null)
  await answer?.body?.cancel()
  return answer?.status ?? 0
}

async function findMissing(
  origin: string,
  token: string,
  vins: readonly string[],
): Promise<string[]> {
  const lost: string[] = []
  for (let start = 0; start < vins.length; start += 50) {
    const batch = vins.slice(start, start + 50)
    const query = `where[vin][in]=${batch.join(',')}&limit=100&select[vin]=true&pagination=false`
    const answer = await fetch(`${origin}/api/inventory?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const { docs } = (await answer.json()) as { docs: { vin: string }[] }
    const there = new Set(docs.map((car) => car.vin))
    lost.push(...batch.filter((vin) => !there.has(vin)))
  }
  return lost
}
