import { describe, expect, it } from '@jest/globals'
import { requireReadable } from '../../plugins/scraping/runs/crawl.ts'
import { isGarbled } from '../../plugins/scraping/domain/garbled-page.ts'
import { filesUnder, read } from '../support/repository-files.ts'
import { buildPage } from '../support/saved-page.ts'

/** Bytes without order, as a page of this encoding. */
const noise = (encoding: string) => {
  const bytes = Uint8Array.from(
    { length: 20_000 },
    (_, at) => (Math.imul(at + 1, 2_654_435_761) >>> 13) & 0xff,
  )
  return new TextDecoder(encoding).decode(bytes)
}
const soup = '</b><div class="x"><span>a</b></h2><a href="/v/1">2019 Hon<ul></div></xq>'.repeat(50)

describe('a page without cars', () => {
  it.each<[string, string]>([
    ['bytes of UTF-8', noise('utf-8')],
    ['bytes of Latin 1', noise('latin1')],
    ['zeros', `${'\0'.repeat(100)}<a>`],
    ['tags', soup],
    ['tags in a document', `<html><body>${soup}</body></html>`],
  ])('is garbage if it is %s that do not belong together', (_what, body) => {
    expect(isGarbled(body)).toBe(true)
  })

  it('is none if it is a page, however plain', () => {
    const plain =
      '<p>No cars today.|<html><body><ul><li>Soon<li>Later</ul></body></html>|<div><img ' +
      'src=x><br><b>Sold out</b>|Écru Š'
    const scripted = `<html><script>if (a<b) c("</div></div></div></div></div></div>")</script></html>`
    const fixtures = filesUnder('plugins/scraping/platforms').filter((file) =>
      file.includes('/fixtures/'),
    )
    expect(
      [...plain.split('|'), scripted, ...fixtures.map((file) => read(file))].filter(isGarbled),
    ).toEqual([])
  })

  it('that is garbage could not be read, instead of being an empty lot', () => {
    const nothing = { listings: [], dropped: [], total: null, next: [], sources: {} }
    const fetched = (body: string) => ({
      page: buildPage(body),
      etag: null,
      lastModified: null,
      notModified: false,
    })
    expect(() => requireReadable(nothing, fetched(soup))).toThrow(
      expect.objectContaining({ type: 'parse' }),
    )
    expect(requireReadable(nothing, fetched('<p>No cars today.'))).toBe(nothing)
  })
})
