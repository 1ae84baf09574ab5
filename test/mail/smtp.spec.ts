import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from '@jest/globals'
import PostalMime from 'postal-mime'
import type { Message } from '../../src/mail/message.ts'
import { createSmtpDelivery } from '../../src/mail/smtp.ts'
import {
  type PeerBehavior,
  type PeerOptions,
  type SmtpPeer,
  startSmtpPeer,
} from '../support/smtp-peer.ts'

const from = { name: 'Forecourt', address: 'forecourt@example.com' }
const never = new AbortController().signal
const mail = (overrides: Partial<Message> = {}): Message => ({
  id: randomUUID(),
  to: 'ann@example.com',
  subject: 'Your car is due',
  text: 'Dear Ann',
  html: null,
  ...overrides,
})

const peers: SmtpPeer[] = []
async function peerWith(options?: PeerOptions): Promise<SmtpPeer> {
  const peer = await startSmtpPeer(options)
  peers.push(peer)
  return peer
}
const sender = ({ url }: SmtpPeer) => createSmtpDelivery({ url, from })
afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.stop()))
})

describe('a mail that the server takes', () => {
  it('is sent, with the words of the server', async () => {
    const peer = await peerWith()
    expect(await sender(peer)(mail(), never)).toEqual({
      outcome: 'sent',
      detail: '250 OK queued as 1',
    })
  })

  it('comes as it was written, to its one recipient', async () => {
    const peer = await peerWith()
    const message = mail({
      text: 'Grüße\n.\n..\nEnde',
      html: '<p>Grüße 🚗</p>',
      subject: 'Fällig 🚗',
    })
    await sender(peer)(message, never)
    expect(peer.mails).toMatchObject([
      {
        from: 'forecourt@example.com',
        recipients: ['ann@example.com'],
        messageId: `<${message.id}@example.com>`,
        answered: true,
      },
    ])
    const parsed = await PostalMime.parse(peer.mails[0]?.bytes ?? '')
    expect(parsed).toMatchObject({
      subject: 'Fällig 🚗',
      to: [{ name: '', address: 'ann@example.com' }],
    })
    expect(parsed.text?.trim()).toBe('Grüße\n.\n..\nEnde')
    expect(parsed.html?.trim()).toBe('<p>Grüße 🚗</p>')
  })

  it('comes over a connection of its own, which is closed', async () => {
    const peer = await peerWith()
    const deliver = sender(peer)
    for (const message of [mail(), mail(), mail()]) await deliver(message, never)
    expect(peer.connections().soFar).toBe(3)
    await peer.waitUntil(({ connections }) => connections().open === 0)
  })

  it('has the same Message-ID at each try', async () => {
    const peer = await peerWith()
    const message = mail()
    peer.queueBehavior('cut after DATA')
    await sender(peer)(message, never)
    await sender(peer)(message, never)
    expect(peer.mails.map(({ messageId }) => messageId)).toEqual(
      Array(2).fill(`<${message.id}@example.com>`),
    )
  })

  it('goes to a domain in any letters, which the server reads from its name in ASCII', async () => {
    const peer = await peerWith()
    await sender(peer)(mail({ to: 'ann@münchen.example' }), never)
    expect(peer.mails).toMatchObject([{ recipients: ['ann@münchen.example'], unicode: false }])
  })

  it('may be long', async () => {
    const peer = await peerWith()
    const text = 'a line of the mail\n'.repeat(200_000)
    expect(await sender(peer)(mail({ text }), never)).toMatchObject({ outcome: 'sent' })
    expect((await PostalMime.parse(peer.mails[0]?.bytes ?? '')).text?.length).toBe(text.length)
  })
})

describe('a mail with more in a line than belongs there', () => {
  it.each([
    { to: 'ann@example.com\r\nRCPT TO:<eve@example.com>' },
    { to: 'ann@example.com>\r\nRCPT TO:<eve@example.com' },
    { to: 'ann@example.com, eve@example.com' },
    { to: 'Ann <ann@example.com>' },
    { subject: 'Due\r\nBcc: eve@example.com' },
    { replyTo: 'desk@example.com\r\nBcc: eve@example.com' },
  ])('is refused before anybody hears of it: %j', async (result) => {
    const peer = await peerWith()
    const { outcome, detail } = await sender(peer)(mail(result), never)
    expect(outcome).toBe('refused')
    expect(detail).toMatch(/^(e-mail address|text) ".*" (has|contains)/)
    expect(peer.connections().soFar).toBe(0)
  })

  it('has no further recipient through its text', async () => {
    const peer = await peerWith()
    const text =
      'Dear Ann\r\n.\r\nMAIL FROM:<eve@example.com>\r\nRCPT ' +
      'TO:<eve@example.com>\r\nDATA\r\n\r\nhello\r\n.\r\n\n.\n\r.\r'
    expect(await sender(peer)(mail({ text, html: text }), never)).toMatchObject({ outcome: 'sent' })
    expect(peer.mails.map(({ recipients }) => recipients)).toEqual([['ann@example.com']])
  })
})

describe('a mail that the server does not take', () => {
  it.each<[PeerBehavior, string, string]>([
    ['452 at RCPT', 'later', '452 Come back later'],
    ['421 at RCPT', 'later', '421 Come back later'],
    ['550 at RCPT', 'refused', '550 Not taken'],
    ['451 after DATA', 'later', '451 Come back later'],
    ['554 after DATA', 'refused', '554 Not taken'],
    ['530 at MAIL', 'later', '530 Not taken'],
  ])('%s: %s, with the words of the server unchanged', async (behaviour, outcome, detail) => {
    const peer = await peerWith()
    peer.queueBehavior(behaviour)
    expect(await sender(peer)(mail(), never)).toEqual({ outcome, detail })
    expect(peer.mails).toEqual([])
    await peer.waitUntil(({ connections }) => connections().open === 0)
  })

  it('is refused when it is longer than the server says that it takes', async () => {
    const peer = await peerWith({ size: 1_000 })
    const { outcome, detail } = await sender(peer)(mail({ text: 'x'.repeat(2_000) }), never)
    expect(outcome).toBe('refused')
    expect(detail).toBe(
      `The e-mail is too long for 127.0.0.1:${peer.port}: Message size larger than allowed 1000`,
    )
  })

  it('is for later when the server takes nothing at all, though its word is final', async () => {
    const peer = await peerWith()
    peer.queueBehavior('554 at greeting')
    const { outcome, detail } = await sender(peer)(mail(), never)
    expect(outcome).toBe('later')
    expect(detail).toBe(`The mail server 127.0.0.1:${peer.port} cannot be used: 554 Not taken`)
  })
})
