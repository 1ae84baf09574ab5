import { spawnSync } from 'node:child_process'
import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { from as copyFrom } from 'pg-copy-streams'
import { writeCsvCars, writeCsvHeader } from '../../plugins/exports/adapters/write-csv.ts'
import { writeJekyllCar } from '../../plugins/exports/adapters/write-jekyll.ts'
import {
  writeXmlCars,
  writeXmlEnd,
  writeXmlStart,
} from '../../plugins/exports/adapters/write-xml.ts'
import type { FeedCar } from '../../plugins/exports/domain/feed-car.ts'
import { FEED_NAMES } from '../../plugins/exports/domain/feed-names.ts'
import type { Feed } from '../../plugins/exports/domain/feed.ts'
import { feeds } from '../../plugins/exports/feeds/index.ts'
import { parseFrontMatter, splitFrontMatter } from '../../src/imports/jekyll/front-matter.ts'
import { getTestServer, withClient } from '../support/databases.ts'
import { aFeedCar, aFeedContext } from '../support/feeds.ts'
import { findProgram } from '../support/find-program.ts'

const XMLLINT = '/usr/bin/xmllint'
const hasXmllint = findProgram({
  file: XMLLINT,
  debianPackage: 'libxml2-utils',
  untested: 'The XML of feeds is',
})

const NAMED = [
  'U+0003 \u0003 inside',
  'half an emoji \ud83d here',
  'other half \ude00',
  'a whole 😀',
  ']]>',
  '<![CDATA[ x ]]>',
  '=HYPERLINK("http://x.example","click")',
  '+1+2',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  ' =1+1',
  '＝1+1',
  'Pearl "Frost" White',
  "'",
  '"',
  '""',
  'a,b;c|d',
  'line one\nline two\r\nline three\u2028four',
  '</listing></feed>',
  '</Vehicle>',
  '&amp; &lt; & <',
  '<script>alert(1)</script>',
  '{{ site.secret }}{% raw %}',
  '--- \n---\n',
  '\ufffe\uffff\ufeff',
  '\u0000\u0085\u009f',
  '00123',
  'no',
  '1e5',
  '\\',
  '\\.',
  '?',
  '% comment',
  '\u202eright to left',
]
/** Every character that some format gives a meaning, halves of others, and a plain one. */
const SIGNS = [...'<>&"\'=,;|]-+@\n\r\t \\{%a', '\ud83d', '\u0003']
const COUNT = 1_000
const TEXTS = [
  ...NAMED,
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), COUNT / 2),
  ...fc.sample(fc.string({ unit: fc.constantFrom(...SIGNS) }), COUNT / 2 - NAMED.length),
]

/** A car with this text in every column for texts; a make and a model are never empty. */
const aHostileCar = (text: string): FeedCar =>
  aFeedCar({
    stockNumber: text,
    make: `Make ${text}`,
    model: `Model ${text}`,
    trim: text,
    bodyStyle: text,
    exteriorColor: text,
    interiorColor: text,
    engine: text,
    transmission: text,
    fuelType: text,
    drivetrain: text,
    condition: text,
    titleStatus: text,
    warranty: text,
    description: text,
    features: [text, 'Sunroof'],
    title: text,
    enteredTitle: text,
    highlight: text,
  })
const CARS = TEXTS.map(aHostileCar)
const context = aFeedContext()
const byFormat = (kind: Feed['format']['kind']) =>
  FEED_NAMES.map((name) => feeds[name]).filter(({ format }) => format.kind === kind)

const isInXml = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  code >= 0x10000

