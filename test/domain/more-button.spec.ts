import { describe, expect, it } from '@jest/globals'
import type { JsonObject } from '../../plugins/scraping/domain/json.ts'
import { carMarks, moreButton } from '../../plugins/scraping/domain/more-button.ts'

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

describe('how the cars of a page are told apart', () => {
  it('is by VIN, stock number or address, wherever the special settings say that they stand', () => {
    const fields = { vin: { attribute: 'data-vin' }, stockNumber: '.stock', url: 'h2 a', price: 'b' }
    expect(carMarks({ listing: 'li.car', fields })).toEqual({
      listing: 'li.car',
      marks: [
        { selector: '', attribute: 'data-vin' },
        { selector: '.stock', attribute: '' },
        { selector: 'h2 a', attribute: 'href' },
      ],
    })
    expect(carMarks({ listing: 'li', fields: { url: { selector: 'a', attribute: 'data-to' } } })?.marks).toEqual([
      { selector: 'a', attribute: 'data-to' },
    ])
  })

  it.each<JsonObject>([{}, { listing: 1 }, { listing: '' }])('is not known from %j', (config) => {
    expect(carMarks(config)).toBeUndefined()
  })

  it('is by their words where the settings name no place', () => {
    expect(carMarks({ listing: 'li', fields: { vin: 5 } })).toEqual({ listing: 'li', marks: [] })
  })
})
