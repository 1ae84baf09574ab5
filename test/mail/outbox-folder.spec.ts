import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import PostalMime from 'postal-mime'
import type { Message } from '../../src/mail/message.ts'
import { createFolderDelivery } from '../../src/mail/outbox-folder.ts'

const from = { name: 'Forecourt', address: 'forecourt@example.com' }
const signal = new AbortController().signal
const mail = (overrides: Partial<Message> = {}): Message => ({
  id: randomUUID(),
  to: 'ann@example.com',
  subject: 'Your car is due',
  text: 'Dear Ann',
  html: '<p>Dear Ann</p>',
  ...overrides,
})

describe('the outbox folder', () => {
  let base = ''
  let folder = ''
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'forecourt outbox '))
    folder = join(base, 'kept', 'mails')
  })
  afterEach(() => rm(base, { recursive: true, force: true }))

  it('keeps a mail as a file that mail programs read', async () => {
    const message = mail()
    const file = join(folder, `${message.id}.eml`)
    expect(await createFolderDelivery({ folder, from })(message, signal)).toEqual({
      outcome: 'sent',
      detail: `Written to ${file}.`,
    })
    const parsed = await PostalMime.parse(await readFile(file))
    expect(parsed).toMatchObject({
      subject: 'Your car is due',
      messageId: `<${message.id}@example.com>`,
    })
    expect(parsed.to).toEqual([{ name: '', address: 'ann@example.com' }])
    expect(parsed.text?.trim()).toBe('Dear Ann')
    expect(parsed.html?.trim()).toBe('<p>Dear Ann</p>')
  })

  it('is made when it is needed, and both it and the mail are for this user alone', async () => {
    const message = mail()
    await createFolderDelivery({ folder, from })(message, signal)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, `${message.id}.eml`))).mode & 0o777).toBe(0o600)
  })

  it('has one file of a mail that is written again, the last', async () => {
    const message = mail()
    const deliver = createFolderDelivery({ folder, from })
    await deliver(message, signal)
    await deliver({ ...message, id: message.id.toUpperCase(), text: 'Dear Ann, once more' }, signal)
    expect(await readdir(folder)).toEqual([`${message.id}.eml`])
    expect(await readFile(join(folder, `${message.id}.eml`), 'utf8')).toContain('once more')
  })

  it('has whole files only, also when one mail is written many times at once', async () => {
    const message = mail({ text: 'x'.repeat(200_000) })
    const deliver = createFolderDelivery({ folder, from })
    const all = await Promise.all(Array.from({ length: 8 }, () => deliver(message, signal)))
    expect(all.map(({ outcome }) => outcome)).toEqual(Array(8).fill('sent'))
    expect(await readdir(folder)).toEqual([`${message.id}.eml`])
    expect(
      (await readFile(join(folder, `${message.id}.eml`), 'utf8')).match(/x/g)?.length,
    ).toBeGreaterThanOrEqual(200_000)
  })

  it('takes the mail later where it cannot be made', async () => {
    await writeFile(join(base, 'kept'), 'a file')
    const { outcome, detail } = await createFolderDelivery({ folder, from })(mail(), signal)
    expect(outcome).toBe('later')
    expect(detail).toContain(`The e-mail could not be written to ${folder}: Error: `)
    expect(detail).toContain(`${join(base, 'kept')} is not a folder.`)
    expect(detail).toContain('Free some space there, or grant write permission.')
  })

  it('leaves nothing unfinished behind', async () => {
    const message = mail()
    await mkdir(join(folder, `${message.id}.eml`), { recursive: true })
    expect(await createFolderDelivery({ folder, from })(message, signal)).toMatchObject({
      outcome: 'later',
    })
    expect(await readdir(folder)).toEqual([`${message.id}.eml`])
  })

  it.each([
    { to: 'ann@example.com\r\nBcc: eve@example.com' },
    { subject: 'Due\r\nBcc: eve@example.com' },
    { id: '../../mine' },
  ])('refuses %j and writes nothing', async (result) => {
    expect(await createFolderDelivery({ folder, from })(mail(result), signal)).toMatchObject({
      outcome: 'refused',
    })
    expect(await readdir(base)).toEqual([])
  })

  it('writes nothing once the try was stopped', async () => {
    const { outcome, detail } = await createFolderDelivery({ folder, from })(
      mail(),
      AbortSignal.abort(),
    )
    expect(outcome).toBe('later')
    expect(detail).toBe(`The attempt was stopped before the e-mail was written to ${folder}.`)
    expect(await readdir(base)).toEqual([])
  })
})