describe('1,000 hostile texts in every column', () => {
  it.each(byFormat('csv').map((feed) => [feed.name, feed] as const))(
    'break no row of %s for the parser of PostgreSQL',
    async (_, feed) => {
      const { format } = feed
      if (format.kind !== 'csv') throw new Error('No CSV.')
      const header = format.header ? writeCsvHeader(feed.columns) : ''
      const rows = await parseByPostgres(
        header + writeCsvCars(CARS, feed.columns, context, format),
        feed.columns.length,
      )
      const cars = format.header ? rows.slice(1) : rows
      if (format.header) expect(rows[0]).toEqual(feed.columns.map(({ name }) => name))
      expect(cars).toHaveLength(TEXTS.length)
      const columns = feed.columns.map(({ name }) => name)
      const vin = columns.findIndex((name) => name.toLowerCase() === 'vin')
      const color = columns.findIndex((name) => /^exterior.?color$/i.test(name))
      for (const [index, cells] of cars.entries()) {
        expect(cells[vin]).toBe('1HGCM82633A004352')
        expect(cells.filter((cell) => /^\s*[=+@＝]|[\n\r]/.test(cell))).toEqual([])
        const text = TEXTS[index] ?? ''
        if (!/[<&\n\r\u0085\u2028\u2029]/.test(text)) expect(cells[color]).toBe(cleanCell(text))
      }
    },
  )

  ;(hasXmllint ? it : it.skip).each(byFormat('xml').map((feed) => [feed.name, feed] as const))(
    'leave %s valid by its schema',
    async (name, feed) => {
      const { format } = feed
      if (format.kind !== 'xml') throw new Error('No XML.')
      const xml =
        writeXmlStart(format.layout, context) +
        writeXmlCars(CARS, feed.columns, context, format.layout) +
        writeXmlEnd(format.layout)
      const folder = await mkdtemp(path.join(tmpdir(), 'xml-'))
      const file = path.join(folder, 'feed.xml')
      await writeFile(file, xml)
      const schema = `plugins/exports/feeds/${name}/schema.xsd`
      const result = spawnSync(XMLLINT, ['--noout', '--schema', schema, file], { encoding: 'utf8' })
      const count = spawnSync(XMLLINT, ['--xpath', `count(//${format.layout.car})`, file], {
        encoding: 'utf8',
      })
      await rm(folder, { recursive: true })
      expect(result.stderr).toBe(`${file} validates\n`)
      expect(count.stdout.trim()).toBe(String(TEXTS.length))
    },
  )

  it('leave each file of the Jekyll feed readable, with the same texts', () => {
    const { columns } = feeds.jekyll
    for (const [index, car] of CARS.entries()) {
      const file = writeJekyllCar(car, columns, context)
      const parts = splitFrontMatter(file.replaceAll(/\r\n?/g, '\n'))
      const parsed = 'yaml' in parts ? parseFrontMatter(parts.yaml) : parts
      if (!('frontMatter' in parsed)) throw new Error(`${JSON.stringify(parsed)} in ${file}`)
      const text = removeInvalid(TEXTS[index] ?? '')
      expect(parsed.frontMatter.get('trim') ?? '').toBe(text)
      expect(parsed.frontMatter.get('vin')).toBe('1HGCM82633A004352')
    }
  })
})

/** Without the characters that XML cannot contain, and without the other control characters. */
const removeInvalid = (text: string): string =>
  [...text]
    .filter((character) => isInXml(character.codePointAt(0) ?? 0))
    .filter((character) => !/[\u007f-\u0084\u0086-\u009f]/.test(character))
    .filter((character) => !/\p{Noncharacter_Code_Point}/u.test(character))
    .join('')

/** What a cell must contain of a text on one line. */
function cleanCell(text: string): string {
  const line = removeInvalid(text).trim()
  return /^\s*[=+\-@＝＋－＠]/.test(line) && !/^-?\d+(\.\d+)?$/.test(line) ? `'${line}` : line
}

/** The rows of a CSV file as PostgreSQL reads them; an empty cell is an empty text. */
async function parseByPostgres(csv: string, width: number): Promise<string[][]> {
  return withClient(getTestServer().ownerUrl, async (client) => {
    const names = Array.from({ length: width }, (_, index) => `c${index}`)
    const columns = names.map((name) => `${name} text`).join(', ')
    await client.query(`create temporary table feed (line bigserial, ${columns})`)
    const copy = client.query(copyFrom(`copy feed (${names.join(', ')}) from stdin (format csv)`))
    await pipeline(Readable.from([csv]), copy)
    const cells = names.map((name) => `coalesce(${name}, '')`).join(', ')
    const { rows } = await client.query<{ cells: string[] }>(
      `select array[${cells}] as cells from feed order by line`,
    )
    return rows.map((row) => row.cells)
  })
}
