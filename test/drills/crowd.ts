import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findFreePort } from '../../src/database/embedded/postmaster.ts'
import { seedCars } from '../bench/seed.ts'
import { AUDIENCE, OwnerIssuer } from '../support/owner-issuer.ts'
import { openDrillDatabase } from './database.ts'
import { type Product, signIn, startProduct } from './product.ts'

const CLAIM = 'https://forecourt/email'
const CARS = 2_000

/**
 * The product with the limits it has by default, some cars, some owners and a member of staff, for
 * drills about load.
 */
export type Crowd = {
  product: Product
  /** Where its metrics are read. */
  metrics: string
  folder: string
  staff: string
  owners: readonly string[]
  stop: () => Promise<void>
}

/** Starts all of it in processes of its own. `environment` is what the drill is about. */
export async function startCrowd(
  owners: number,
  environment: Record<string, string> = {},
): Promise<Crowd> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const database = await openDrillDatabase(folder)
  const issuer = await new OwnerIssuer().start()
  const port = await findFreePort()
  const own = {
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    METRICS_PORT: String(port),
    OWNERS_ISSUER: issuer.url,
    OWNERS_AUDIENCE: AUDIENCE,
    OWNERS_EMAIL_CLAIM: CLAIM,
    ...environment,
  }
  const running: { product?: Product } = {}
  const stop = async () => {
    await running.product?.stop()
    await issuer.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const product = (running.product = await startProduct(folder, own, undefined, {}))
    await seedCars(database.url, 1, CARS)
    const tokens = await Promise.all(Array.from({ length: owners }, () => createToken(issuer)))
    return {
      product,
      metrics: `http://127.0.0.1:${port}/metrics`,
      folder,
      owners: tokens,
      stop,
      staff: await signIn(product.origin),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const createToken = (issuer: OwnerIssuer) =>
  issuer.token(`auth0|${randomUUID()}`, {
    claims: { [CLAIM]: `${randomUUID()}@forecourt.example`, [`${CLAIM}_verified`]: true },
  })

/** A request as an owner or a member of staff. */
export async function sendRequest(
  origin: string,
  token: string,
  method: string,
  target: string,
  body?: object,
): Promise<globalThis.Response> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body && { 'content-type': 'application/json' }),
  }
  return fetch(`${origin}${target}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  })
}

/**
 * The values of a metric by its labels, as text: `{lane="api",state="running"}`, or an empty text.
 */
export async function readMetric(address: string, name: string): Promise<Map<string, number>> {
  const text = await (await fetch(address)).text()
  const lines = text.matchAll(new RegExp(`^${name}(\\{[^}]*\\})? (\\S+)$`, 'gm'))
  return new Map([...lines].map(([, labels = '', value]) => [labels, Number(value)]))
}

/** A figure of /proc/PID/status in megabytes: VmRSS now, VmHWM at most so far. */
export function readMemory({ process: { pid } }: Product, figure: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`^${figure}:\\s+(\\d+) kB`, 'm').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  )?.[1]
  return Math.round(Number(kilobytes) / 1024)
}
