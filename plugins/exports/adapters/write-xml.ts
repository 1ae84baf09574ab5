import type { FeedCar } from '../domain/feed-car.ts'
import type { Cell, FeedColumn, FeedContext, FeedElement, XmlLayout } from '../domain/feed.ts'
import { cleanText } from './clean-text.ts'

const SPECIAL: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

const escapeXml = (text: string): string =>
  text.replaceAll(/[&<>"\r]/g, (character) => SPECIAL[character] ?? character)

/** Everything before the first car. */
export function writeXmlStart(layout: XmlLayout, context: FeedContext): string {
  const head = layout.head(context).map(writeElement).join('')
  const list = layout.list === null ? '' : `<${layout.list}>`
  const root = `<${layout.root}${writeAttributes(layout.attributes ?? {})}>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}${head}${list}\n`
}

/** Everything after the last car. */
export const writeXmlEnd = ({ list, root }: XmlLayout): string =>
  `${list === null ? '' : `</${list}>`}</${root}>\n`

/** One element for each car; a column without a value has no element. */
export const writeXmlCars = (
  cars: readonly FeedCar[],
  columns: readonly FeedColumn[],
  context: FeedContext,
  { car: name }: XmlLayout,
): string =>
  cars
    .map((car) => {
      const fields = columns.map((column) =>
        writeColumn(column, column.read(car, context), context),
      )
      return `<${name}>${fields.join('')}</${name}>\n`
    })
    .join('')

function writeColumn(column: FeedColumn, cell: Cell, context: FeedContext): string {
  if (typeof cell === 'object' && cell !== null) return writeList(column, cell)
  const text = toText(cell, column)
  if (text === '') return ''
  const attributes = writeAttributes(column.xml?.attributes?.(context) ?? {})
  return `<${column.name}${attributes}>${text}</${column.name}>`
}

function writeList({ name, xml, ...rules }: FeedColumn, entries: readonly string[]): string {
  const element = xml?.item ?? name
  const items = entries.map((entry, index) => {
    const attributes = xml?.numbered ? writeAttributes({ sequence: String(index + 1) }) : ''
    return `<${element}${attributes}>${toText(entry, rules)}</${element}>`
  })
  if (items.length === 0 || xml?.item === undefined) return items.join('')
  return `<${name}>${items.join('')}</${name}>`
}

function writeElement({ name, content }: FeedElement): string {
  const isText = content === null || typeof content === 'string'
  const inside = isText ? toText(content, {}) : content.map(writeElement).join('')
  return inside === '' ? '' : `<${name}>${inside}</${name}>`
}

const writeAttributes = (attributes: Record<string, string>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(cleanText(value, {}))}"`)
    .join('')

function toText(cell: Exclude<Cell, readonly string[]>, column: Pick<FeedColumn, 'max' | 'html'>) {
  if (typeof cell === 'string') return escapeXml(cleanText(cell, column))
  return cell === null ? '' : String(cell)
}
