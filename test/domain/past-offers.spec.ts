import { describe, expect, it } from '@jest/globals'
import { listPastOffers, type OfferEvent } from '../../src/sharing/domain/past-offers.ts'

const at = (day: number) => `2026-03-0${day}T10:00:00.000Z`

const offered = (day: number, actor = 'ann'): OfferEvent => ({
  action: 'transfer_offer',
  actor,
  email: `${actor}@x.example`,
  at: at(day),
  withCosts: true,
  withDocuments: false,
})

const ended = (action: OfferEvent['action'], day: number, actor: string): OfferEvent => ({
  action,
  actor,
  email: `${actor}@x.example`,
  at: at(day),
  withCosts: null,
  withDocuments: null,
})

describe('the past offers of a vehicle', () => {
  it.each([
    ['accepted', 'transfer_accept', 'ben', 'ben@x.example'],
    ['declined', 'transfer_end', 'ben', 'ben@x.example'],
    ['withdrawn', 'transfer_end', 'ann', null],
    ['removed', 'transfer_remove', 'staff:1', null],
  ] as const)('say that one was %s', (outcome, action, actor, to) => {
    expect(listPastOffers([offered(1), ended(action, 2, actor)], false)).toEqual([
      {
        outcome,
        from: 'ann@x.example',
        to,
        offeredAt: at(1),
        endedAt: at(2),
        withCosts: true,
        withDocuments: false,
      },
    ])
  })

  it('have expired if nothing ended them, whether or not another one followed', () => {
    const outcomes = listPastOffers([offered(1), offered(3)], false).map(
      ({ outcome, endedAt, offeredAt }) => [outcome, endedAt, offeredAt],
    )
    expect(outcomes).toEqual([
      ['expired', null, at(3)],
      ['expired', null, at(1)],
    ])
  })

  it('do not include the open one', () => {
    const events = [offered(1), ended('transfer_end', 2, 'ann'), offered(3)]
    expect(listPastOffers(events, true).map(({ outcome }) => outcome)).toEqual(['withdrawn'])
    expect(listPastOffers(events.slice(0, 2), true)).toHaveLength(1)
    expect(listPastOffers([], false)).toEqual([])
  })

  it('go on with the next owner after a transfer', () => {
    const events = [
      offered(1),
      ended('transfer_accept', 2, 'ben'),
      offered(3, 'ben'),
      ended('transfer_end', 4, 'ann'),
    ]
    expect(listPastOffers(events, false)).toMatchObject([
      { outcome: 'declined', from: 'ben@x.example', to: 'ann@x.example' },
      { outcome: 'accepted', from: 'ann@x.example', to: 'ben@x.example' },
    ])
  })
})
