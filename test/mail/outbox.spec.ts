import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Engine } from '../../jobs/engine/engine.ts'
import { sql as drizzle } from '@payloadcms/db-postgres'
import { getTransaction } from '../../src/database/transaction.ts'
import { type MailDraft, writeMail } from '../../src/mail/write-mail.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { findJobs, loadRuns, waitUntil, startEngine } from '../support/work.ts'
import { startSmtpPeer, type SmtpPeer } from '../support/smtp-peer.ts'

let peer: SmtpPeer
let forecourt: TestForecourt
let engine: Engine
let dataDir: string

const draft = (about: Partial<MailDraft> = {}): MailDraft => ({
  to: 'ann@example.com',
  subject: 'Your oil is due',
  text: 'Open https://cars.example.com/confirm?token=abc now.',
  html: '<p>Open <a href="https://cars.example.com/confirm?token=abc">this</a>.</p>',
  ...about,
})

const rowOf = async (id: string) =>
  (await forecourt.sql('select * from outgoing_mails where id = $1', [id])).rows[0] as Record<
    string,
    unknown
  >
/** What the server was handed of a mail, by its Message-ID. */
const handed = (id: string) =>
  peer.mails.filter(({ messageId }) => messageId === `<${id}@example.com>`)

const becomes = (id: string, status: string) =>
  waitUntil(async () => (await rowOf(id))['status'] === status, `the mail is ${status}`)

/** As if the wait before the next try were over. */
const hurry = () =>
  forecourt.sql(
    "update pgboss.job set start_after = now() - interval '1 second' where name = 'send-mail' " +
      "and state = 'retry'",
  )

beforeAll(async () => {
  peer = await startSmtpPeer()
  dataDir = await mkdtemp(path.join(tmpdir(), 'forecourt-outbox-'))
  forecourt = await openForecourt({
    SMTP_URL: peer.url,
    MAIL_FROM: 'Forecourt <cars@example.com>',
    DATA_DIR: dataDir,
  })
  engine = await startEngine(forecourt)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
  await peer.stop()
  await rm(dataDir, { recursive: true, force: true })
})

