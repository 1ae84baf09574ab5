import { describe, expect, it } from '@jest/globals'
import { formatDisposition, normalizeFileName } from '../../src/documents/domain/file-name.ts'
import { measureProcessorMs } from '../support/processor-time.ts'

const normalize = (name: string | null) => normalizeFileName(name, 'application/pdf')

describe('the name of a file', () => {
  it.each([
    ['policy.pdf', 'policy.pdf'],
    ['POLICY.PDF', 'POLICY.PDF'],
    ['policy', 'policy.pdf'],
    ['policy.exe', 'policy.exe.pdf'],
    ['a/b\\c.pdf', 'c.pdf'],
    ['..', 'file.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    [null, 'file.pdf'],
    ['nul', '_nul.pdf'],
    ['com1.pdf', '_com1.pdf'],
    ['a<b>:"|?*.pdf', 'a_b______.pdf'],
    ['a\u0000\r\n\u202Eb.pdf', 'ab.pdf'],
    ['a\ud800b.pdf', 'ab.pdf'],
    ['Ka\u0308fer.pdf', 'K\u00e4fer.pdf'],
    ['ไทย.pdf', 'ไทย.pdf'],
    [' spaced . pdf ', 'spaced . pdf.pdf'],
  ])('%j is stored as %j', (name, stored) => {
    expect(normalize(name)).toBe(stored)
  })

  it('has the extension of its type', () => {
    expect(normalizeFileName('photo.jpeg', 'image/jpeg')).toBe('photo.jpeg')
    expect(normalizeFileName('photo.png', 'image/jpeg')).toBe('photo.png.jpg')
    expect(normalizeFileName('IMG.HEIC', 'image/heic')).toBe('IMG.HEIC')
  })

  it('has at most 255 characters and no half of one', () => {
    for (const long of ['x'.repeat(300), '\u{1F600}'.repeat(200), `${'é'.repeat(400)}.pdf`]) {
      const name = normalize(long)
      expect(name.length).toBeLessThanOrEqual(255)
      expect(name).toMatch(/\.pdf$/)
      expect(name).not.toMatch(/\p{Cs}/u)
    }
  })

  it('of many blanks or periods is shortened without delay', async () => {
    const name = `a${' '.repeat(60_000)}b`
    const ms = await measureProcessorMs(async () =>
      expect(normalizeFileName(name, 'application/pdf')).toBe('a.pdf'),
    )
    expect(ms).toBeLessThan(1_500)
  })

  it('is offered in ASCII and in its own script', () => {
    expect(formatDisposition('attachment', "Käfer's 保険 (1).pdf")).toBe(
      `attachment; filename="Kafer's __ (1).pdf"; ` +
        "filename*=UTF-8''K%C3%A4fer%27s%20%E4%BF%9D%E9%99%BA%20%281%29.pdf",
    )
    expect(formatDisposition('inline', 'a"\\%.pdf')).toContain('filename="a___.pdf"')
  })
})
