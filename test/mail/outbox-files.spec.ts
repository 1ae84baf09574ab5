import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import PostalMime from 'postal-mime'
import type { Engine } from '../../jobs/engine/engine.ts'
import { writeMail } from '../../src/mail/write-mail.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { runJob, waitUntil, startEngine } from '../support/work.ts'

const LINK = 'https://lot.example/confirm?token=abc'

let forecourt: TestForecourt
let engine: Engine
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'forecourt-outbox-'))
  forecourt = await openForecourt({
    APP_ENV: 'production',
    PUBLIC_ORIGIN: 'https://lot.example',
    DATA_DIR: dataDir,
    LOCAL_PASSWORDS: 'true',
  })
  engine = await startEngine(forecourt)
})
afterAll(async () => {
  await engine.stop(0)
  await forecourt.close()
  await rm(dataDir, { recursive: true, force: true })
})

const written = (subject: string) =>
  writeMail(forecourt, {
    to: 'ann@example.com',
    subject,
    text: `Open ${LINK} now.`,
    html: `<a href="${LINK}">Open</a>`,
  })

const statusOf = async (id: string) =>
  (await forecourt.sql('select status from outgoing_mails where id = $1', [id])).rows[0]
    ?.status as string

describe('without a mail server', () => {
  it('a mail becomes a file that a mail program opens, and only this user reads', async () => {
    const id = await written('A file')
    await waitUntil(async () => (await statusOf(id)) === 'sent', 'the mail was written')
    const file = path.join(dataDir, 'outbox', `${id}.eml`)
    const mail = await PostalMime.parse(await readFile(file))
    expect(mail).toMatchObject({
      subject: 'A file',
      to: [{ address: 'ann@example.com' }],
      text: expect.stringContaining(LINK),
    })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })
})

describe('in production', () => {
  it('an admin reads a mail with its links masked', async () => {
    const id = await written('Masked')
    const { body } = await (
      await forecourt.as('admin')
    )
      .get(`/api/outgoing-mails/${id}/preview`)
      .expect(200)
    expect(body).toMatchObject({
      masked: true,
      text: 'Open https://lot.example/••• now.',
      html: '<a href="https://lot.example/•••">Open</a>',
    })
  })
})

describe('mails that are older than 30 days', () => {
  it('are removed, but for those that still wait', async () => {
    await forecourt.sql(`insert into outgoing_mails (recipient, subject, text, status, created_at)
      values
      ('a@example.com', 'old', 'x', 'sent', now() - interval '31 days'), ('a@example.com', 'waits',
        'x', 'waiting', now() - interval '31 days'),
      ('a@example.com', 'young', 'x', 'sent', now() - interval '29 days')`)
    await runJob(engine, forecourt, 'prune-mails')
    const { rows } = await forecourt.sql(
      "select subject from outgoing_mails where recipient = 'a@example.com' order by subject",
    )
    expect(rows).toEqual([{ subject: 'waits' }, { subject: 'young' }])
  })
})
