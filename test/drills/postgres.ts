import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withCheckDigit } from '../../src/domain/vin.ts'
import { openDrillDatabase } from './database.ts'
import { signIn, startProduct } from './product.ts'

const CLIENTS = 8
const OUTAGE_MS = 4_000
const BACK_WITHIN_MS = 2_000

type Answer = { at: number; status: number; retryAfter: string | null }

/**
 * R3: PostgreSQL is stopped for four seconds under eight clients. Only 503 meanwhile, and a 200
 * within two seconds of its return.
 */
export async function postgresDrill(print: (line: string) => void): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const database = await openDrillDatabase(folder)
  const product = await startProduct(folder, {
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
  })
  try {
    const token = await signIn(product.origin)
    const halt = new AbortController()
    const answers: Answer[] = []
    const clients = Array.from({ length: CLIENTS }, (_, number) =>
      runClient(product.origin, token, number, answers, halt.signal),
    )
    await sleep(1_000)
    print(`${CLIENTS} clients ask; stopping PostgreSQL for ${OUTAGE_MS / 1000} s.`)
    const stopping = Date.now()
    await database.stop()
    const down = Date.now()
    await sleep(OUTAGE_MS)
    await database.start()
    const back = Date.now()
    await sleep(3_000)
    halt.abort()
    await Promise.all(clients)
    return checkAnswers(print, answers, { stopping, down, back }, product.process.exitCode === null)
  } finally {
    await product.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** One client: reads as anybody, reads as staff and writes in turn until it is told to stop. */
async function runClient(
  origin: string,
  token: string,
  number: number,
  answers: Answer[],
  signal: AbortSignal,
): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = (turn: number) =>
    JSON.stringify({
      vin: buildVin(number, turn),
      year: 2021,
      make: 'Honda',
      model: 'Accord',
      price: 20_000,
      mileage: 10_000,
    })
  for (let round = 0; !signal.aborted; round++) {
    const kinds = [
      () => fetch(`${origin}/api/inventory?limit=20`),
      () => fetch(`${origin}/api/users/me`, { headers }),
      () => fetch(`${origin}/api/users`, { headers }),
      () => fetch(`${origin}/api/inventory`, { method: 'POST', headers, body: body(round) }),
    ]
    const request = kinds[(round + number) % kinds.length]
    const answer = await request?.().catch(() => null)
    await answer?.body?.cancel()
    answers.push({
      at: Date.now(),
      status: answer?.status ?? 0,
      retryAfter: answer?.headers.get('retry-after') ?? null,
    })
    await sleep(20)
  }
}

const buildVin = (client: number, turn: number) =>
  withCheckDigit(`1HGCV1F30MA${client}${String(turn).padStart(5, '0')}`)

type Moments = { stopping: number; down: number; back: number }

function checkAnswers(
  print: (line: string) => void,
  answers: readonly Answer[],
  { stopping, down, back }: Moments,
  alive: boolean,
): boolean {
  const during = answers.filter(({ at }) => at >= stopping && at <= back)
  const counts = countStatuses(answers)
  const unexpected = answers.filter(({ status }) => ![200, 201, 503].includes(status))
  const early = answers.filter(({ at, status }) => at > down + 100 && at < back && status !== 503)
  const withoutRetryAfter = answers.filter(
    ({ status, retryAfter }) => status === 503 && !retryAfter,
  )
  const first = answers.find(({ at, status }) => at >= back && status < 300)
  const late = first ? first.at - back : Number.POSITIVE_INFINITY
  print(`${answers.length} answers, ${during.length} while it was away: ${JSON.stringify(counts)}`)
  print(
    `answers that were neither 2xx nor 503: ${unexpected.length} ` +
      `${JSON.stringify(countStatuses(unexpected))}`,
  )
  print(
    `answers other than 503 while it was down: ${early.length}; 503 without Retry-After: ` +
      `${withoutRetryAfter.length}`,
  )
  print(
    `first 2xx after PostgreSQL accepted again: ${late} ms (at most ${BACK_WITHIN_MS}); the ` +
      `product lives: ${alive}`,
  )
  return (
    alive &&
    unexpected.length === 0 &&
    early.length === 0 &&
    withoutRetryAfter.length === 0 &&
    late <= BACK_WITHIN_MS &&
    during.length > 50
  )
}

function countStatuses(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
