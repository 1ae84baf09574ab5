import path from 'node:path'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type PDFKit from 'pdfkit'
import { prepareText } from './printable-text.ts'
import type { Report, ReportColumn, ReportPaper, ReportPicture, ReportSection } from './report.ts'

export type PageSize = 'A4' | 'LETTER'

const MARGIN = 48
const FOOTER = 24
const GAP = 6
const COLUMN_GAP = 10
const SIZES = { title: 20, heading: 13, text: 9, small: 8 } as const
const COLORS = { text: '#1a1a1a', muted: '#666666', line: '#cccccc' } as const

/** A row must fit on a page, whatever its texts are. */
const MAX_CHARACTERS = 500
const MAX_LINES = 20
const SHORTENED = 'A text that ends with … is longer. The CSV export has all of it.'

/** The font has no Chinese, Japanese and Korean characters, and no pictures. */
const INCOMPLETE =
  'A box (\u25a1) stands for a character that this document cannot show, such as Chinese, ' +
  'Japanese or Korean ones. The CSV export has all of them.'

/**
 * Writes a report as a PDF while it is read. It has an embedded font for most alphabets; other
 * characters become boxes, and a note says so. Never fails because of a text. Papers follow the
 * sections: their pictures, and other files as attachments of the PDF.
 */
export function writePdf(
  report: Report,
  size: PageSize,
  papers: AsyncIterable<ReportPaper> | null = null,
): Readable {
  const writer = new PdfWriter(size, report.title)
  void writer.write(report, papers)
  return writer.document
}

/**
 * The library and the folder of its fonts, which are loaded with the first PDF. Not imported,
 * because the build of the panel would try to bundle the fonts.
 */
function loadLibrary(): { PdfDocument: typeof PDFKit; fonts: string } {
  const load = process.getBuiltinModule('node:module').createRequire(import.meta.url)
  const PdfDocument: typeof PDFKit = load('pdfkit')
  return { PdfDocument, fonts: path.join(load.resolve('dejavu-fonts-ttf/package.json'), '../ttf') }
}

type FontFace = { hasGlyphForCodePoint: (codePoint: number) => boolean }

class PdfWriter {
  readonly document: PDFKit.PDFDocument
  readonly #width: number
  readonly #bottom: number
  readonly #font: FontFace
  readonly #title: string
  #y = MARGIN
  #isComplete = true
  #isShortened = false

  constructor(size: PageSize, title: string) {
    const { PdfDocument, fonts } = loadLibrary()
    this.document = new PdfDocument({
      size,
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      info: { Title: title, Creator: 'Forecourt' },
      lang: 'en-US',
    })
    this.document.registerFont('bold', path.join(fonts, 'DejaVuSans-Bold.ttf'))
    this.document.registerFont('text', path.join(fonts, 'DejaVuSans.ttf'))
    this.document.font('text')
    this.#font = findFontFace(this.document)
    this.#addPage()
    this.#width = this.document.page.width - 2 * MARGIN
    this.#bottom = this.document.page.height - MARGIN - FOOTER
    this.document.fontSize(SIZES.title)
    this.#title = this.#prepare(title, this.#width)
  }

  /** Writes all sections. Lets other work of the process run between rows. */
  async write(
    { sections, subtitle }: Report,
    papers: AsyncIterable<ReportPaper> | null,
  ): Promise<void> {
    try {
      this.#writeLine(this.#title, SIZES.title, 'bold')
      this.#writeLine(subtitle, SIZES.text, 'text', COLORS.muted)
      for (const section of sections) await this.#writeSection(section)
      if (papers) await this.#writePapers(papers)
      this.#y += GAP
      if (this.#isShortened) this.#writeLine(SHORTENED, SIZES.small, 'text', COLORS.muted)
      if (!this.#isComplete) this.#writeLine(INCOMPLETE, SIZES.small, 'text', COLORS.muted)
      this.#writeFooters()
      this.document.end()
    } catch (error) {
      this.document.destroy(error instanceof Error ? error : new Error(String(error)))
    }
  }

  async #writeSection({ facts, heading, note, table }: ReportSection): Promise<void> {
    this.#writeHeading(heading)
    for (const [label, value] of facts ?? []) this.#writeFact(label, value)
    if (note !== undefined) this.#writeLine(note, SIZES.text, 'text', COLORS.muted)
    if (!table) return
    this.#writeRow(
      table.columns,
      table.columns.map(({ label }) => label),
      'bold',
    )
    for (const row of table.rows) {
      if (this.document.destroyed) return
      this.#writeTableRow(table.columns, row)
      await setImmediate()
    }
  }

