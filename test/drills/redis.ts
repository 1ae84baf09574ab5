import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { computePercentile } from '../bench/measure.ts'
import { AUDIENCE, OwnerIssuer } from '../support/owner-issuer.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'
import { sendRequest } from './crowd.ts'
import { openDrillDatabase } from './database.ts'
import { type Product, startProduct } from './product.ts'

type Print = (line: string) => void

const CLAIM = 'https://forecourt/email'
const OWNERS = 4
const PAUSE_MS = 20
const PHASE_MS = 5_000
/** Longer than the timeout of an operation. */
const SETTLE_MS = 500
const MAX = { addedMs: 10, reconnectMs: 2_000, otherServerMs: 1_000 }

/** What one request of an owner got. */
type Answer = {
  at: number
  milliseconds: number
  status: number
  /** How long ago a write had been confirmed that it did not show; 0 if it showed all. */
  staleMs: number
  /** Whether it came from the server that the write was sent to. */
  fromWriter: boolean
}
type Stage = {
  servers: readonly [Product, Product]
  tokens: readonly string[]
  redis: () => RedisPeer
  restart: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * R19: two servers with one Redis, and owners who write to one of them and read from both. Redis is
 * killed, started again, frozen, resumed and flushed. No call fails; a read never shows less than
 * the owner's last confirmed write at the same server, and for at most a second at the other; the
 * p95 grows by 10 ms at most; and Redis is used again within two seconds of its return.
 */
export async function redisDrill(print: Print): Promise<boolean> {
  if (!findRedis()) return false
  const stage = await openStage()
  const halt = new AbortController()
  const answers: Answer[] = []
  try {
    const owners = stage.tokens.map((token) => runOwner(stage, token, answers, halt.signal))
    const held = await injectFaults(print, stage, answers).finally(async () => {
      halt.abort()
      await Promise.all(owners)
    })
    return checkAnswers(print, answers) && held
  } finally {
    await stage.stop()
  }
}

async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const database = await openDrillDatabase(folder)
  const issuer = await new OwnerIssuer().start()
  let redis = await openRedis()
  const servers: Product[] = []
  const start = async (name: string) => {
    const home = path.join(folder, name)
    await mkdir(home)
    const product = await startProduct(home, {
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      METRICS_PORT: '0',
      JOBS_IN_SERVER: 'false',
      OWNERS_ISSUER: issuer.url,
      OWNERS_AUDIENCE: AUDIENCE,
      OWNERS_EMAIL_CLAIM: CLAIM,
      REDIS_URL: redis.url,
    })
    servers.push(product)
    return product
  }
  const stop = async () => {
    for (const server of servers) await server.stop()
    await redis.kill()
    await issuer.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const tokens = await Promise.all(Array.from({ length: OWNERS }, () => createToken(issuer)))
    const both = [await start('one'), await start('other')] as const
    const restart = async () => void (redis = await redis.restart())
    return { servers: both, tokens, redis: () => redis, restart, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const createToken = (issuer: OwnerIssuer) =>
  issuer.token(`auth0|${randomUUID()}`, {
    claims: { [CLAIM]: `${randomUUID()}@forecourt.example`, [`${CLAIM}_verified`]: true },
  })

/** An owner renames their vehicle at one server, and lists it at both, until told to stop. */
async function runOwner(
  { servers: [one, other] }: Stage,
  token: string,
  answers: Answer[],
  signal: AbortSignal,
): Promise<void> {
  const vehicle = { make: 'Honda', model: 'Accord', year: 2021, licensePlate: 'D-1' }
  const created = await sendRequest(one.origin, token, 'POST', '/api/vehicles', vehicle)
  const { doc } = (await created.json()) as { doc: { id: string } }
  for (let turn = 1; !signal.aborted; turn++) {
    const [writer, reader] = turn % 2 ? [one, other] : [other, one]
    const target = `/api/vehicles/${doc.id}`
    const write = await measure(() =>
      sendRequest(writer.origin, token, 'PATCH', target, { nickname: String(turn) }),
    )
    answers.push({ ...write.answer, staleMs: 0, fromWriter: true })
    const written = Date.now()
    for (const server of [writer, reader, writer, reader]) {
      const began = Date.now()
      const { answer, text } = await measure(() =>
        sendRequest(server.origin, token, 'GET', '/api/vehicles?limit=10'),
      )
      const staleMs = text.includes(`"nickname":"${turn}"`) ? 0 : Math.max(1, began - written)
      answers.push({ ...answer, staleMs, fromWriter: server === writer })
    }
    await sleep(PAUSE_MS)
  }
}

async function measure(send: () => Promise<globalThis.Response>) {
  const at = Date.now()
  const began = performance.now()
  const response = await send().catch(() => null)
  const text = (await response?.text()) ?? ''
  const milliseconds = performance.now() - began
  return { text, answer: { at, milliseconds, status: response?.status ?? 0 } }
}

/** Every fault, one after the other; whether the p95 and the time to reconnect held. */
async function injectFaults(print: Print, stage: Stage, answers: Answer[]): Promise<boolean> {
  await waitUntilUsed(stage)
  await sleep(PHASE_MS) // code is compiled
  const calm = await watchPhase(answers)
  print(`calm: p95 ${calm.toFixed(1)} ms`)
  let held = true
  const judge = async (name: string) => {
    const p95 = await watchPhase(answers)
    print(`${name}: p95 ${p95.toFixed(1)} ms (at most ${(calm + MAX.addedMs).toFixed(1)})`)
    held &&= p95 <= calm + MAX.addedMs
  }
  const judgeReturn = async (name: string) => {
    const took = await waitUntilUsed(stage)
    print(`${name}: used again after ${took} ms (at most ${MAX.reconnectMs})`)
    held &&= took <= MAX.reconnectMs
    await judge(name)
  }
  await stage.redis().kill()
  await judge('killed')
  await stage.restart()
  await judgeReturn('started again')
  stage.redis().freeze()
  await judge('frozen')
  stage.redis().resume()
  await judgeReturn('resumed')
  const flushing = setInterval(() => void withRedis(stage, (redis) => redis.flushall()), 200)
  await judge('flushed five times a second').finally(() => clearInterval(flushing))
  return held
}

/** The p95 of all calls during a phase, in milliseconds. */
async function watchPhase(answers: readonly Answer[]): Promise<number> {
  const from = Date.now()
  await sleep(PHASE_MS)
  const within = answers.filter(({ at }) => at >= from)
  return computePercentile(
    within.map(({ milliseconds }) => milliseconds),
    0.95,
  )
}

/** Empties Redis, and waits until something is cached there again. */
async function waitUntilUsed(stage: Stage): Promise<number> {
  const from = Date.now()
  return withRedis(stage, async (redis) => {
    await redis.flushall()
    while (!(await redis.keys('vehicles:user:*')).length) {
      if (Date.now() - from > 10 * MAX.reconnectMs) return Number.POSITIVE_INFINITY
      await sleep(20)
    }
    await sleep(SETTLE_MS)
    return Date.now() - SETTLE_MS - from
  })
}

async function withRedis<Value>(stage: Stage, work: (redis: Redis) => Promise<Value>) {
  const redis = new Redis(stage.redis().url)
  redis.on('error', () => undefined)
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

function checkAnswers(print: Print, answers: readonly Answer[]): boolean {
  const failed = answers.filter(({ status }) => status !== 200)
  const read = answers.filter(({ status }) => status === 200)
  const atWriter = read.filter(({ staleMs, fromWriter }) => fromWriter && staleMs > 0)
  const elsewhere = read.filter(({ staleMs, fromWriter }) => !fromWriter && staleMs > 0)
  const oldest = Math.max(0, ...elsewhere.map(({ staleMs }) => staleMs))
  print(`${answers.length} calls; failed: ${failed.length}`)
  print(
    `reads older than a confirmed write: ${atWriter.length} at the same server, ` +
      `${elsewhere.length} at the other, by ${oldest} ms at most (at most ${MAX.otherServerMs})`,
  )
  return failed.length === 0 && atWriter.length === 0 && oldest <= MAX.otherServerMs
}
