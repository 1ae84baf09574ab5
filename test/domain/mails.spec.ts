import { describe, expect, it } from '@jest/globals'
import {
  buildInvitation,
  buildShareAccepted,
  buildShareEnded,
  buildTransferDeclined,
  buildTransferDone,
  buildTransferOffer,
} from '../../src/sharing/domain/mails.ts'

const OFFER = {
  vehicle: '2021 Honda Accord',
  from: 'ann@example.com',
  expiresAt: new Date('2026-03-06T23:00:00Z'),
}

describe('a mail about a vehicle', () => {
  it('says who shares what, what one may do, and until when', () => {
    const { subject, text } = buildInvitation({ ...OFFER, role: 'viewer' })
    expect(subject).toBe('ann@example.com wants to share a vehicle with you')
    expect(text).toContain('You could see the vehicle, its logs')
    expect(text).toContain('expires on March 6, 2026')
    expect(buildInvitation({ ...OFFER, role: 'editor' }).text).toContain('see and change')
  })

  it('says what a transfer includes', () => {
    const build = (withCosts: boolean, withDocuments: boolean) =>
      buildTransferOffer({ ...OFFER, withCosts, withDocuments }).text
    expect(build(true, false)).toContain('Its costs are included; its documents are not included.')
    expect(build(false, true)).toContain('Its costs are not included; its documents are included.')
  })

  it('says what the other side did', () => {
    const texts = [
      buildShareAccepted('Daily', 'ben@example.com'),
      buildShareEnded('Daily', 'ben@example.com'),
      buildTransferDone('Daily', { from: 'ann@example.com', to: 'ben@example.com' }),
      buildTransferDeclined('Daily', 'ben@example.com'),
    ].map(({ text }) => text)
    for (const text of texts) {
      expect(text).toContain('Daily')
      expect(text).toContain('ben@example.com')
    }
  })
})