  async #writePapers(papers: AsyncIterable<ReportPaper>): Promise<void> {
    let isFirst = true
    for await (const paper of papers) {
      if (this.document.destroyed) return
      if (isFirst) this.#writeHeading('Papers')
      isFirst = false
      this.#writePaper(paper)
    }
  }

  #writePaper({ attachment, fileName, picture, title }: ReportPaper): void {
    const caption = `${title}: ${fileName}`
    this.document.font('text').fontSize(SIZES.text)
    const text = this.#prepare(caption, this.#width)
    if (picture) return this.#writePicture(text, picture)
    if (attachment) this.document.file(attachment, { name: fileName, type: 'application/pdf' })
    const place = attachment
      ? 'This PDF is an attachment of this document.'
      : 'This file is not in this document. Download it from the vehicle.'
    this.#y += GAP
    this.#writeLine(text, SIZES.text, 'text', COLORS.muted)
    this.#writeLine(place, SIZES.text, 'text')
  }

  /** At least two pictures fit on a page. */
  #writePicture(caption: string, picture: ReportPicture): void {
    const maxHeight = (this.#bottom - MARGIN) / 2 - 6 * GAP
    const scale = Math.min(this.#width / picture.width, maxHeight / picture.height)
    const [width, height] = [picture.width * scale, picture.height * scale]
    this.#reserve(height + 6 * GAP)
    this.#y += GAP
    this.#writeLine(caption, SIZES.text, 'text', COLORS.muted)
    this.document.image(picture.bytes, MARGIN, this.#y, { width, height })
    this.#y += height + GAP
  }

  #writeTableRow(columns: readonly ReportColumn[], row: readonly string[]): void {
    const widths = this.#listWidths(columns)
    this.document.font('text').fontSize(SIZES.small)
    const cells = row.map((text, index) =>
      this.#prepare(this.#shorten(text), widths[index] ?? this.#width),
    )
    const height = this.#measureRow(columns, cells)
    if (this.#y + height > this.#bottom) {
      this.#addPage()
      this.#writeRow(
        columns,
        columns.map(({ label }) => label),
        'bold',
      )
    }
    this.#writeRow(columns, cells, 'text')
  }

  #writeHeading(heading: string): void {
    this.#y += 2 * GAP
    this.#reserve(4 * SIZES.heading)
    this.#writeLine(heading, SIZES.heading, 'bold')
  }

  #writeFact(label: string, value: string): void {
    const labelWidth = this.#width * 0.3
    const width = this.#width - labelWidth
    this.document.font('text').fontSize(SIZES.text)
    const text = this.#prepare(this.#shorten(value), width)
    const height = this.document.heightOfString(text, { width })
    this.#reserve(height + GAP)
    this.document.font('text').fontSize(SIZES.text)
    this.document.fillColor(COLORS.muted).text(label, MARGIN, this.#y, { width: labelWidth })
    this.document.fillColor(COLORS.text).text(text, MARGIN + labelWidth, this.#y, { width })
    this.#y += height + GAP / 2
  }

  #listWidths(columns: readonly ReportColumn[]): number[] {
    const sum = columns.reduce((total, { width }) => total + width, 0)
    return columns.map(({ width }) => (this.#width * width) / sum - COLUMN_GAP)
  }

  #measureRow(columns: readonly ReportColumn[], cells: readonly string[]): number {
    const widths = this.#listWidths(columns)
    this.document.font('text').fontSize(SIZES.small)
    const heights = cells.map((text, index) =>
      this.document.heightOfString(text, { width: widths[index] ?? 0 }),
    )
    return Math.max(SIZES.small, ...heights) + GAP
  }

  #writeRow(columns: readonly ReportColumn[], cells: readonly string[], font: string): void {
    const height = this.#measureRow(columns, cells)
    this.document.font(font).fontSize(SIZES.small).fillColor(COLORS.text)
    let x = MARGIN
    for (const [index, width] of this.#listWidths(columns).entries()) {
      const align = columns[index]?.isNumber ? 'right' : 'left'
      this.document.text(cells[index] ?? '', x, this.#y, { width, align })
      x += width + COLUMN_GAP
    }
    this.#y += height
    const line = this.#y - GAP / 2
    this.document.moveTo(MARGIN, line).lineTo(MARGIN + this.#width, line)
    this.document.lineWidth(0.5).strokeColor(COLORS.line).stroke()
  }

  #writeLine(text: string, size: number, font: string, color: string = COLORS.text): void {
    this.document.font(font).fontSize(size)
    const options = { width: this.#width }
    const height = this.document.heightOfString(text, options)
    this.#reserve(height)
    this.document.font(font).fontSize(size)
    this.document.fillColor(color).text(text, MARGIN, this.#y, options)
    this.#y += height + GAP
  }

  /** Begins a page if the current one does not have this height left. Changes the font. */
  #reserve(height: number): void {
    if (this.#y + height > this.#bottom) this.#addPage()
  }

  #addPage(): void {
    this.document.addPage()
    this.#y = MARGIN
  }

  /** Numbers the pages, whose count is known at the end. */
  #writeFooters(): void {
    const { count } = this.document.bufferedPageRange()
    const { width, height } = this.document.page
    const title = this.#title.replaceAll('\n', ' ')
    for (let page = 0; page < count; page++) {
      this.document.switchToPage(page)
      this.document.font('text').fontSize(SIZES.small).fillColor(COLORS.muted)
      this.document.text(`${title} · Page ${page + 1} of ${count}`, MARGIN, height - MARGIN, {
        width: width - 2 * MARGIN,
        align: 'center',
        lineBreak: false,
        ellipsis: true,
        height: FOOTER,
      })
    }
  }

  #shorten(text: string): string {
    const lines = text.split('\n', MAX_LINES).join('\n')
    const short = Array.from(lines).slice(0, MAX_CHARACTERS).join('')
    if (short.length === text.length) return text
    this.#isShortened = true
    return `${short}…`
  }

  /** Prepares a text for the current font and a width. */
  #prepare(text: string, width: number): string {
    const prepared = prepareText(text, {
      hasGlyph: (codePoint) => this.#font.hasGlyphForCodePoint(codePoint),
      fitsLine: (line) => this.document.widthOfString(line) <= width,
    })
    this.#isComplete &&= prepared.isComplete
    return prepared.text
  }
}

/** The current font of a document. The library does not declare it. */
function findFontFace(document: object): FontFace {
  const face: unknown = Reflect.get(Object(Reflect.get(document, '_font')), 'font')
  if (isFontFace(face)) return face
  throw new Error('pdfkit no longer exposes its font: see src/garage/exports/write-pdf.ts.')
}

const isFontFace = (face: unknown): face is FontFace =>
  typeof face === 'object' && face !== null && 'hasGlyphForCodePoint' in face
