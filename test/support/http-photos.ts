import sharp, { type Sharp } from 'sharp'
import type { Api } from './forecourt.ts'

/** An uploaded photo as the API answers it. */
export type Photo = {
  id: string
  url: string
  filename: string
  mimeType: string
  width: number
  height: number
  sizes: Record<string, { url: string; filename: string }>
}

/**
 * A JPEG out of a camera: turned by 90 degrees, with the place where it was taken. 60 wide and 40
 * high as stored.
 */
export function createCameraJpeg(): Promise<Buffer> {
  return createPicture(60, 40)
    .withExif({
      IFD0: { Make: 'SpyCam' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 30/1 0/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '0/1 7/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

/**
 * A picture of two halves, left red and right blue, which no compression makes too small to tell
 * apart.
 */
export function createPicture(width: number, height: number): Sharp {
  const left = {
    input: {
      create: { width: Math.ceil(width / 2), height, channels: 3 as const, background: 'red' },
    },
    left: 0,
    top: 0,
  }
  return sharp({ create: { width, height, channels: 3, background: 'blue' } }).composite([left])
}

/** Uploads bytes under a name and a type that the caller chooses. */
export function uploadPhoto(
  api: Api,
  bytes: Buffer,
  { filename = 'car.jpg', contentType = 'image/jpeg' } = {},
) {
  return api.post('/api/media').attach('file', bytes, { filename, contentType })
}

/** Uploads a small photo that is accepted. */
export async function aPhoto(api: Api): Promise<Photo> {
  const answer = await uploadPhoto(api, await createPicture(64, 48).jpeg().toBuffer()).expect(201)
  return (answer.body as { doc: Photo }).doc
}

/** The path of a photo's URL, as a test asks it. */
export function getUrlPath(url: string): string {
  return new URL(url, 'http://localhost:3000').pathname
}
