import { describe, expect, it } from '@jest/globals'
import { buildPhotoUrl, findPhotoUrlProblem, findUploadName } from '../../src/domain/photo-url.ts'

const ORIGIN = 'https://cars.example.com'
const NAME = '3f2504e0-4f89-41d3-9a0c-0305e82c3301.webp'
const small = NAME.replace('.webp', '-thumbnail.webp')

describe('the URL of an uploaded photo', () => {
  it('is made of the public origin and the stored name', () => {
    expect(buildPhotoUrl(ORIGIN, NAME)).toBe(`${ORIGIN}/api/media/file/${NAME}`)
    expect(buildPhotoUrl(ORIGIN, NAME, 'thumbnail')).toBe(`${ORIGIN}/api/media/file/${small}`)
  })

  it.each([
    ['the photo itself', `${ORIGIN}/api/media/file/${NAME}`],
    ['one of its sizes', `${ORIGIN}/api/media/file/${small}`],
    ['a path of this server', `/api/media/file/${NAME}`],
  ])('leads back to the stored name from %s', (_what, url) => {
    expect(findUploadName(url, [ORIGIN])).toBe(NAME)
  })

  it.each([
    ['another server', `https://elsewhere.example/api/media/file/${NAME}`],
    ['an origin that only begins like ours', `${ORIGIN}.evil.example/api/media/file/${NAME}`],
    ['another path', `${ORIGIN}/files/${NAME}`],
    ['a file that is no photo', `${ORIGIN}/api/media/file/report.pdf`],
    ['a way out of the folder', `${ORIGIN}/api/media/file/../${NAME}`],
    ['a name with something behind it', `${ORIGIN}/api/media/file/${NAME}?download`],
  ])('is not taken for ours when it is %s', (_what, url) => {
    expect(findUploadName(url, [ORIGIN])).toBeNull()
  })
})

describe('a text that should be a photo URL', () => {
  it.each(['https://img.example/a.jpg', 'http://img.example/a.jpg?w=1', '/assets/cars/a.jpg'])(
    'may be %s',
    (url) => {
      expect(findPhotoUrlProblem(url)).toBeNull()
    },
  )

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:image/png;base64,AAAA',
    'file:///etc/passwd',
    'ftp://img.example/a.jpg',
    '//img.example/a.jpg',
    '/\\img.example/a.jpg',
    'https://user:secret@img.example/a.jpg',
    'https://img.example/a b.jpg',
    'java\nscript:alert(1)',
    'photo.jpg',
    '',
    '/',
  ])('cannot be %j, and the message shows what was written and what would do', (url) => {
    expect(findPhotoUrlProblem(url)).toBe(
      `${JSON.stringify(url)} is not a photo URL; it must start with https://, http:// or /`,
    )
  })

  it('is quoted in the message up to 80 characters', () => {
    expect(findPhotoUrlProblem('x'.repeat(10_000))?.length).toBeLessThan(200)
  })
})
