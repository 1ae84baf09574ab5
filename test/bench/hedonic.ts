import type { Listing, Subject } from '../../plugins/market/domain/listing.ts'

/** What a regression finds: the expected price, and the bounds of its 90 % interval, in cents. */
export type Prediction = { cents: number; low: number; high: number }

type Car = Pick<Listing | Subject, 'year' | 'miles' | 'trim' | 'drivetrain'>

/** The quantile of the standard normal distribution for a level of 90 %. */
const NORMAL_QUANTILE = 1.6449

/**
 * A hedonic regression, as a textbook has it: the logarithm of the price by ordinary least squares
 * over mileage, year, trim and drivetrain, of all priced listings. Null if there are too few.
 */
export function predictHedonic(listings: readonly Listing[], subject: Subject): Prediction | null {
  const priced = listings.filter(({ cents, trim }) => cents !== null && trim !== null)
  const trims = [...new Set(priced.map(({ trim }) => trim))]
  if (!trims.includes(subject.trim)) return null
  const describe = ({ year, miles, trim, drivetrain }: Car): number[] => [
    1,
    (miles ?? 0) / 100_000,
    year - subject.year,
    drivetrain === 'AWD' ? 1 : 0,
    ...trims.slice(1).map((one) => (one === trim ? 1 : 0)),
  ]
  const rows = priced.map(describe)
  const subjectRow = describe(subject)
  const freedom = rows.length - subjectRow.length
  if (freedom < 3) return null
  const logs = priced.map(({ cents }) => Math.log(cents ?? 1))
  const normal = subjectRow.map((_, i) =>
    subjectRow.map((__, j) => rows.reduce((sum, row) => sum + at(row, i) * at(row, j), 0)),
  )
  const products = subjectRow.map((_, i) =>
    rows.reduce((sum, row, index) => sum + at(row, i) * at(logs, index), 0),
  )
  const factors = solve(normal, products)
  const residuals = rows.map((row, index) => at(logs, index) - multiply(row, factors))
  const variance = multiply(residuals, residuals) / freedom
  const margin =
    NORMAL_QUANTILE * Math.sqrt(variance * multiply(subjectRow, solve(normal, subjectRow)))
  const log = multiply(subjectRow, factors)
  return { cents: Math.exp(log), low: Math.exp(log - margin), high: Math.exp(log + margin) }
}

const at = (values: readonly number[], index: number): number => values[index] ?? 0

const multiply = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, index) => sum + value * at(other, index), 0)

/**
 * Solves linear equations by elimination; a little is added to the diagonal, so that a column
 * without differences does no harm.
 */
function solve(matrix: readonly (readonly number[])[], values: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [
    ...row.map((value, j) => (i === j ? value + 1e-6 : value)),
    at(values, i),
  ])
  for (const [column, pivot] of rows.entries())
    for (const [index, row] of rows.entries()) {
      if (index === column) continue
      const factor = at(row, column) / at(pivot, column)
      rows[index] = row.map((value, j) => value - factor * at(pivot, j))
    }
  return rows.map((row, i) => at(row, values.length) / at(row, i))
}
