import { describe, expect, it } from '@jest/globals'
import { checkFeed } from '../../plugins/exports/domain/check-feed.ts'
import type { FeedName } from '../../plugins/exports/domain/feed-names.ts'
import { feeds } from '../../plugins/exports/feeds/index.ts'
import { aFeedContext } from '../support/feeds.ts'

describe('a feed', () => {
  it.each(Object.keys(feeds) as FeedName[])('misses nothing for %s with every fact', (name) => {
    expect(checkFeed(feeds[name], aFeedContext())).toEqual([])
  })

  it('names each fact that its receiver demands, and our number', () => {
    const { dealership } = aFeedContext()
    const without = { ...dealership, latitude: null, city: '' }
    const problems = checkFeed(feeds.facebook, { dealership: without, dealerId: null })
    expect(problems.map(({ fix }) => fix)).toEqual([
      'Enter Dealer ID in the settings of the feed.',
      'Enter City on the screen Dealership.',
      'Enter Latitude on the screen Dealership.',
    ])
    expect(checkFeed(feeds.jekyll, { dealership: without, dealerId: null })).toEqual([])
  })

  it('accepts a dealership on the equator', () => {
    const { dealership } = aFeedContext()
    const equator = { ...dealership, latitude: 0 }
    expect(checkFeed(feeds.facebook, { dealership: equator, dealerId: '1' })).toEqual([])
  })
})
