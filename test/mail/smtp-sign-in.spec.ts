import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { Message } from '../../src/mail/message.ts'
import { createSmtpDelivery, type SmtpOptions } from '../../src/mail/smtp.ts'
import {
  PEER_CERTIFICATE,
  type PeerOptions,
  type SmtpPeer,
  startSmtpPeer,
} from '../support/smtp-peer.ts'

const from = { name: 'Forecourt', address: 'forecourt@example.com' }
const never = new AbortController().signal
const mail = (): Message => ({
  id: randomUUID(),
  to: 'ann@example.com',
  subject: 'Your car is due',
  text: 'Dear Ann',
  html: null,
})

const peers: SmtpPeer[] = []
async function peerWith(options?: PeerOptions): Promise<SmtpPeer> {
  const peer = await startSmtpPeer(options)
  peers.push(peer)
  return peer
}
const sender = ({ url }: { url: string }, options: Partial<SmtpOptions> = {}) =>
  createSmtpDelivery({ url, from, ...options })
afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.stop()))
})

describe('signing in', () => {
  const signIn = { user: 'ann@example.com', pass: 'p/w:§ 1' }

  it('happens with the user and the password of the URL', async () => {
    const peer = await peerWith({ signIn })
    expect(await sender(peer)(mail(), never)).toMatchObject({ outcome: 'sent' })
  })

  it('is for later when the password is wrong, and neither shows', async () => {
    const peer = await peerWith({ signIn })
    const url = `smtp://ann%40example.com:guess%20me@127.0.0.1:${peer.port}`
    const { outcome, detail } = await sender({ url })(mail(), never)
    expect(outcome).toBe('later')
    expect(detail).toBe(
      `The mail server 127.0.0.1:${peer.port} rejected the sign-in with SMTP_URL: 535 ` +
        'Authentication credentials invalid',
    )
  })

  it.each([
    'No such password: guess me',
    'ann@example.com is unknown',
    `what is ${Buffer.from('\0ann@example.com\0guess me').toString('base64')}`,
  ])('tells of an answer that repeats them its code alone: %s', async (repeated) => {
    const peer = await peerWith({ signIn: { ...signIn, refusal: repeated } })
    const url = `smtp://ann%40example.com:guess%20me@127.0.0.1:${peer.port}`
    const { detail } = await sender({ url })(mail(), never)
    expect(detail).toBe(
      `The mail server 127.0.0.1:${peer.port} rejected the sign-in with SMTP_URL: 535`,
    )
  })

  it('is for later with a server that knows no signing in', async () => {
    const peer = await peerWith()
    const { outcome, detail } = await sender({
      url: `smtp://ann:guess@127.0.0.1:${peer.port}`,
    })(mail(), never)
    expect(outcome).toBe('later')
    expect(detail).not.toContain('guess')
  })

  it('with a URL that names no server fails at once, without the password', () => {
    const made = () => sender({ url: 'http://ann:guess@mail.example.com' })
    expect(made).toThrow('SMTP_URL does not name a mail server; it must look like')
    expect(made).not.toThrow('guess')
  })
})

describe('encryption', () => {
  it.each(['implicit', 'starttls'] as const)(
    'is used, %s, with a server whose authority is trusted',
    async (tls) => {
      const peer = await peerWith({ tls, signIn: { user: 'ann', pass: 'secret' } })
      expect(await sender(peer, { authority: PEER_CERTIFICATE })(mail(), never)).toMatchObject({
        outcome: 'sent',
      })
      await peer.waitUntil(({ connections }) => connections().open === 0)
    },
  )

  it.each(['implicit', 'starttls'] as const)(
    'is for later, %s, with a server that nobody vouches for',
    async (tls) => {
      const peer = await peerWith({ tls })
      const { outcome, detail } = await sender(peer)(mail(), never)
      expect(outcome).toBe('later')
      expect(detail).toContain(`The mail server 127.0.0.1:${peer.port} cannot be used: `)
      expect(peer.mails).toEqual([])
    },
  )

  it('knows a mail that was handed over whole there too', async () => {
    const peer = await peerWith({ tls: 'starttls' })
    peer.queueBehavior('cut after DATA')
    expect(await sender(peer, { authority: PEER_CERTIFICATE })(mail(), never)).toMatchObject({
      outcome: 'unknown',
    })
  })
})
