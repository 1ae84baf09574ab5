import { describe, expect, it } from '@jest/globals'
import { formatAmount } from '../../src/admin/ui/format-figures.ts'
import { findAddress, selectColumns, parseListings } from '../../src/admin/ui/comparable-columns.ts'

const ACCORD = {
  year: 2021,
  make: 'Honda',
  model: 'Accord',
  price: 23_900,
  mileage: 29_800,
  distance: 12.4,
  dealer: 'Northside',
}

const shown = (car: Record<string, unknown>) =>
  Object.fromEntries(
    selectColumns([car], (price) => formatAmount(price, 'USD')).map(({ label, getText }) => [
      label,
      getText(car),
    ]),
  )

describe('comparable cars', () => {
  it('are shown with their units, in columns that at least one of them fills', () => {
    expect(shown(ACCORD)).toEqual({
      Car: '2021 Honda Accord',
      Price: '$23,900',
      Mileage: '29,800 mi',
      Distance: '12.4 mi away',
      Dealer: 'Northside',
    })
  })

  it('may be named as auto.dev names them', () => {
    expect(
      shown({ make: 'Honda', model: 'Accord', miles: 100, vdp: 'https://dealer.example' }),
    ).toMatchObject({
      Mileage: '100 mi',
    })
  })

  it('are a table only where each of them says a price, or a make and a model', () => {
    expect(parseListings([ACCORD, { price: '21,000' }])).toHaveLength(2)
    for (const other of [
      null,
      'text',
      {},
      [],
      [1],
      [ACCORD, null],
      [ACCORD, { vin: 'x' }],
      [[ACCORD]],
    ])
      expect([other, parseListings(other)]).toEqual([other, null])
  })

  it('lead to web addresses and to nothing else', () => {
    expect(findAddress({ url: 'https://dealer.example/1?a=b' })).toBe(
      'https://dealer.example/1?a=b',
    )
    const others = [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'data:text/html,x',
      '/relative',
      '//x',
      'ftp://x/y',
      '',
      7,
      null,
      {},
    ]
    for (const url of others) expect([url, findAddress({ url })]).toEqual([url, null])
  })
})
