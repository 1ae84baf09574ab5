import { describe, expect, it } from '@jest/globals'
import {
  buildBannerKey,
  buildBannerUrl,
  findBannerCar,
} from '../../src/photos/domain/banner-files.ts'

const CAR = '0b1c2d3e-0000-4000-8000-000000000000'

describe('the file of a banner', () => {
  it('has an address of its own for each content, which names its car', () => {
    const key = buildBannerKey(CAR, '0123456789abcdef0123')
    expect(key).toBe(`banners/${CAR}-0123456789ab.jpg`)
    const url = buildBannerUrl('https://cars.example', key)
    expect(url).toBe(`https://cars.example/api/inventory/banners/${CAR}-0123456789ab.jpg`)
    expect(findBannerCar(url.split('/').at(-1) ?? '')).toBe(CAR)
  })

  it.each([`${CAR}.jpg`, `../${CAR}-0123456789ab.jpg`, `${CAR}-0123456789ab.png`, ''])(
    'has no other name: %s',
    (name) => expect(findBannerCar(name)).toBeNull(),
  )
})
