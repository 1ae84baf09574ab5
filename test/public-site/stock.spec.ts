import { describe, expect, it } from '@jest/globals'
import {
  countSpellings,
  filterStock,
  findBounds,
  findUnknownWords,
  type Spelling,
  type StockCar,
} from '../../src/public-site/domain/stock.ts'

const spell = (value: string): Spelling => ({ value, lower: value.toLowerCase() })
const [HONDA, FORD] = [spell('Honda'), spell('Ford')]
const aCar = (make: Spelling, price: number, features: Spelling[] = []): StockCar => ({
  id: `${make.value} ${price}`,
  choices: {
    make,
    model: null,
    body: null,
    fuel: null,
    drivetrain: null,
    transmission: null,
    color: null,
  },
  ranges: { year: 2020, price, miles: 10 },
  features,
  text: ` ${make.lower} `,
})
const any = { from: undefined, to: undefined }
const filters = {
  choices: {
    make: ['HONDA'],
    model: [],
    body: [],
    fuel: [],
    drivetrain: [],
    transmission: [],
    color: [],
  },
  features: [],
  ranges: { year: any, price: { from: undefined, to: 10 }, miles: any },
  words: null,
}

describe('filtered stock', () => {
  const stock = [aCar(HONDA, 5), aCar(HONDA, 50), aCar(FORD, 5), aCar(FORD, 50)]

  it('has for a facet the cars that fail no filter but its own', () => {
    const { matching, without } = filterStock(stock, filters)
    expect(matching).toEqual([stock[0]])
    expect(without.make).toEqual([stock[0], stock[2]])
    expect(without.price).toEqual([stock[0], stock[1]])
    expect(without.color).toEqual(matching)
  })

  it('has nothing for a search without words that can be found', () => {
    expect(filterStock(stock, { ...filters, words: [] }).matching).toEqual([])
    expect(filterStock(stock, { ...filters, words: ['hon'] }).matching).toEqual([stock[0]])
  })

  it('knows the words that no car has', () => {
    const terms = stock.map(({ text }) => text).join('')
    expect(findUnknownWords(terms, ['hon', 'hoda', 'ford'])).toEqual(['hoda'])
  })

  it('is counted by spelling, and has bounds', () => {
    const listMakes = ({ choices: { make } }: StockCar) => (make ? [make] : [])
    expect(countSpellings(stock, listMakes)).toEqual([
      { value: 'Honda', count: 2 },
      { value: 'Ford', count: 2 },
    ])
    expect(findBounds(stock, 'price')).toEqual({ min: 5, max: 50 })
    expect(findBounds([], 'price')).toEqual({ min: null, max: null })
  })
})
