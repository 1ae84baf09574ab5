import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { OUTCOME_UNKNOWN } from '../../src/database/commit.ts'
import { withCheckDigit } from '../../src/domain/vin.ts'
import { runAsOwner } from './as-owner.ts'
import { type DrillDatabase, openDrillDatabase } from './database.ts'
import { repeatAfterKills } from './keyed-writes.ts'
import { type Product, signIn, startProduct } from './product.ts'

type Print = (line: string) => void
type Api = 'rest' | 'graphql'

/** The answer to a write: stored, not stored, or unknown. */
type Outcome = 'kept' | 'refused' | 'unknown'
type Write = { stockNumber: string; api: Api; outcome: Outcome; words: string }

const WRITERS = 8
const KILLS = 30
/** Every so many kills it is the postmaster that dies, and not one backend. */
const POSTMASTER_EVERY = 5
const MAX_PAUSE_MS = 1_500
const MAX_MS = 240_000

/** What the triggers do with the COMMIT of a car, by its trim. */
const FAULTS = ['serialize', 'refuse', 'cut', 'none'] as const

const TRIGGERS = `
  create function drill_commit() returns trigger language plpgsql as $$ begin
    if new.trim = 'serialize' then raise exception 'no' using errcode = '40001';
    elsif new.trim = 'refuse' then raise exception 'no';
    elsif new.trim = 'cut' then perform pg_terminate_backend(pg_backend_pid());
    end if;
    return null;
  end $$;
  create constraint trigger drill_commit after insert on inventory deferrable initially deferred
    for each row execute function drill_commit()`

/**
 * Nothing is acknowledged that is not kept: commits that triggers make fail, then backends and the
 * postmaster killed under eight writers over REST and GraphQL, then the product itself under writes
 * with keys, which are sent again. Acknowledged rows are there, exactly; refused ones are not.
 */
