import { describe, expect, it } from '@jest/globals'
import { findContentProblem } from '../../src/documents/domain/file-content.ts'
import { createImages, createPdf, createZip } from '../support/owner-files.ts'

describe('the content of a file', () => {
  it('is fine in files as programs write them', async () => {
    const images = await createImages()
    for (const type of ['image/jpeg', 'image/png', 'image/webp'] as const)
      expect([type, findContentProblem(images[type], type)]).toEqual([type, null])
    const pdf = await createPdf()
    expect(findContentProblem(pdf, 'application/pdf')).toBeNull()
    const ended = Buffer.concat([pdf, Buffer.from('\r\n\0')])
    expect(findContentProblem(ended, 'application/pdf')).toBeNull()
  })

  it('may go on after a JPEG, as phones write it', async () => {
    const { 'image/jpeg': jpeg } = await createImages()
    for (const more of [jpeg, Buffer.from('SEFHe\0\0\0SEFT')])
      expect(findContentProblem(Buffer.concat([jpeg, more]), 'image/jpeg')).toBeNull()
  })

  it('is not that of another file, too', async () => {
    const { 'image/jpeg': jpeg } = await createImages()
    const pdf = await createPdf()
    const others: readonly (readonly [Buffer, string])[] = [
      [createZip(), 'is also a ZIP archive'],
      [pdf, 'is also a PDF'],
      [Buffer.from('<?php system(1) ?>'), 'is also a web page'],
      [Buffer.from('Rar!\x1a\x07\0', 'latin1'), 'is also an archive'],
    ]
    for (const [other, problem] of others)
      expect(findContentProblem(Buffer.concat([jpeg, other]), 'image/jpeg')).toBe(problem)
    const zipped = Buffer.concat([pdf, Buffer.from('\n%'), createZip(), Buffer.from('\n%%EOF')])
    expect(findContentProblem(zipped, 'application/pdf')).not.toBeNull()
  })

  it('is that of a whole PDF', async () => {
    const text = (await createPdf()).toString('latin1')
    const problems: readonly (readonly [string, string])[] = [
      [text.replace('%PDF-1.3', '%PDF-x.3'), 'has no valid PDF header'],
      [text.replace('\n', '\n%<html><script>alert(1)//\n'), 'is also a web page'],
      [text.slice(0, 300), 'is incomplete: the end of the PDF is missing'],
      [text.replace(/startxref\n\d+/, 'startxref\n1'), 'is a damaged PDF'],
      [`${text}<html>`, 'has other content after the PDF'],
    ]
    for (const [changed, problem] of problems)
      expect(findContentProblem(Buffer.from(changed, 'latin1'), 'application/pdf')).toBe(problem)
  })
})
