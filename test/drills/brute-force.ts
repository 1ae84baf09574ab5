import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { type DrillDatabase, openDrillDatabase } from './database.ts'
import { ADMIN, type Product, signIn, startProduct } from './product.ts'

type Print = (line: string) => void

const TRIES = 10_000
const ADDRESSES = 100
const AT_ONCE = 60
const SAMPLES = 50
const GAP_MS = 15
const MAX_TRIES = { account: 10, address: 100 } as const

/**
 * S4 and S5: ten thousand tries to sign in at known and unknown accounts from one address, and ten
 * thousand at one account from a hundred. No more than ten tries an account and a hundred an
 * address come as far as a password; an unknown account takes as long as a known one.
 */
export async function bruteForceDrill(print: Print): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const database = await openDrillDatabase(folder)
  const own = { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }
  const product = await startProduct(folder, { ...own, JOBS_IN_SERVER: 'false', METRICS_PORT: '0' })
  try {
    const token = await signIn(product.origin)
    const accounts = await createAccounts(product, token, 12)
    const fair = await compareTimings(product, accounts, print)
    const one = await tryFromOneAddress(product, accounts, print)
    const many = await tryFromManyAddresses(product, database, accounts.at(-1) ?? '', print)
    return fair && one && many
  } finally {
    await product.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Makes accounts to be tried, and answers their e-mails. */
async function createAccounts(
  { origin }: Product,
  token: string,
  count: number,
): Promise<string[]> {
  const emails = Array.from({ length: count }, (_, number) => `drill-${number}@forecourt.example`)
  for (const email of emails) {
    const body = JSON.stringify({
      email,
      name: email,
      role: 'viewer',
      password: ADMIN.password,
      isActive: true,
    })
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${origin}/api/users`, { method: 'POST', headers, body })
    if (!answer.ok) throw new Error(`The account ${email} was not made: ${await answer.text()}`)
  }
  return emails
}

type Tried = { status: number; milliseconds: number; body: string }

/** One wrong password at an account, from an address of 127.0.0.0/8. */
function tryOnce(product: Product, agent: Agent, email: string, from: string): Promise<Tried> {
  const began = performance.now()
  const { port } = new URL(product.origin)
  const options = {
    host: '127.0.0.1',
    port,
    path: '/api/users/login',
    method: 'POST',
    agent,
    localAddress: from,
  }
  return new Promise((resolve, reject) => {
    const req = request({ ...options, headers: { 'content-type': 'application/json' } }, (res) => {
      let body = ''
      res.on('data', (chunk) => (body += String(chunk)))
      res.on('end', () =>
        resolve({ status: res.statusCode ?? 0, milliseconds: performance.now() - began, body }),
      )
    })
    /* The server closed a kept connection just as it was taken again: this try never arrived. */
    req.on('error', (error) =>
      req.reusedSocket ? resolve(tryOnce(product, agent, email, from)) : reject(error),
    )
    req.end(JSON.stringify({ email, password: 'a wrong password' }))
  })
}

type Statuses = Record<number, number>

/**
 * Tries one after the other in several lanes, over connections that each address keeps; what the
 * answers were.
 */
async function tryMany(
  product: Product,
  count: number,
  of: (index: number) => { email: string; from: string },
): Promise<Statuses> {
  const statuses: Statuses = {}
  const agents = new Map<string, Agent>()
  let next = 0
  const work = async () => {
    while (next < count) {
      const { email, from } = of(next++)
      const agent = agents.get(from) ?? new Agent({ keepAlive: true })
      agents.set(from, agent)
      const { status } = await tryOnce(product, agent, email, from)
      statuses[status] = (statuses[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  for (const agent of agents.values()) agent.destroy()
  return statuses
}

const computeMedian = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/**
 * Fifty tries at unknown accounts beside fifty at known ones, each account nine times at most, from
 * an address each half. The two of a pair come one right after the other, now this one first and
 * now that one: what else the machine does falls on both alike.
 */
async function compareTimings(
  product: Product,
  accounts: readonly string[],
  print: Print,
): Promise<boolean> {
  const agent = new Agent({ keepAlive: false })
  const known: Tried[] = []
  const unknown: Tried[] = []
  for (let sample = 0; sample < SAMPLES; sample++) {
    const from = `127.0.2.${1 + (sample % 2)}`
    const tryKnown = async () =>
      known.push(await tryOnce(product, agent, accounts[sample % 10] ?? '', from))
    const tryUnknown = async () =>
      unknown.push(await tryOnce(product, agent, `nobody-${sample % 10}@forecourt.example`, from))
    for (const next of sample % 4 < 2 ? [tryKnown, tryUnknown] : [tryUnknown, tryKnown])
      await next()
  }
  const [ofKnown, ofUnknown] = [known, unknown].map((tried) =>
    tried.map(({ milliseconds }) => milliseconds),
  ) as [number[], number[]]
  const gap = Math.abs(
    computeMedian(
      ofKnown.map((milliseconds, sample) => milliseconds - (ofUnknown[sample] ?? Number.NaN)),
    ),
  )
  const same =
    new Set([...known, ...unknown].map(({ status, body }) => `${status} ${body}`)).size === 1
  print(
    `a known account took ${computeMedian(ofKnown).toFixed(0)} ms, an unknown one ` +
      `${computeMedian(ofUnknown).toFixed(0)} ms: ${gap.toFixed(1)} ms apart (at most ` +
      `${GAP_MS}); answers alike: ${same}`,
  )
  return gap <= GAP_MS && same
}

async function tryFromOneAddress(
  product: Product,
  accounts: readonly string[],
  print: Print,
): Promise<boolean> {
  const statuses = await tryMany(product, TRIES, (index) => ({
    email:
      index % 2 ? `somebody-${index}@forecourt.example` : (accounts[index % accounts.length] ?? ''),
    from: '127.0.3.1',
  }))
  const beyond = statuses[429] ?? 0
  print(
    `${TRIES} tries from one address: ${JSON.stringify(statuses)}; ${TRIES - beyond} were ` +
      `looked at (at most ${MAX_TRIES.address})`,
  )
  return TRIES - beyond <= MAX_TRIES.address && beyond > 0
}

async function tryFromManyAddresses(
  product: Product,
  { url }: DrillDatabase,
  email: string,
  print: Print,
): Promise<boolean> {
  const before = await countCheckedPasswords(url, email)
  const statuses = await tryMany(product, TRIES, (index) => ({
    email,
    from: `127.0.4.${1 + (index % ADDRESSES)}`,
  }))
  const reached = (await countCheckedPasswords(url, email)) - before
  print(
    `${TRIES} tries at one account from ${ADDRESSES} addresses: ${JSON.stringify(statuses)}; ` +
      `${reached} came as far as its password (at most ${MAX_TRIES.account})`,
  )
  return reached > 0 && reached <= MAX_TRIES.account && (statuses[200] ?? 0) === 0
}

/** How many wrong passwords Payload itself has looked at for an account. */
async function countCheckedPasswords(url: string, email: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ login_attempts: string }>(
      'select login_attempts from users where email = $1',
      [email],
    )
    return Number(rows[0]?.login_attempts)
  } finally {
    await client.end()
  }
}
