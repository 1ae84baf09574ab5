import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Deliver } from '../../src/mail/deliver.ts'
import { paceDelivery } from '../../src/mail/pacing.ts'
import { createSmtpDelivery } from '../../src/mail/smtp.ts'
import { type SmtpPeer, startSmtpPeer } from '../support/smtp-peer.ts'

const never = new AbortController().signal
const mail = () => ({
  id: randomUUID(),
  to: 'ann@example.com',
  subject: 'Your car is due',
  text: 'Dear Ann',
  html: null,
})

describe('mails to a server that is away', () => {
  let peer: SmtpPeer
  let tries: number
  beforeEach(async () => {
    peer = await startSmtpPeer()
    tries = 0
  })
  afterEach(() => peer.stop())

  const counted = (): Deliver => {
    const deliver = createSmtpDelivery({
      url: peer.url,
      from: { name: 'Forecourt', address: 'forecourt@example.com' },
    })
    return (message, signal) => {
      tries += 1
      return deliver(message, signal)
    }
  }

  it('pause before each try, and say why they come later', async () => {
    await peer.stop()
    const deliver = paceDelivery(counted(), 60_000)
    expect(await deliver(mail(), never)).toMatchObject({ outcome: 'later', unreachable: true })
    const stop = new AbortController()
    const second = deliver(mail(), stop.signal)
    await new Promise((done) => setTimeout(done, 200))
    expect(tries).toBe(1)
    stop.abort()
    expect(await second).toMatchObject({ outcome: 'later' })
  })

  it('go out at once again after one of them was taken', async () => {
    await peer.stop()
    const deliver = paceDelivery(counted(), 3_000)
    await deliver(mail(), never)
    const waiting = deliver(mail(), never)
    await peer.start()
    expect(await waiting).toMatchObject({ outcome: 'sent' })
    const before = tries
    const next = deliver(mail(), never)
    expect(tries).toBe(before + 1)
    expect(await next).toMatchObject({ outcome: 'sent' })
  })

  it('do not pause for a mail that the server itself refuses', async () => {
    peer.setRecipientBehavior('ann@example.com', '550 at RCPT')
    const deliver = paceDelivery(counted(), 60_000)
    expect(await deliver(mail(), never)).toMatchObject({ outcome: 'refused' })
    expect(await deliver(mail(), never)).toMatchObject({ outcome: 'refused' })
  })

  it('pause when the server does not let us in, which it would tell every mail', async () => {
    const strict = await startSmtpPeer({ signIn: { user: 'forecourt', pass: 'right' } })
    const url = strict.url.replace('right', 'wrong')
    const deliver = paceDelivery(
      createSmtpDelivery({ url, from: { name: '', address: 'forecourt@example.com' } }),
      60_000,
    )
    expect(await deliver(mail(), never)).toMatchObject({ outcome: 'later', unreachable: true })
    const stop = new AbortController()
    const second = deliver(mail(), stop.signal)
    await new Promise((done) => setTimeout(done, 200))
    expect(strict.connections().soFar).toBe(1)
    stop.abort()
    await second
    await strict.stop()
  })
})
