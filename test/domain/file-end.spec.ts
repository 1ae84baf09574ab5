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

  it('is not looked for behind more parts than programs write', () => {
    const [app1, exif] = [Buffer.from('\xff\xe1\0\x02', 'latin1'), '\xff\xd8']
    const parts = {
      'image/jpeg': [Buffer.from(exif, 'latin1'), app1, Buffer.from('\xff\xd9', 'latin1')],
      'image/png': [
        Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
        Buffer.from('\0\0\0\0tEXt\0\0\0\0'),
        Buffer.from('\0\0\0\0IEND\0\0\0\0'),
      ],
      'image/heic': [Buffer.from('\0\0\0\x08ftyp'), Buffer.from('\0\0\0\x08free'), Buffer.alloc(0)],
    } as const
    for (const type of ['image/jpeg', 'image/png', 'image/heic'] as const) {
      const [head, part, end] = parts[type]
      const build = (count: number) =>
        Buffer.concat([head, Buffer.alloc(count * part.length, part), end])
      expect([type, findImageEnd(build(1000), type)]).toEqual([type, build(1000).length])
      expect([type, findImageEnd(build(100_001), type)]).toEqual([type, null])
    }
  })

  it('is not looked for in a JPEG with more scans than programs write, however hidden', () => {
    const scan = '\xff\xda\0\x02\x55'
    const build = (body: string) => Buffer.from(`\xff\xd8${body}\xff\xd9`, 'latin1')
    const find = (body: string) => findImageEnd(build(body), 'image/jpeg')
    expect(find(scan.repeat(20))).toBe(build(scan.repeat(20)).length)
    expect(find(scan.repeat(51))).toBeNull()
    // A decoder skips a marker of 0 alone, and finds the scans in what looks like its segment.
    expect(find(`\xff\0\x01\x01${scan.repeat(51)}`)).toBeNull()
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
