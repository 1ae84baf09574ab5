import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Inventory } from '../../src/generated/payload-types.ts'
import { saveCar } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
  for (const car of CARS) await saveCar(forecourt.payload, car as Partial<Inventory>)
})
afterAll(() => forecourt.close())

const CARS = [
  { make: 'Honda', model: 'Civic', price: 10_000, exteriorColor: 'Blue', features: ['Sunroof'] },
  { make: 'Honda', model: 'Civic', price: 12_000, exteriorColor: 'blue', features: ['sunroof'] },
  { make: 'Honda', model: 'Pilot', price: 30_000, exteriorColor: 'Blue', features: ['Third row'] },
  { make: 'Acura', model: 'MDX', price: 40_000, exteriorColor: 'Red', features: null },
  { make: 'Acura', model: 'TLX', price: 50_000, status: 'sold' },
]

const count = async (query = '') =>
  (await forecourt.anonymous.get(`/api/inventory/facets?${query}`).expect(200)).body

describe('GET /api/inventory/facets', () => {
  it('counts the cars on show by each value, most first, and gives the ranges', async () => {
    const { totalDocs, facets, ranges } = await count()
    expect(totalDocs).toBe(4)
    expect(facets.make).toEqual([
      { value: 'Honda', count: 3 },
      { value: 'Acura', count: 1 },
    ])
    expect(facets.color).toEqual([
      { value: 'Blue', count: 3 },
      { value: 'Red', count: 1 },
    ])
    expect(facets.features.map(({ count: cars }: { count: number }) => cars)).toEqual([2, 1])
    expect(ranges).toEqual({
      year: { min: 2021, max: 2021 },
      price: { min: 10_000, max: 40_000 },
      miles: { min: 31_200, max: 31_200 },
    })
  })

  it('counts a facet without its own filter, and every other one with it', async () => {
    const { totalDocs, facets, ranges } = await count('make=honda&priceTo=20000')
    expect(totalDocs).toBe(2)
    expect(facets.make).toEqual([{ value: 'Honda', count: 2 }])
    expect(facets.model).toEqual([{ value: 'Civic', count: 2 }])
    expect(ranges.price).toEqual({ min: 10_000, max: 30_000 })
    const { facets: both } = await count('make=honda')
    expect(both.make).toHaveLength(2)
  })

  it('counts features with their own filter, because a car needs all of them', async () => {
    const { facets } = await count('features=Sunroof')
    expect(facets.features).toEqual([{ value: 'Sunroof', count: 2 }])
  })

  it('counts what a search finds, with its words and corrections', async () => {
    const { totalDocs, facets, corrected } = await count('q=hoda')
    expect(totalDocs).toBe(3)
    expect(facets.make).toEqual([{ value: 'Honda', count: 3 }])
    expect(corrected).toEqual([{ word: 'hoda', to: 'honda' }])
  })

  it('is empty where nothing matches', async () => {
    const { totalDocs, facets, ranges } = await count('q=%F0%9F%9A%97')
    expect([totalDocs, facets.make, facets.features]).toEqual([0, [], []])
    expect(ranges.price).toEqual({ min: null, max: null })
  })

  it('takes the filters of a search, but neither pages nor orders', async () => {
    for (const query of ['page=2', 'limit=5', 'sort=price'])
      await forecourt.anonymous.get(`/api/inventory/facets?${query}`).expect(400)
  })
})
