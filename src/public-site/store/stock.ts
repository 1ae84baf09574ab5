import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { CAR_NAMES_TEXT, CAR_NUMBERS_TEXT } from './car-search-text.ts'
import type { Transaction } from '../../database/transaction.ts'
import { buildSearchText, parseSearchWords } from '../domain/search-words.ts'
import type { Spelling, Stock, StockCar } from '../domain/stock.ts'
import { ON_SHOW } from './on-show.ts'

const TEXT = z.string().nullable()
const ROW = z.object({
  id: z.string(),
  make: TEXT,
  model: TEXT,
  trim: TEXT,
  body: TEXT,
  fuel: TEXT,
  drivetrain: TEXT,
  transmission: TEXT,
  color: TEXT,
  year: z.number(),
  price: z.number(),
  miles: z.number(),
  features: z.array(z.string()).catch([]),
  names: z.string(),
  numbers: z.string(),
})

type Row = z.output<typeof ROW>
type Spell = (text: string | null) => Spelling | null

/** Loads what searches and facets need to know of every car on show. */
export async function loadStock(db: Transaction['db']): Promise<Stock> {
  const { rows } = await db.execute(sql`
    select id, make, model, "trim", body_style as body, fuel_type as fuel, drivetrain,
      transmission, exterior_color as color, year, price::float8 as price, mileage as miles,
      features, ${sql.raw(CAR_NAMES_TEXT)} as names, ${sql.raw(CAR_NUMBERS_TEXT)} as numbers
    from inventory where ${ON_SHOW}
    order by listed_at desc nulls last, id`)
  const parsed = buildTexts(rows.map((row) => ROW.parse(row)))
  const spell = createSpeller()
  return {
    cars: parsed.map((row) => buildStockCar(row, spell)),
    terms: joinTerms(parsed),
    vocabulary: listVocabulary(parsed),
  }
}

/** Makes words of the texts of cars; names that several cars share are the same text. */
function buildTexts(rows: readonly Row[]): Row[] {
  const known = new Map<string, string>()
  return rows.map((row) => {
    const names = known.get(row.names) ?? buildSearchText(row.names)
    known.set(row.names, names)
    return { ...row, names, numbers: buildSearchText(row.numbers) }
  })
}

function buildStockCar({ id, year, price, miles, features, ...texts }: Row, spell: Spell) {
  return {
    id,
    choices: {
      make: spell(texts.make),
      model: spell(texts.model),
      body: spell(texts.body),
      fuel: spell(texts.fuel),
      drivetrain: spell(texts.drivetrain),
      transmission: spell(texts.transmission),
      color: spell(texts.color),
    },
    ranges: { year, price, miles },
    features: [...new Set(features.flatMap((feature) => spell(feature) ?? []))],
    text: texts.names + texts.numbers,
  } satisfies StockCar
}

/** The text of all cars; each word of their names is in it once. */
function joinTerms(rows: readonly Row[]): string {
  const names = new Set(rows.map((row) => row.names))
  const words = new Set([...names].flatMap((name) => name.split(' ')))
  const numbers = rows.map((row) => row.numbers)
  return ` ${[...words].join(' ')} ${numbers.join('')}`
}

/** The distinct words of more than one letter in the names of cars, in lower case. */
function listVocabulary(rows: readonly Row[]): string[] {
  const names = new Set(
    rows.flatMap(({ make, model, trim, body, color }) => [make, model, trim, body, color]),
  )
  const words = [...names].flatMap((name) => parseSearchWords(name ?? ''))
  return [...new Set(words)].filter((word) => word.length > 1)
}

/** Creates a function that returns the same object for equal texts, and null for none. */
function createSpeller(): Spell {
  const known = new Map<string, Spelling>()
  return (text) => {
    if (!text) return null
    const spelling = known.get(text) ?? { value: text, lower: text.toLowerCase() }
    known.set(text, spelling)
    return spelling
  }
}
