import { describe, expect, it } from '@jest/globals'
import { isPlaceholderPhoto } from '../../src/photos/domain/placeholder.ts'

describe('the address of a picture in place of a photo', () => {
  it.each([
    'https://dealer.example/no-photo/',
    'https://dealer.example/img/no_photo.jpg',
    'https://dealer.example/img/NoImage.png',
    'https://dealer.example/img/no-image-available-640x480.jpg',
    'https://dealer.example/coming-soon.jpg',
    'https://dealer.example/photos/photo-coming-soon.jpg?w=400',
    'https://dealer.example/images%20coming%20soon.jpg',
    'https://dealer.example/ImageNotAvailable.gif',
    'https://dealer.example/placeholder2.webp',
    '/assets/placeholders/suv.png',
    'https://dealer.example/default-vehicle.png',
  ])('is recognized: %s', (url) => expect(isPlaceholderPhoto(url)).toBe(true))

  it.each([
    'https://dealer.example/2021-honda-accord-1.jpg',
    'https://no-photo.example/1.jpg',
    'https://dealer.example/nophotography/1.jpg',
    'https://dealer.example/volcano-photo-shoot.jpg',
    'https://dealer.example/casino-images/1.jpg',
    'https://dealer.example/1.jpg?fallback=no-photo.jpg',
    'http://localhost:3000/api/media/file/0b1c2d3e-0000-4000-8000-000000000000.webp',
    'not an address',
    '',
  ])('is not seen in another one: %s', (url) => expect(isPlaceholderPhoto(url)).toBe(false))
})
