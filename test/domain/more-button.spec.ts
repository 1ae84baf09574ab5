import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import { moreButton } from '../../plugins/scraping/domain/more-button.ts'

describe('the button that shows more cars', () => {
  it('is the one that the special settings name', () => {
    expect(moreButton({ next: { loadMore: { selector: 'button.more' } } })).toBe('button.more')
  })

  it.each<JsonObject>([
    {},
    { next: null },
    { next: { link: 'a' } },
    { next: { loadMore: 'x' } },
    { next: { loadMore: { selector: '' } } },
  ])('is none in %j', (config) => {
    expect(moreButton(config)).toBeUndefined()
  })
})
