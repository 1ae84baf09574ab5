import { describe, expect, it } from '@jest/globals'
import { detectFileType } from '../../src/documents/domain/file-types.ts'

const detect = (head: string) => detectFileType(Buffer.from(head, 'latin1'))

describe('the type of a file', () => {
  it.each([
    ['%PDF-1.7', 'application/pdf'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'image/heic'],
    ['\0\0\0\x18ftypheix\0\0\0\0mif1heix', 'image/heic'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'image/heic'],
  ])('is read from its first bytes: %j', (head, type) => {
    expect(detect(head)).toEqual({ type })
  })

  it.each([
    ['GIF89a', 'a GIF image'],
    ['\0\0\0\x18ftypavif\0\0\0\0avifmif1', 'an AVIF image'],
    ['\0\0\0\x18ftypqt  \0\0\0\0qt  qt  ', 'a video'],
    ['RIFF\x10\0\0\0WAVE', null],
    ['  <html>', 'HTML or XML'],
    [' %PDF-1.7', null],
    ['', null],
  ])('is another one for %j', (head, other) => {
    expect(detect(head)).toEqual({ other })
  })
})
