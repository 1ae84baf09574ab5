import { describe, expect, it } from '@jest/globals'
import { buildTimeline, type TimelineEvent } from '../../src/lot/domain/timeline.ts'

const event = (kind: TimelineEvent['kind'], at: string): TimelineEvent => ({
  at,
  kind,
  details: null,
  price: null,
})

describe('a timeline', () => {
  it('is sorted, oldest first, and events of one instant in their usual order', () => {
    const events = [
      event('sold', '2026-03-03T10:00:00.000Z'),
      event('listed', '2026-03-01T10:00:00.000Z'),
      event('bought', '2026-03-01T10:00:00.000Z'),
      event('recall', '2019-01-01T00:00:00.000Z'),
    ]
    expect(buildTimeline(events).map(({ kind }) => kind)).toEqual([
      'recall',
      'bought',
      'listed',
      'sold',
    ])
  })

  it('tells a car that is listed again once', () => {
    const again = event('relisted', '2026-03-01T10:00:00.000Z')
    const same = event('listed', '2026-03-01T10:00:59.000Z')
    const first = event('listed', '2026-02-01T10:00:00.000Z')
    expect(buildTimeline([first, again, same])).toEqual([first, again])
  })
})
