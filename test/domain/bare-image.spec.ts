import { describe, expect, it } from '@jest/globals'
import { isBareImage } from '../../src/documents/domain/bare-image.ts'
import { createPicture } from '../support/http-photos.ts'
import { createImages } from '../support/owner-files.ts'

const insertAfterStart = (jpeg: Buffer, segment: string) =>
  Buffer.concat([jpeg.subarray(0, 2), Buffer.from(segment, 'latin1'), jpeg.subarray(2)])

describe('an image that consists of its pixels alone', () => {
  it('is what this server encodes', async () => {
    const picture = createPicture(64, 48)
    const progressive = await picture.clone().jpeg({ progressive: true }).toBuffer()
    expect(isBareImage(await picture.clone().jpeg().toBuffer(), 'image/jpeg')).toBe(true)
    expect(isBareImage(progressive, 'image/jpeg')).toBe(true)
    for (const alpha of [1, 0.5]) {
      const webp = await picture.clone().ensureAlpha(alpha).webp().toBuffer()
      expect(isBareImage(webp, 'image/webp')).toBe(true)
    }
  })

  it('has no metadata, no comment, no thumbnail and nothing after it', async () => {
    const jpeg = await createPicture(64, 48).jpeg().toBuffer()
    const webp = await createPicture(64, 48)
      .withExif({ IFD0: { Make: 'A' } })
      .webp()
      .toBuffer()
    const others = [
      (await createImages())['image/jpeg'],
      insertAfterStart(jpeg, '\xff\xfe\x00\x06text'),
      insertAfterStart(jpeg, '\xff\xec\x00\x06text'),
      insertAfterStart(jpeg, '\xff\xe0\x00\x13JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01abc'),
      Buffer.concat([jpeg, Buffer.from('x')]),
    ]
    for (const other of others) expect(isBareImage(other, 'image/jpeg')).toBe(false)
    expect(isBareImage(webp, 'image/webp')).toBe(false)
    expect(isBareImage((await createImages())['image/png'], 'image/png')).toBe(false)
  })
})
