import { randomInt, randomUUID } from 'node:crypto'
import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withCheckDigit } from '../../src/domain/vin.ts'
import { createPicture } from '../support/http-photos.ts'
import { runAsOwner } from './as-owner.ts'
import { type DrillDatabase, openDrillDatabase } from './database.ts'
import { type Product, signIn, startProduct } from './product.ts'

type Print = (line: string) => void
/** A submission as the drill finds it after a kill. */
type Found = 'open' | 'whole' | 'half'

const KILLS = 12
const SUBMISSIONS = 6
const APPROVALS_EACH = 4
const PHOTOS = 2
const MAX_WAIT_MS = 10_000
const MAX_PAUSE_MS = 400
const MAX_REPEATS = 20

/**
 * The product is killed (SIGKILL) while managers approve submissions with photos, several each.
 * Afterwards each submission is open, without a car, or approved with one car that has its photos,
 * files included, and one queued mail; and those that are open can be approved.
 */
export async function approvalsDrill(print: Print): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const database = await openDrillDatabase(folder)
  const start = () =>
    startProduct(folder, { DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl })
  let product = await start()
  let held = true
  try {
    for (let kill = 1; kill <= KILLS; kill++) {
      const submissions = await submitCars(product, database)
      const answered = await approveUntilKilled(product, submissions)
      product = await start()
      const found = await inspectAll(database, folder, submissions)
      const open = submissions.filter((id) => found.get(id) === 'open')
      await approveAll(product, open)
      const after = await inspectAll(database, folder, submissions)
      const whole = submissions.filter((id) => after.get(id) === 'whole').length
      const half = [...found.values(), ...after.values()].filter((state) => state === 'half').length
      print(
        `kill ${kill}: ${answered} approvals were answered 200; ${open.length} of ${SUBMISSIONS} ` +
          `submissions were open after it and approved then; ${half} half cars; ${whole} whole`,
      )
      held &&= half === 0 && whole === SUBMISSIONS
    }
    return held
  } finally {
    await product.stop()
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Offers cars with photos, as customers do. Returns the IDs of the submissions. */
async function submitCars(product: Product, database: DrillDatabase): Promise<string[]> {
  const token = await signIn(product.origin)
  const references: string[] = []
  for (let n = 0; n < SUBMISSIONS; n++) references.push(await submitCar(product, token))
  return runAsOwner(database, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'select id from pending_submissions where reference = any($1)',
      [references],
    )
    return rows.map(({ id }) => id)
  })
}

async function submitCar({ origin }: Product, token: string): Promise<string> {
  const authorization = `Bearer ${token}`
  const offer = {
    vin: randomVin(),
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    mileage: 48_200,
    askingPrice: 15_000,
    customerName: 'A Customer',
    customerEmail: `${randomUUID()}@customer.example`,
  }
  const answer = await fetch(`${origin}/api/submissions`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(offer),
  })
  if (answer.status !== 201)
    throw new Error(`An offer got ${answer.status}: ${await answer.text()}`)
  const { reference, url } = (await answer.json()) as { reference: string; url: string }
  const link = new URL(url).searchParams.get('token') ?? ''
  for (let n = 0; n < PHOTOS; n++) {
    const form = new FormData()
    const bytes = await createPicture(900 + n, 600)
      .jpeg()
      .toBuffer()
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'car.jpg')
    const address = `${origin}/api/submissions/${reference}/photos?token=${link}`
    const sent = await fetch(address, { method: 'POST', body: form })
    if (sent.status !== 201) throw new Error(`A photo got ${sent.status}: ${await sent.text()}`)
  }
  return reference
}

const SERIAL = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'
const randomVin = () =>
  withCheckDigit(
    `1HGCV1F30MA${Array.from({ length: 6 }, () => SERIAL[randomInt(SERIAL.length)]).join('')}`,
  )

/**
 * Approves every submission several times at once, and kills the product a moment after a random
 * number of approvals was answered.
 */
async function approveUntilKilled(
  product: Product,
  submissions: readonly string[],
): Promise<number> {
  const approve = await createApprover(product)
  const calls = submissions.flatMap((id) => Array.from({ length: APPROVALS_EACH }, () => id))
  let answered = 0
  const send = async (id: string) => {
    const status = await approve(id).catch(() => null)
    if (status === 200) answered++
  }
  const all = Promise.all(calls.map(send))
  const due = randomInt(submissions.length)
  const deadline = Date.now() + MAX_WAIT_MS
  while (answered < due && Date.now() < deadline) await sleep(10)
  await sleep(randomInt(MAX_PAUSE_MS))
  product.process.kill('SIGKILL')
  await all
  return answered
}

type Approver = (id: string) => Promise<number>

async function createApprover({ origin }: Product): Promise<Approver> {
  const headers = {
    authorization: `Bearer ${await signIn(origin)}`,
    'content-type': 'application/json',
  }
  return async (id) => {
    const answer = await fetch(`${origin}/api/pending-submissions/${id}/approve`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ price: 18_900 }),
    })
    await answer.body?.cancel()
    return answer.status
  }
}

/** Approves what is open, once each; one that the server is too busy for is sent again. */
async function approveAll(product: Product, submissions: readonly string[]): Promise<void> {
  const approve = await createApprover(product)
  for (const id of submissions) {
    for (let attempt = 1; attempt <= MAX_REPEATS; attempt++) {
      const status = await approve(id)
      if (status === 200) break
      await sleep(200)
    }
  }
}

async function inspectAll(
  database: DrillDatabase,
  folder: string,
  submissions: readonly string[],
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  for (const id of submissions) found.set(id, await inspect(database, folder, id))
  return found
}

type Counts = {
  status: string
  cars: number
  mails: number
  images: number
  files: string[] | null
}

/** What there is of a submission: its cars, their photos by row and file, and its mails. */
async function inspect(database: DrillDatabase, folder: string, id: string): Promise<Found> {
  const counts = await runAsOwner(database, async (client) => {
    const { rows } = await client.query<Counts>(COUNTS, [id])
    return rows[0]
  })
  if (!counts) return 'half'
  const { status, cars, mails, images, files } = counts
  if (status === 'pending') return cars === 0 && mails === 0 ? 'open' : 'half'
  const stored = await Promise.all((files ?? []).map((name) => isStored(folder, name)))
  const hasPhotos = images === PHOTOS && stored.length === PHOTOS && stored.every(Boolean)
  return status === 'approved' && cars === 1 && mails === 1 && hasPhotos ? 'whole' : 'half'
}

const isStored = (folder: string, name: string): Promise<boolean> =>
  access(path.join(folder, 'media', name)).then(
    () => true,
    () => false,
  )

const COUNTS = `
  select s.submission_status as status,
    (select count(*)::int from inventory where source_submission_id = s.id) as cars,
    (select count(*)::int from outgoing_mails
      where recipient = s.customer_email and about = 'submission_approved') as mails,
    (select coalesce(sum(jsonb_array_length(images)), 0)::int from inventory
      where source_submission_id = s.id) as images,
    (select array_agg(media.filename) from inventory, jsonb_array_elements_text(images) as image
      join media on image like '%/' || media.filename
      where source_submission_id = s.id) as files
  from pending_submissions s where s.id = $1`
