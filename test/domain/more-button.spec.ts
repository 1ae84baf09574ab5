import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import {
  getCarSelectors,
  getMoreButtonSelector,
} from '../../plugins/scraping/domain/more-button.ts'

describe('the button that shows more cars', () => {
  it('is the one that the special settings name', () => {
    expect(getMoreButtonSelector({ next: { loadMore: { selector: 'button.more' } } })).toBe(
      'button.more',
    )
  })

  it.each<JsonObject>([
    {},
    { next: null },
    { next: { link: 'a' } },
    { next: { loadMore: 'x' } },
    { next: { loadMore: { selector: '' } } },
  ])('is none in %j', (config) => {
    expect(getMoreButtonSelector(config)).toBeUndefined()
  })
})

describe('how the cars of a page are told apart', () => {
  it('is by VIN, stock number or address, wherever the special settings say that they stand', () => {
    const fields = {
      vin: { attribute: 'data-vin' },
      stockNumber: '.stock',
      url: 'h2 a',
      price: 'b',
    }
    expect(getCarSelectors({ listing: 'li.car', fields })).toEqual({
      listing: 'li.car',
      keys: [
        { selector: '', attribute: 'data-vin' },
        { selector: '.stock', attribute: '' },
        { selector: 'h2 a', attribute: 'href' },
      ],
    })
    expect(
      getCarSelectors({ listing: 'li', fields: { url: { selector: 'a', attribute: 'data-to' } } })
        ?.keys,
    ).toEqual([{ selector: 'a', attribute: 'data-to' }])
  })

  it.each<JsonObject>([{}, { listing: 1 }, { listing: '' }])('is not known from %j', (config) => {
    expect(getCarSelectors(config)).toBeUndefined()
  })

  it('is by their words where the settings name no place', () => {
    expect(getCarSelectors({ listing: 'li', fields: { vin: 5 } })).toEqual({
      listing: 'li',
      keys: [],
    })
  })
})
