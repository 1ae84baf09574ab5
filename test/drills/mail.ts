import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { writeMail } from '../../src/mail/write-mail.ts'
import { readSettings } from '../../src/env.ts'
import { type Application, createApplication } from '../../src/server/application.ts'
import { startSmtpPeer, type SmtpPeer } from '../support/smtp-peer.ts'
import { type DrillDatabase, openDrillDatabase } from './database.ts'
import { type Product, startProduct } from './product.ts'

type Print = (line: string) => void

const MAILS = 1_000
const OUTAGE_MS = 20_000
const TIMEOUT_MS = 300_000
/**
 * How much slower the API may get while mails go out, at the median and beyond what a second
 * process on these cores costs.
 */
const SLOWER = 1.5

/** Every fiftieth mail meets one of these. */
const FAULTS = [
  '452 at RCPT',
  '550 at RCPT',
  'silent after DATA',
  'cut after DATA',
  'cut during DATA',
] as const

type Stage = {
  database: DrillDatabase
  forecourt: Application
  peer: SmtpPeer
  product: Product
  url: string
}

/**
 * R20: a thousand mails over an outage of the mail server, servers that say later, never, or
 * nothing at all. None is lost, none comes twice but where the connection ended between the end of
 * DATA and the answer (twice at most, with one Message-ID), refusals keep the server's words, and
 * the API is as fast as before.
 */
export async function mailDrill(print: Print): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'forecourt drill '))
  const peer = await startSmtpPeer()
  const database = await openDrillDatabase(folder)
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
  const forecourt = await createApplication(
    readSettings({ ...environment, LOG_LEVEL: 'fatal' }),
    database.url,
    {
      ownerUrl: database.ownerUrl,
    },
  )
  try {
    return await sendThroughOutage({ database, forecourt, peer, product, url: database.url }, print)
  } finally {
    await product.stop()
    await forecourt.close()
    await database.stop()
    await peer.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function sendThroughOutage(stage: Stage, print: Print): Promise<boolean> {
  const { forecourt, peer, product } = stage
  const faults = new Map<string, (typeof FAULTS)[number]>()
  await measureMedianAnswer(product, 5_000) // the first answers of a process are slow
  const before = await measureMedianAnswer(product, 5_000)
  await peer.stop()
  const numbers = Array.from({ length: MAILS }, (_, number) => number)
  for (let from = 0; from < MAILS; from += 20)
    await Promise.all(
      numbers.slice(from, from + 20).map((number) => writeMail(forecourt, buildDraft(number))),
    )
  const down = Date.now()
  for (const number of numbers.filter((one) => one % 50 === 0)) {
    const fault = FAULTS[(number / 50) % FAULTS.length] ?? 'accept'
    if (fault !== 'accept') faults.set(buildRecipient(number), fault)
  }
  const during = await measureMedianAnswer(product, 10_000)
  await sleep(Math.max(0, OUTAGE_MS - (Date.now() - down)))
  for (const [to, fault] of faults) peer.setRecipientBehavior(to, fault)
  await peer.start()
  print(
    `${MAILS} mails were written while the mail server was away for ` +
      `${Math.round((Date.now() - down) / 1000)} s; ${faults.size} of them meet a fault after it.`,
  )
  const sending = await measureMedianAnswer(product, 10_000)
  await waitUntilFinished(stage, faults)
  print(
    `an answer of the API took ${before.toFixed(1)} ms before, ${during.toFixed(1)} ms during ` +
      `the outage, ${sending.toFixed(1)} ms while mails went out`,
  )
  const fast = during <= before * SLOWER && sending <= before * SLOWER
  return (await checkResults(stage, faults, print)) && fast
}

const buildRecipient = (number: number) => `owner${number}@example.com`
const buildDraft = (number: number) => ({
  to: buildRecipient(number),
  subject: `Mail ${number}`,
  text: `This is mail ${number}.`,
  about: 'drill',
})

/**
 * Asks as fast as one client can for so long; the median of its waits, in milliseconds. Never
 * answered from memory.
 */
async function measureMedianAnswer({ origin }: Product, milliseconds: number): Promise<number> {
  const waits: number[] = []
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(5)) {
    const began = performance.now()
    const answer = await fetch(
      `${origin}/api/inventory?limit=5&where[mileage][less_than]=${waits.length + 1}`,
    )
    await answer.arrayBuffer()
    waits.push(performance.now() - began)
  }
  return waits.toSorted((one, other) => one - other)[Math.floor(waits.length / 2)] ?? Number.NaN
}

type Row = {
  recipient: string
  status: string
  answer: string | null
  attempts: number
  id: string
}

async function loadRows({ url }: Stage): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (
      await client.query<Row>(
        "select id, recipient, status, answer, attempts from outgoing_mails where about = 'drill'",
      )
    ).rows
  } finally {
    await client.end()
  }
}

/**
 * Until nothing waits any more. A server that never stops saying later, or nothing, is mended after
 * its first word.
 */
async function waitUntilFinished(stage: Stage, faults: ReadonlyMap<string, string>): Promise<void> {
  for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await sleep(500)) {
    const waiting = (await loadRows(stage)).filter(({ status }) => status === 'waiting')
    if (waiting.length === 0) return
    for (const { recipient: to, answer } of waiting)
      if (faults.has(to) && answer && !/ECONNREFUSED/.test(answer))
        stage.peer.setRecipientBehavior(to, null)
  }
}

async function checkResults(
  stage: Stage,
  faults: ReadonlyMap<string, string>,
  print: Print,
): Promise<boolean> {
  const all = await loadRows(stage)
  const copies = (id: string) =>
    stage.peer.mails.filter(({ messageId }) => messageId === `<${id}@example.com>`).length
  const refused = all.filter(({ status }) => status === 'refused')
  const lost = all.filter(({ id, status }) => status !== 'refused' && copies(id) === 0)
  const twice = all.filter(({ id }) => copies(id) > 1)
  const excused = ({ id, recipient: to }: Row) =>
    /^(silent|cut) after DATA$/.test(faults.get(to) ?? '') && copies(id) === 2
  const unexcused = twice.filter((row) => !excused(row))
  const unexplained = refused.filter(({ answer }) => !/^550 /.test(answer ?? ''))
  const many = stage.peer.mails.filter(({ recipients }) => recipients.length !== 1)
  const unfinished = all.filter(({ status }) => status !== 'sent' && status !== 'refused')
  const expected = [...faults.values()].filter((fault) => fault === '550 at RCPT').length
  print(
    `${all.length} mails: ${all.length - refused.length - unfinished.length} sent, ` +
      `${refused.length} refused (as ${refused[0]?.answer}), ${unfinished.length} neither; ` +
      `${lost.length} lost`,
  )
  print(
    `${twice.length} came twice, ${unexcused.length} of them without their connection having ` +
      `ended after DATA; ${many.length} went to more than one`,
  )
  return (
    all.length === MAILS &&
    lost.length === 0 &&
    unexcused.length === 0 &&
    unexplained.length === 0 &&
    many.length === 0 &&
    unfinished.length === 0 &&
    refused.length === expected &&
    twice.length > 0
  )
}
