import { describe, expect, it } from '@jest/globals'
import { FEED_NAMES, FEEDS } from '../../plugins/exports/domain/feed-names.ts'
import { feeds } from '../../plugins/exports/feeds/index.ts'

describe('the names of the feeds', () => {
  it('are those of their declarations, and each has a label', () => {
    expect(Object.keys(feeds).sort()).toEqual([...FEED_NAMES].sort())
    for (const name of FEED_NAMES) {
      expect(feeds[name].name).toBe(name)
      expect(FEEDS[name]).not.toBe('')
    }
  })
})
