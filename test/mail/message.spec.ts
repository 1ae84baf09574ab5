import { randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import PostalMime from 'postal-mime'
import {
  type Message,
  formatMessageId,
  findMessageProblem,
  buildMime,
} from '../../src/mail/message.ts'

const from = { name: 'Forecourt', address: 'forecourt@example.com' }
const mail = (overrides: Partial<Message> = {}): Message => ({
  id: randomUUID(),
  to: 'ann@example.com',
  subject: 'Your car is due',
  text: 'Dear Ann,\n\nyour car is due.\n',
  html: null,
  ...overrides,
})
const read = async (message: Message, sender = from) =>
  PostalMime.parse(await buildMime(message, sender))
const headOf = async (message: Message) =>
  (await buildMime(message, from)).toString('latin1').split('\r\n\r\n')[0] ?? ''

describe('a mail as MIME', () => {
  it('says who it is from and to, what about, when, and that no person wrote it', async () => {
    const message = mail({ replyTo: 'desk@example.com' })
    const parsed = await read(message)
    expect(parsed.from).toEqual({ name: 'Forecourt', address: 'forecourt@example.com' })
    expect(parsed.to).toEqual([{ name: '', address: 'ann@example.com' }])
    expect(parsed.replyTo).toEqual([{ name: '', address: 'desk@example.com' }])
    expect(parsed.subject).toBe('Your car is due')
    expect(parsed.messageId).toBe(`<${message.id}@example.com>`)
    expect(Date.parse(parsed.date ?? 'never')).not.toBeNaN()
    expect(parsed.headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    )
    expect(parsed.headers).toContainEqual(
      expect.objectContaining({ key: 'mime-version', value: '1.0' }),
    )
  })

  it('is text alone where there is no HTML', async () => {
    const parsed = await read(mail())
    expect(parsed.text).toBe('Dear Ann,\n\nyour car is due.\n')
    expect(parsed.html).toBeUndefined()
  })

  it('has its HTML as an alternative to its text, in any letters', async () => {
    const text = 'Grüße aus Łódź 🚗\n.\n..\nFrom here\n' + 'x'.repeat(2_000)
    const html = `<p>Grüße aus <b>Łódź</b> 🚗</p>${'<i>y</i>'.repeat(400)}`
    const parsed = await read(mail({ text, html }))
    expect(parsed.text?.trimEnd()).toBe(text)
    expect(parsed.html?.trimEnd()).toBe(html)
    expect(parsed.attachments).toEqual([])
    expect(await headOf(mail({ text, html }))).toMatch(/^Content-Type: multipart\/alternative;/m)
  })

  it.each(['Ölwechsel fällig 🚗 für Łucja', 'Due = $5 ?now?', `${'long words '.repeat(22)}end`])(
    'keeps the subject %j',
    async (subject) => expect((await read(mail({ subject }))).subject).toBe(subject),
  )

  it('keeps a name of the sender in which there are commas, quotes and other letters', async () => {
    const name = 'Müller, "Sons" & <Co>; 🚗'
    expect((await read(mail(), { ...from, name })).from).toEqual({
      name,
      address: 'forecourt@example.com',
    })
  })

  it('has lines of ASCII that end in CRLF and are no longer than mail servers take', async () => {
    const bytes = await buildMime(
      mail({ text: `${'ä'.repeat(3_000)}\n\rx\ry`, html: 'z'.repeat(3_000) }),
      from,
    )
    const lines = bytes.toString('latin1').split('\r\n')
    expect(lines.filter((line) => /[\r\n\x80-\xff]/.test(line) || line.length > 998)).toEqual([])
  })

  it('writes the domains of addresses in ASCII', async () => {
    const head = await headOf(mail({ to: 'ann@münchen.example' }))
    expect(head).toMatch(/^To: ann@xn--mnchen-3ya\.example$/m)
  })

  it('reads no file and no address that its text or HTML may name', async () => {
    const parsed = await read(
      mail({
        text: 'file:///etc/hostname',
        html: '<img src="file:///etc/hostname"><img src="data:,x">',
      }),
    )
    expect(parsed.text?.trim()).toBe('file:///etc/hostname')
    expect(parsed.attachments).toEqual([])
  })

  it('has one To and one Subject, whatever the texts are', async () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((result) => findMessageProblem(mail({ subject: result })) === null)
    await fc.assert(
      fc.asyncProperty(line, fc.string({ unit: 'grapheme' }), async (subject, text) => {
        const head = await headOf(mail({ subject, text }))
        expect(head.match(/^(to|cc|bcc|subject|from|date|message-id):/gim)).toHaveLength(5)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a Message-ID', () => {
  it('is the id at the domain of the sender, the same each time', () => {
    const { id } = mail()
    expect(formatMessageId(id, from)).toBe(`<${id}@example.com>`)
    expect(formatMessageId(id, { name: 'x', address: 'ann@MÜNCHEN.example' })).toBe(
      `<${id}@xn--mnchen-3ya.example>`,
    )
  })
})

describe('a mail that cannot leave', () => {
  it.each([
    [{ id: '../../etc/passwd' }, 'e-mail ID "../../etc/passwd" is not a UUID.'],
    [{ id: `${randomUUID()}\r\n` }, 'is not a UUID'],
    [{ to: 'ann@example.com\r\nBcc: eve@example.com' }, 'has a line break'],
    [{ to: 'ann@example.com,eve@example.com' }, 'contains more than one address'],
    [{ subject: 'Due\r\nBcc: eve@example.com' }, 'has a line break'],
    [{ replyTo: 'desk@example.com\nBcc: eve@example.com' }, 'has a line break'],
  ])('has the problem of %j', (reported, why) =>
    expect(findMessageProblem(mail(reported))).toContain(why),
  )

  it('is none that is in order', () => {
    expect(findMessageProblem(mail())).toBeNull()
    expect(findMessageProblem(mail({ replyTo: null }))).toBeNull()
  })
})
