import { describe, expect, it } from '@jest/globals'
import type { Car } from '../../src/imports/jekyll/car.ts'
import { diffCar, isSameValue } from '../../src/imports/jekyll/compare.ts'

const car: Car = {
  year: 2003,
  make: 'Honda',
  model: 'Accord',
  vin: '1HGCM82633A004352',
  price: 4999,
  mileage: 119_900,
  featured: false,
  features: ['Sunroof', 'AWD'],
  listedAt: '2025-11-10T00:00:00.000Z',
}

describe('what a file changes in a row', () => {
  it('is nothing when the row says the same', () => {
    expect(diffCar({ id: '1', ...car }, car)).toEqual({})
  })

  it('is the columns that differ, with the values of the file', () => {
    const row = { id: '1', ...car, price: 5499, model: 'Civic' }
    expect(diffCar(row, car)).toEqual({ model: 'Accord', price: 4999 })
  })

  it('leaves alone what the file does not say', () => {
    expect(diffCar({ id: '1', ...car, trim: 'EX', owners: 2, warranty: 'Yes' }, car)).toEqual({})
  })

  it('fills what the row leaves empty, also with false and 0', () => {
    const row = { id: '1', ...car, featured: null, accidents: null }
    expect(diffCar(row, { ...car, accidents: 0 })).toEqual({ featured: false, accidents: 0 })
  })
})

describe('a value', () => {
  it('is the same number however the store writes it', () => {
    expect(isSameValue('price', '4999.00', 4999)).toBe(true)
    expect(isSameValue('price', 4999.5, 4999)).toBe(false)
    expect(isSameValue('accidents', null, 0)).toBe(false)
  })

  it('is the same instant however the store writes it', () => {
    expect(isSameValue('listedAt', '2025-11-10T01:00:00+01:00', '2025-11-10T00:00:00.000Z')).toBe(
      true,
    )
    expect(isSameValue('listedAt', '2025-11-10T00:00:01.000Z', '2025-11-10T00:00:00.000Z')).toBe(
      false,
    )
    expect(isSameValue('listedAt', 'never', '2025-11-10T00:00:00.000Z')).toBe(false)
  })

  it('is the same list only in the same order', () => {
    expect(isSameValue('images', ['/a.jpg', '/b.jpg'], ['/a.jpg', '/b.jpg'])).toBe(true)
    expect(isSameValue('images', ['/b.jpg', '/a.jpg'], ['/a.jpg', '/b.jpg'])).toBe(false)
    expect(isSameValue('images', ['/a.jpg'], ['/a.jpg', '/b.jpg'])).toBe(false)
    expect(isSameValue('images', 'a', ['a'])).toBe(false)
  })

  it('is the same where a list is empty and where there is none', () => {
    expect(isSameValue('features', null, [])).toBe(true)
    expect(isSameValue('features', undefined, [])).toBe(true)
    expect(isSameValue('features', ['Sunroof'], [])).toBe(false)
  })

  it('is the same uploaded photo in every size and under every host', () => {
    const name = '0b7c1f8e-1111-4222-8333-944455556666'
    const small = `https://lot.example.com/api/media/file/${name}-thumbnail.webp`
    expect(
      isSameValue('thumbnail', small, `https://lot.example.com/api/media/file/${name}.webp`),
    ).toBe(true)
    expect(isSameValue('images', [small], [`/api/media/file/${name}.webp`])).toBe(true)
    expect(isSameValue('thumbnail', small, `https://lot.example.com/photos/${name}.webp`)).toBe(
      false,
    )
    expect(isSameValue('thumbnail', small, small.replace('0b7c', '0b7d'))).toBe(false)
  })

  it('is another text when only the case differs, unless the catalog spells it', () => {
    expect(isSameValue('exteriorColor', 'Red', 'RED')).toBe(false)
    expect(isSameValue('make', 'Tesla', 'TESLA')).toBe(true)
    expect(isSameValue('fuelType', 'Gasoline', 'gas')).toBe(true)
  })
})
