import { randomUUID } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Message } from '../../src/mail/message.ts'
import { createSmtpDelivery, type SmtpLimits } from '../../src/mail/smtp.ts'
import { type PeerBehavior, type SmtpPeer, startSmtpPeer } from '../support/smtp-peer.ts'

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
const sender = (url: string, limits: Partial<SmtpLimits> = {}) =>
  createSmtpDelivery({ url, from, limits })

let peer: SmtpPeer
beforeEach(async () => {
  peer = await startSmtpPeer()
})
afterEach(() => peer.stop())

describe('a connection that breaks or goes silent', () => {
  it('before anything was said is for later, and everything goes again after the outage', async () => {
    await peer.stop()
    const message = mail()
    const { outcome, detail } = await sender(peer.url)(message, never)
    expect(outcome).toBe('later')
    expect(detail).toBe(
      `The mail server 127.0.0.1:${peer.port} cannot be used: connect ECONNREFUSED ` +
        `127.0.0.1:${peer.port}`,
    )
    await peer.start()
    expect(await sender(peer.url)(message, never)).toMatchObject({ outcome: 'sent' })
    expect(peer.mails).toHaveLength(1)
  })

  it('to a name that nobody knows is for later', async () => {
    expect(await sender('smtp://mail.invalid:25', { connectMs: 500 })(mail(), never)).toMatchObject(
      { outcome: 'later' },
    )
  })

  it('before the greeting is for later', async () => {
    peer.queueBehavior('silent at greeting')
    const { outcome, detail } = await sender(peer.url, { greetingMs: 100 })(mail(), never)
    expect(outcome).toBe('later')
    expect(detail).toContain('Greeting never received')
    await peer.waitUntil(({ connections }) => connections().open === 0)
  })

  it('while the mail goes over is for later: its end has not left', async () => {
    peer.queueBehavior('cut during DATA')
    const { outcome, detail } = await sender(peer.url)(
      mail({ text: 'a line of the mail\n'.repeat(1_000_000) }),
      never,
    )
    expect(outcome).toBe('later')
    expect(detail).toContain(`The e-mail was not handed over to 127.0.0.1:${peer.port}: `)
    expect(peer.mails).toEqual([])
  })

  it.each<PeerBehavior>(['cut after DATA', 'silent after DATA'])(
    '%s leaves open whether the mail was taken',
    async (behaviour) => {
      peer.queueBehavior(behaviour)
      const { outcome, detail } = await sender(peer.url, { idleMs: 200 })(mail(), never)
      expect(outcome).toBe('unknown')
      expect(detail).toContain(
        `The e-mail was handed over to 127.0.0.1:${peer.port} and may have been accepted, but an error followed: `,
      )
      expect(peer.mails).toMatchObject([{ recipients: ['ann@example.com'], answered: false }])
      await peer.waitUntil(({ connections }) => connections().open === 0)
    },
  )

  it('is also one that always says a little and never comes to an end', async () => {
    const drip = await dripping('220-wait\r\n')
    const { outcome, detail } = await sender(drip.url, {
      greetingMs: 60_000,
      connectMs: 60_000,
      totalMs: 300,
    })(mail(), never)
    expect(outcome).toBe('later')
    expect(detail).toContain('it took longer than 300 ms')
    await drip.close()
  })
})

describe('a try that is stopped', () => {
  it('before it begins opens no connection', async () => {
    expect(await sender(peer.url)(mail(), AbortSignal.abort())).toMatchObject({ outcome: 'later' })
    expect(peer.connections().soFar).toBe(0)
  })

  it.each<[PeerBehavior, string]>([
    ['silent at greeting', 'later'],
    ['silent after DATA', 'unknown'],
  ])('%s: %s, and the connection is closed', async (behaviour, outcome) => {
    peer.queueBehavior(behaviour)
    const stop = new AbortController()
    const delivery = sender(peer.url)(mail(), stop.signal)
    await peer.waitUntil(({ mails, connections }) =>
      behaviour === 'silent at greeting' ? connections().open === 1 : mails.length === 1,
    )
    stop.abort()
    expect(await delivery).toMatchObject({
      outcome,
      detail: expect.stringContaining('the attempt was stopped'),
    })
    await peer.waitUntil(({ connections }) => connections().open === 0)
  })

  it('after the answer changes nothing', async () => {
    const stop = new AbortController()
    expect(await sender(peer.url)(mail(), stop.signal)).toMatchObject({ outcome: 'sent' })
    stop.abort()
    expect(peer.mails).toHaveLength(1)
  })
})

describe('the SMTP peer', () => {
  it('does to a recipient, then to the next connections, then to all, what it was told', async () => {
    peer.setBehavior('451 after DATA')
    peer.queueBehavior('550 at RCPT', 2)
    peer.setRecipientBehavior('bob@example.com', 'accept')
    const outcomes: string[] = []
    for (const to of ['ann@example.com', 'bob@example.com', 'ann@example.com', 'bob@example.com'])
      outcomes.push((await sender(peer.url)(mail({ to }), never)).detail.slice(0, 3))
    expect(outcomes).toEqual(['550', '250', '451', '250'])
    peer.setRecipientBehavior('bob@example.com', null)
    expect(await sender(peer.url)(mail({ to: 'bob@example.com' }), never)).toMatchObject({
      outcome: 'later',
    })
  })

  it('keeps its mails and its port over a stop, and breaks what is open', async () => {
    await sender(peer.url)(mail(), never)
    peer.queueBehavior('silent after DATA')
    const open = sender(peer.url)(mail(), never)
    await peer.waitUntil(({ mails }) => mails.length === 2)
    await peer.stop()
    expect(await open).toMatchObject({ outcome: 'unknown' })
    await peer.start()
    await sender(peer.url)(mail(), never)
    expect(peer.mails.map(({ answered }) => answered)).toEqual([true, false, true])
  })
})

/** A server that says the same line every 20 ms. */
async function dripping(line: string): Promise<{ url: string; close: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    const drops = setInterval(() => socket.write(line), 20)
    socket.on('error', () => undefined).on('close', () => clearInterval(drops))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