describe('a mail', () => {
  it('is sent to the one it is for, and its row keeps what the server said', async () => {
    const id = await writeMail(forecourt, draft())
    await becomes(id, 'sent')
    expect(await rowOf(id)).toMatchObject({ attempts: 1, answer: expect.stringMatching(/^250 /) })
    expect(handed(id).map(({ recipients }) => recipients)).toEqual([['ann@example.com']])
  })

  it('that is written in a transaction that is rolled back never was', async () => {
    const { payload } = forecourt
    const transactionID = (await payload.db.beginTransaction()) ?? ''
    const id = await writeMail({ payload, transactionID }, draft())
    await payload.db.rollbackTransaction(transactionID)
    const { rows } = await forecourt.sql('select id from outgoing_mails where id = $1', [id])
    expect(rows).toEqual([])
    expect(await findJobs(forecourt, 'send-mail', { data: { mail: id } })).toEqual([])
  })

  it('that the server takes later is tried again with the same Message-ID', async () => {
    peer.queueBehavior('452 at RCPT')
    const id = await writeMail(forecourt, draft())
    await waitUntil(async () => (await rowOf(id))['next_attempt_at'] !== null, 'it waits')
    expect(await rowOf(id)).toMatchObject({
      status: 'waiting',
      attempts: 1,
      handed_over: 0,
      answer: expect.stringMatching(/^452 /),
    })
    await hurry()
    await becomes(id, 'sent')
    expect(handed(id)).toHaveLength(1)
  })

  it('that the server refuses is not tried again, and keeps its words', async () => {
    peer.queueBehavior('550 at RCPT')
    const id = await writeMail(forecourt, draft())
    await becomes(id, 'refused')
    const [queued] = await findJobs(forecourt, 'send-mail', { data: { mail: id } })
    const job = queued?.id ?? ''
    await waitUntil(
      async () =>
        (await loadRuns(forecourt, job)).every(({ completed_at }) => completed_at !== null),
      'the run ended',
    )
    const runs = await loadRuns(forecourt, job)
    expect(runs).toMatchObject([{ dead: true, error: expect.stringMatching(/^GiveUp: 550 /) }])
    expect((await rowOf(id))['answer']).toMatch(/^550 /)
  })

  it('whose answer is lost twice is not sent a third time', async () => {
    peer.queueBehavior('cut after DATA', 2)
    const id = await writeMail(forecourt, draft())
    await waitUntil(async () => (await rowOf(id))['next_attempt_at'] !== null, 'it waits')
    expect(await rowOf(id)).toMatchObject({ status: 'waiting', handed_over: 1 })
    await hurry()
    await becomes(id, 'uncertain')
    expect(handed(id)).toHaveLength(2)
  })

  it(
    'that a stopped worker had in hand, and had certainly not handed over, does not count as ' +
      'one that may have arrived',
    async () => {
      peer.queueBehavior('silent at greeting')
      const id = await writeMail(forecourt, draft())
      await waitUntil(async () => (await rowOf(id))['attempts'] === 1, 'the try began')
      await engine.stop(0)
      expect(await rowOf(id)).toMatchObject({ status: 'waiting', attempts: 1, handed_over: 0 })
      engine = await startEngine(forecourt)
      await becomes(id, 'sent')
      expect(handed(id)).toHaveLength(1)
    },
  )

  it(
    'that failed often and then by an accident of ours is tried again within a minute, not days ' +
      'later',
    async () => {
      const { payload, sql, ownerSql } = forecourt
      await ownerSql(
        "alter table outgoing_mails add constraint accident check (subject <> 'An accident' or " +
          'attempts = 0)',
      )
      const transactionID = (await payload.db.beginTransaction()) ?? ''
      const id = await writeMail({ payload, transactionID }, draft({ subject: 'An accident' }))
      const { db } = getTransaction({ payload, transactionID })
      await db.execute(
        drizzle`update pgboss.job set retry_count = 20, started_on = now()
          where data ->> 'mail' = ${id}`,
      )
      await payload.db.commitTransaction(transactionID)
      const again =
        `select next_attempt_at - completed_at < interval '1 minute' as soon
          from job_history ` + `where input ->> 'mail' = $1 and next_attempt_at is not null`
      await waitUntil(async () => (await sql(again, [id])).rows.length > 0, 'the accident')
      expect((await sql(again, [id])).rows).toEqual([{ soon: true }])
      await ownerSql('alter table outgoing_mails drop constraint accident')
      await hurry()
      await becomes(id, 'sent')
    },
  )

  it.each([
    ['two addresses', { to: 'ann@example.com, bob@example.com' }],
    ['a line break in its address', { to: 'ann@example.com\r\nRCPT TO:<bob@example.com>' }],
    ['a line break in its subject', { subject: 'Hello\r\nBcc: bob@example.com' }],
  ])('with %s is refused where it is written', async (_what, about) => {
    await expect(writeMail(forecourt, draft(about))).rejects.toMatchObject({ status: 400 })
  })

  it('of Payload itself goes the same way', async () => {
    const id = (await forecourt.payload.sendEmail({
      to: 'bob@example.com',
      subject: 'Hello',
      text: 'Hello Bob',
    })) as string
    await becomes(id, 'sent')
    expect(handed(id).at(-1)?.recipients).toEqual(['bob@example.com'])
  })

  it.each([
    ['a copy', { cc: 'ann@example.com' }],
    ['a hidden copy', { bcc: ['ann@example.com'] }],
    ['a file', { attachments: [{ filename: 'bill.txt', content: 'Ten dollars' }] }],
    ['words that are a stream', { html: Readable.from(['Hello']) }],
  ])('of Payload itself with %s is refused, not sent without it', async (_what, about) => {
    const letter = { to: 'bob@example.com', subject: 'Hello', text: 'Hello Bob', ...about }
    await expect(forecourt.payload.sendEmail(letter)).rejects.toMatchObject({ status: 400 })
  })
})

describe('the outbox', () => {
  it('is for admins of the staff alone, and its words are read by no list', async () => {
    const id = await writeMail(forecourt, draft({ subject: 'For the list' }))
    const [admin, manager] = [await forecourt.as('admin'), await forecourt.as('manager')]
    const listed = await admin
      .get('/api/outgoing-mails?where[subject][equals]=For the list')
      .expect(200)
    expect(listed.body.docs).toMatchObject([{ id, to: 'ann@example.com' }])
    expect(JSON.stringify(listed.body)).not.toContain('token')
    await admin.get('/api/outgoing-mails?where[text][like]=token').expect(400)
    await manager.get('/api/outgoing-mails').expect(403)
    await manager.get(`/api/outgoing-mails/${id}/preview`).expect(403)
    await forecourt.anonymous.get(`/api/outgoing-mails/${id}/preview`).expect(403)
  })

  it('shows a mail as it reads, and the audit log keeps that it was looked at', async () => {
    const id = await writeMail(forecourt, draft())
    const admin = await forecourt.as('admin')
    const { body } = await admin.get(`/api/outgoing-mails/${id}/preview`).expect(200)
    expect(body).toMatchObject({
      from: 'Forecourt <cars@example.com>',
      to: 'ann@example.com',
      masked: false,
    })
    expect(body.text).toContain('token=abc')
    const { rows } = await forecourt.sql(
      'select context from admin_audit_logs where resource_id = $1',
      [id],
    )
    expect(rows).toHaveLength(1)
    await admin.get('/api/outgoing-mails/nobody/preview').expect(404)
  })
})