export async function commitDrill(print: Print): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const database = await openDrillDatabase(folder)
  const start = () =>
    startProduct(folder, { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl })
  try {
    const isAtomic = await failCommits(print, database, await start())
    return (
      (await repeatAfterKills(print, start, buildCar, (marks) => countRows(database, marks))) &&
      isAtomic
    )
  } finally {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function failCommits(
  print: Print,
  database: DrillDatabase,
  product: Product,
): Promise<boolean> {
  try {
    const writer = openWriter(product, await signIn(product.origin))
    const certain = await failCertainly(print, database, writer)
    const killed = await killUnderLoad(print, database, writer)
    print(`the product lives: ${product.process.exitCode === null}`)
    return certain && killed && product.process.exitCode === null
  } finally {
    await product.stop()
  }
}

type Writer = { write: (api: Api, trim?: string) => Promise<Write> }

/** Creates cars over REST and GraphQL; each has a mark of its own as its stock number. */
function openWriter({ origin }: Product, token: string): Writer {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const post = (at: string, body: object) =>
    fetch(origin + at, { method: 'POST', headers, body: JSON.stringify(body) })
  const write = async (api: Api, trim = 'none'): Promise<Write> => {
    const stockNumber = randomUUID().slice(0, 18)
    const car = { ...buildCar(stockNumber), trim }
    const response =
      api === 'rest'
        ? post('/api/inventory', car)
        : post('/api/graphql', { query: CREATE, variables: { data: car } })
    return { stockNumber, api, ...(await response.then(readAnswer, () => UNANSWERED)) }
  }
  return { write }
}

const CAR = {
  year: 2021,
  make: 'Honda',
  model: 'Accord',
  price: 20_000,
  mileage: 10,
  status: 'available',
}
const buildCar = (stockNumber: string) => ({ vin: randomVin(), stockNumber, ...CAR })
const CREATE =
  'mutation Create($data: mutationInventoryInput!) { createInventory(data: $data) { id } }'
const SERIAL = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'
const randomVin = () =>
  withCheckDigit(
    `1HGCV1F30MA${Array.from({ length: 6 }, () => SERIAL[randomInt(SERIAL.length)]).join('')}`,
  )

const UNANSWERED = { outcome: 'unknown', words: 'no answer' } as const

/** Reads the outcome of a write from the answer of either API. */
async function readAnswer(response: Response): Promise<Pick<Write, 'outcome' | 'words'>> {
  const text = await response.text()
  if (text.includes(OUTCOME_UNKNOWN)) return { outcome: 'unknown', words: text }
  return { outcome: response.ok && !text.includes('"errors"') ? 'kept' : 'refused', words: text }
}

/** (a) Every fault ten times over each API. */
async function failCertainly(
  print: Print,
  database: DrillDatabase,
  { write }: Writer,
): Promise<boolean> {
  await runAsOwner(database, (client) => client.query(TRIGGERS))
  const wanted: Record<(typeof FAULTS)[number], Outcome> = {
    serialize: 'refused',
    refuse: 'refused',
    cut: 'unknown',
    none: 'kept',
  }
  let held = true
  for (const fault of FAULTS) {
    const writes: Write[] = []
    for (let round = 0; round < 10; round++)
      for (const api of ['rest', 'graphql'] as const) writes.push(await write(api, fault))
    const [contradiction] = writes.filter(({ outcome }) => outcome !== wanted[fault])
    if (contradiction)
      print(
        `  ${contradiction.api} got the answer ${contradiction.outcome}: ` +
          `${contradiction.words.slice(0, 200)}`,
      )
    const right = writes.filter(({ outcome }) => outcome === wanted[fault]).length
    const lost = await findContradictions(database, writes)
    print(
      `COMMIT made to fail (${fault}): ${right} of ${writes.length} answered as ` +
        `${wanted[fault]}; ${lost.length} contradict the database`,
    )
    held &&= right === writes.length && lost.length === 0
  }
  await runAsOwner(database, (client) => client.query('drop trigger drill_commit on inventory'))
  return held
}

/** (b) Thirty kills at random moments, while the writers write on. */
async function killUnderLoad(
  print: Print,
  database: DrillDatabase,
  { write }: Writer,
): Promise<boolean> {
  const halt = new AbortController()
  const writes: Write[] = []
  const writers = Array.from({ length: WRITERS }, async (_, number) => {
    for (let round = 0; !halt.signal.aborted; round++) {
      const written = await write((round + number) % 2 ? 'rest' : 'graphql')
      writes.push(written)
      if (written.outcome !== 'kept') await sleep(50)
    }
  })
  const deadline = Date.now() + MAX_MS
  const kills = { backend: 0, postmaster: 0 }
  try {
    for (let kill = 1; kill <= KILLS && Date.now() < deadline; kill++) {
      const kept = countOutcomes(writes).kept
      await sleep(200 + randomInt(MAX_PAUSE_MS))
      while (countOutcomes(writes).kept === kept && Date.now() < deadline) await sleep(100)
      if (kill % POSTMASTER_EVERY !== 0) kills.backend += await killBackend(database)
      else {
        await database.crash()
        kills.postmaster++
        await database.start()
      }
    }
  } finally {
    halt.abort()
    await Promise.all(writers)
  }
  const lost = await findContradictions(database, writes)
  print(
    `${kills.backend} backends and ${kills.postmaster} postmasters killed under ${WRITERS} ` +
      `writers: ${writes.length} writes`,
  )
  for (const api of ['rest', 'graphql'] as const)
    print(`  ${api}: ${JSON.stringify(countOutcomes(writes.filter((one) => one.api === api)))}`)
  for (const { api, stockNumber: mark, words } of lost)
    print(`  ${api} ${mark}: ${words.slice(0, 200)}`)
  print(`acknowledged and missing: ${lost.filter(({ outcome }) => outcome === 'kept').length}`)
  print(`refused and there: ${lost.filter(({ outcome }) => outcome === 'refused').length}`)
  return (
    lost.length === 0 &&
    kills.backend + kills.postmaster === KILLS &&
    countOutcomes(writes).kept >= KILLS
  )
}

/**
 * Kills a backend of the product's pool that is in the middle of a transaction, or any. Answers
 * whether there was one.
 */
const killBackend = (database: DrillDatabase): Promise<number> =>
  runAsOwner(database, async (client) => {
    // the owner may end nobody's session; who signs in as it may
    await client.query('set role none')
    const { rowCount } = await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'forecourt' and datname = current_database()
        order by state = 'idle', random() limit 1`)
    return rowCount ?? 0
  })

/** The writes whose answers contradict the database. */
async function findContradictions(
  database: DrillDatabase,
  writes: readonly Write[],
): Promise<Write[]> {
  const there = await countRows(
    database,
    writes.map(({ stockNumber: mark }) => mark),
  )
  return writes.filter(
    ({ stockNumber: mark, outcome }) =>
      outcome !== 'unknown' && (outcome === 'kept') !== there.has(mark),
  )
}

/**
 * The number of cars with each of these stock numbers; a stock number that no car has is left out.
 */
async function countRows(
  database: DrillDatabase,
  marks: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await runAsOwner(database, (client) =>
    client.query<{ mark: string; count: number }>(
      'select stock_number as mark, count(*)::int as count from inventory where stock_number ' +
        '= any($1) group by 1',
      [marks],
    ),
  )
  return new Map(rows.map(({ mark, count }) => [mark, count]))
}

function countOutcomes(writes: readonly Write[]): Record<Outcome, number> {
  const counts = { kept: 0, refused: 0, unknown: 0 }
  for (const { outcome } of writes) counts[outcome]++
  return counts
}
