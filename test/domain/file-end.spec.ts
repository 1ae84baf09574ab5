import { describe, expect, it } from '@jest/globals'
import { findImageEnd } from '../../src/documents/domain/file-end.ts'
import { createHeic } from '../support/heic-file.ts'
import { createPicture } from '../support/http-photos.ts'
import { createImages } from '../support/owner-files.ts'

describe('the end of an image', () => {
  it('is found in each type, also before other content, and not where it is missing', async () => {
    const images = { ...(await createImages()), 'image/heic': createHeic() } as const
    for (const type of ['image/jpeg', 'image/png', 'image/webp', 'image/heic'] as const) {
      const image = images[type]
      const longer = Buffer.concat([image, Buffer.from('\x00\x01PK\x03\x04 and more')])
      const cut = image.subarray(0, image.length - 3)
      expect([type, ...[image, longer, cut].map((each) => findImageEnd(each, type))]).toEqual([
        type,
        image.length,
        image.length,
        null,
      ])
    }
  })

  it('is found in a progressive JPEG and in one with restart markers', async () => {
    const progressive = await createPicture(200, 100).jpeg({ progressive: true }).toBuffer()
    expect(findImageEnd(progressive, 'image/jpeg')).toBe(progressive.length)
    const scan = '\xff\xd8\xff\xda\0\x02\x11\xff\0\x22\xff\xd0\x33\xff\xff\xd9'
    expect(findImageEnd(Buffer.from(scan, 'latin1'), 'image/jpeg')).toBe(scan.length)
  })

  it('never loops, whatever the bytes', () => {
    const heads = {
      'image/jpeg': '\xff\xd8',
      'image/png': '\x89PNG\r\n\x1a\n',
      'image/webp': 'RIFF\xff\xff\xff\xffWEBP',
      'image/heic': '\0\0\0\x01ftyp\0\0\0\0\0\0\0\0',
    } as const
    for (const type of ['image/jpeg', 'image/png', 'image/webp', 'image/heic'] as const)
      for (const fill of [0, 0xff, 0xd8]) {
        const bytes = Buffer.concat([Buffer.from(heads[type], 'latin1'), Buffer.alloc(64, fill)])
        expect(findImageEnd(bytes, type)).toBeNull()
      }
  })
})
