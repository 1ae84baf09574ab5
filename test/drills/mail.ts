import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { writeMail } from '../../src/mail/write-mail.ts'
import { readSettings } from '../../src/env.ts'
import { type Assembled, assemble } from '../../src/server/assemble.ts'
import { smtpPeer, type SmtpPeer } from '../support/smtp-peer.ts'
import { type DrillDatabase, drillDatabase } from './database.ts'
import { type Product, startProduct } from './product.ts'

type Say = (line: string) => void

const MAILS = 1_000
const OUTAGE_MS = 20_000
const PATIENCE_MS = 300_000
/** How much slower the API may get while mails go out, at the median and beyond what a second process on these cores costs. */
const SLOWER = 1.5

/** Every fiftieth mail meets one of these. */
const FAULTS = ['452 at RCPT', '550 at RCPT', 'silent after DATA', 'cut after DATA', 'cut during DATA'] as const

type Stage = { database: DrillDatabase; forecourt: Assembled; peer: SmtpPeer; product: Product; url: string }

/**
 * R20: a thousand mails over an outage of the mail server, servers that say later, never, or nothing at all. None is lost, none comes
 * twice but where the connection ended between the end of DATA and the answer (twice at most, with one Message-ID), refusals keep the
 * server's words, and the API is as fast as before.
 */
export async function mailDrill(say: Say): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const peer = await smtpPeer()
  const database = await drillDatabase(folder)
  const environment = {
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    PAYLOAD_SECRET: 'a secret that only drills know, 32+',
  }
  const product = await startProduct(folder, {
    ...environment,
    SMTP_URL: peer.url,
    MAIL_FROM: 'Forecourt <cars@example.com>',
    METRICS_PORT: '0',
  })
  const forecourt = await assemble(readSettings({ ...environment, LOG_LEVEL: 'fatal' }), database.url, {
    ownerUrl: database.ownerUrl,
  })
  try {
    return await through({ database, forecourt, peer, product, url: database.url }, say)
  } finally {
    await product.stop()
    await forecourt.close()
    await database.stop()
    await peer.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function through(stage: Stage, say: Say): Promise<boolean> {
  const { forecourt, peer, product } = stage
  const faults = new Map<string, (typeof FAULTS)[number]>()
  await medianAnswer(product, 5_000) // the first answers of a process are slow
  const before = await medianAnswer(product, 5_000)
  await peer.stop()
  const numbers = Array.from({ length: MAILS }, (_, number) => number)
  for (let from = 0; from < MAILS; from += 20)
    await Promise.all(numbers.slice(from, from + 20).map((number) => writeMail(forecourt, draft(number))))
  const down = Date.now()
  for (const number of numbers.filter((one) => one % 50 === 0)) {
    const fault = FAULTS[(number / 50) % FAULTS.length] ?? 'accept'
    if (fault !== 'accept') faults.set(recipient(number), fault)
  }
  const during = await medianAnswer(product, 10_000)
  await sleep(Math.max(0, OUTAGE_MS - (Date.now() - down)))
  for (const [to, fault] of faults) peer.towards(to, fault)
  await peer.start()
  say(
    `${MAILS} mails were written while the mail server was away for ${Math.round((Date.now() - down) / 1000)} s; ${faults.size} of them meet a fault after it.`,
  )
  const sending = await medianAnswer(product, 10_000)
  await untilSettled(stage, faults)
  say(
    `an answer of the API took ${before.toFixed(1)} ms before, ${during.toFixed(1)} ms during the outage, ${sending.toFixed(1)} ms while mails went out`,
  )
  const fast = during <= before * SLOWER && sending <= before * SLOWER
  return (await judge(stage, faults, say)) && fast
}

const recipient = (number: number) => `owner${number}@example.com`
const draft = (number: number) => ({
  to: recipient(number),
  subject: `Mail ${number}`,
  text: `This is mail ${number}.`,
  about: 'drill',
})

/** Asks as fast as one client can for so long; the median of its waits, in milliseconds. Never answered from memory. */
async function medianAnswer({ origin }: Product, milliseconds: number): Promise<number> {
  const waits: number[] = []
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(5)) {
    const began = performance.now()
    const answer = await fetch(`${origin}/api/inventory?limit=5&where[mileage][less_than]=${waits.length + 1}`)
    await answer.arrayBuffer()
    waits.push(performance.now() - began)
  }
  return waits.toSorted((one, other) => one - other)[Math.floor(waits.length / 2)] ?? Number.NaN
}

type Row = { recipient: string; status: string; answer: string | null; attempts: number; id: string }

async function rows({ url }: Stage): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>("select id, recipient, status, answer, attempts from outgoing_mails where about = 'drill'"))
      .rows
  } finally {
    await client.end()
  }
}

/** Until nothing waits any more. A server that never stops saying later, or nothing, is mended after its first word. */
async function untilSettled(stage: Stage, faults: ReadonlyMap<string, string>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(500)) {
    const waiting = (await rows(stage)).filter(({ status }) => status === 'waiting')
    if (waiting.length === 0) return
    for (const { recipient: to, answer } of waiting)
      if (faults.has(to) && answer && !/ECONNREFUSED/.test(answer)) stage.peer.towards(to, null)
  }
}

async function judge(stage: Stage, faults: ReadonlyMap<string, string>, say: Say): Promise<boolean> {
  const all = await rows(stage)
  const copies = (id: string) => stage.peer.mails.filter(({ messageId }) => messageId === `<${id}@example.com>`).length
  const refused = all.filter(({ status }) => status === 'refused')
  const lost = all.filter(({ id, status }) => status !== 'refused' && copies(id) === 0)
  const twice = all.filter(({ id }) => copies(id) > 1)
  const excused = ({ id, recipient: to }: Row) => /^(silent|cut) after DATA$/.test(faults.get(to) ?? '') && copies(id) === 2
  const unexcused = twice.filter((row) => !excused(row))
  const wordless = refused.filter(({ answer }) => !/^550 /.test(answer ?? ''))
  const many = stage.peer.mails.filter(({ recipients }) => recipients.length !== 1)
  const unsettled = all.filter(({ status }) => status !== 'sent' && status !== 'refused')
  const expected = [...faults.values()].filter((fault) => fault === '550 at RCPT').length
  say(
    `${all.length} mails: ${all.length - refused.length - unsettled.length} sent, ${refused.length} refused (as ${refused[0]?.answer}), ${unsettled.length} neither; ${lost.length} lost`,
  )
  say(
    `${twice.length} came twice, ${unexcused.length} of them without their connection having ended after DATA; ${many.length} went to more than one`,
  )
  return (
    all.length === MAILS &&
    lost.length === 0 &&
    unexcused.length === 0 &&
    wordless.length === 0 &&
    many.length === 0 &&
    unsettled.length === 0 &&
    refused.length === expected &&
    twice.length > 0
  )
}
