import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Car } from '../../src/imports/jekyll/car.ts'
import type { FileOutcome, ImportReport } from '../../src/imports/jekyll/import.ts'
import {
  countOutcomes,
  groupNotes,
  renderReport,
  countUnmappedKeys,
} from '../../src/imports/jekyll/report.ts'
import { layOutColumns, escapeInvisible, wrapText } from '../../src/imports/jekyll/text-layout.ts'

const car: Car = {
  year: 2003,
  make: 'Honda',
  model: 'Accord',
  vin: '1HGCM82633A004352',
  price: 4999,
  mileage: 119_900,
}
const note = {
  key: 'previous_owners',
  message: 'previous_owners "4+" is saved as 4: the column cannot store "or more".',
}
const zeroPrice = { key: 'price', value: '0', reason: 'price "0" is 0: name a price.' }
const zeroMiles = { key: 'mileage', value: '0', reason: 'mileage "0" is 0: read the odometer.' }

const reportOf = (...outcomes: FileOutcome[]): ImportReport => ({
  folder: 'cars',
  dryRun: false,
  outcomes,
  skipped: [],
})

const full = reportOf(
  { file: 'a.md', kind: 'created', car, notes: [note], unmapped: ['layout', 'winch'] },
  {
    file: 'b.md',
    kind: 'changed',
    car,
    notes: [note],
    fields: ['price', 'images'],
    unmapped: ['layout'],
  },
  { file: 'c.md', kind: 'unchanged', car, notes: [], unmapped: ['layout'] },
  { file: 'd.md', kind: 'refused', refusals: [zeroPrice, zeroMiles], unmapped: ['layout'] },
)

describe('the report of an import', () => {
  it('shows every file with its outcome, then counts, keys and notes', () => {
    expect(
      renderReport({ ...full, skipped: [{ name: 'photo.jpg', why: 'not a markdown file' }] }).split(
        '\n',
      ),
    ).toEqual([
      'Import of cars',
      '',
      'created    a.md  1HGCM82633A004352 2003 Honda Accord',
      'changed    b.md  1HGCM82633A004352 2003 Honda Accord',
      '                 changed: price, images',
      'unchanged  c.md  1HGCM82633A004352 2003 Honda Accord',
      'refused    d.md  price "0" is 0: name a price.',
      '                 mileage "0" is 0: read the odometer.',
      '',
      '4 files: 1 created, 1 changed, 1 unchanged, 1 refused',
      '',
      'Keys without a column:',
      "  layout  4 files       the site's page template",
      '  winch   1 file        unknown key',
      '',
      'Saved with changes:',
      '  previous_owners "4+" is saved as 4: the column cannot store "or more".',
      '    2 files: a.md, b.md',
      '',
      'Not read:',
      '  not a markdown file: photo.jpg',
      '',
    ])
  })

  it('names the cars that left the folder', () => {
    const left = [
      { vin: '3GCUDHEL3NG668790', stockNumber: 'A-17', title: '2022 Chevrolet Silverado' },
      { vin: '4113107', stockNumber: null, title: '1965 Porsche 911' },
    ]
    expect(renderReport({ ...full, left })).toContain(
      [
        'Still available, but not in any readable file of this folder (mark sold cars as sold):',
        '  2022 Chevrolet Silverado (VIN 3GCUDHEL3NG668790, stock number A-17)',
        '  1965 Porsche 911 (VIN 4113107)',
      ].join('\n'),
    )
  })

  it('says of a dry run that nothing was kept', () => {
    expect(renderReport({ ...full, dryRun: true })).toMatch(
      /^Import of cars \(dry run: nothing was saved\)\n/,
    )
  })

  it('says of a folder without markdown that there was nothing to do', () => {
    expect(renderReport(reportOf())).toBe(
      'Import of cars\n\nNo markdown files: nothing to import.\n',
    )
  })

  it('counts outcomes, keys and notes', () => {
    expect(countOutcomes(full)).toEqual({ created: 1, changed: 1, unchanged: 1, refused: 1 })
    expect(countUnmappedKeys(full)).toEqual([
      { key: 'layout', files: 4, why: "the site's page template" },
      { key: 'winch', files: 1, why: 'unknown key' },
    ])
    expect(groupNotes(full)).toEqual([{ message: note.message, files: ['a.md', 'b.md'] }])
  })

  it('names every file of a note, however many there are', () => {
    const files = Array.from({ length: 300 }, (_, index) => `2021-tesla-model-3-${index}.md`)
    const text = renderReport(
      reportOf(
        ...files.map((file): FileOutcome => ({
          file,
          kind: 'created',
          car,
          notes: [note],
          unmapped: [],
        })),
      ),
    )
    const notes = text.slice(text.indexOf('Saved with changes'))
    expect(files.filter((file) => !notes.includes(file))).toEqual([])
  })

  it('lets no file name move the cursor', () => {
    const text = renderReport(
      reportOf({
        file: '\u001B[2Ja\u202E.md',
        kind: 'created',
        car,
        notes: [],
        unmapped: ['\u009B1m'],
      }),
    )
    expect(text).toContain('\\u{1b}[2Ja\\u{202e}.md')
    expect(text).toContain('\\u{9b}1m')
  })

  it('is never wider than 120 characters', () => {
    const words = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(words, words, words, (file, reason, key) => {
        const text = renderReport(
          reportOf({
            file,
            kind: 'refused',
            refusals: [{ key, value: '', reason }],
            unmapped: [key],
          }),
        )
        return text.split('\n').every((line) => line.length <= 120)
      }),
      { numRuns: 200 },
    )
  })
})

describe('text for a terminal', () => {
  it('is broken between words, and inside one only when it is longer than a line', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrapText('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl'])
    expect(wrapText('one\ntwo', 20)).toEqual(['one', 'two'])
    expect(wrapText('', 20)).toEqual([''])
  })

  it('loses nothing but white space, and no line is too long', () => {
    const squeeze = (text: string): string => text.replace(/\s/g, '')
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrapText(text, width)
        return (
          squeeze(lines.join('')) === squeeze(escapeInvisible(text)) &&
          lines.every((line) => line.length <= width)
        )
      }),
    )
  })

  it('stands in columns, the last of which takes what is left', () => {
    expect(layOutColumns(['a', 'bb bb', 'c c c c'], [3, 3, 0], 15)).toEqual([
      'a    bb   c c c',
      '     bb   c',
    ])
  })

  it('shows what has no shape', () => {
    expect(escapeInvisible('a\u0000\u200B\u2028\uD800é漢')).toBe(
      'a\\u{0}\\u{200b}\\u{2028}\\u{d800}é漢',
    )
  })
})
