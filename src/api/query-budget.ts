import { APIError, type PayloadRequest } from 'payload'
import { permissions } from '../access/permissions.ts'

/**
 * How much database work one request may cause, with all its lists, counts and joins, in units of
 * about 15 ms over 25,000 cars. Everyone's budget allows three words in a description and four
 * short columns; active staff have more.
 */
export const QUERY_BUDGET = { anybody: 51, staff: 204 } as const

/**
 * The cost of parts of a query. A pattern is compared with every row: directly with a short column,
 * after conversion to lower case with a text of any length. An order by a column without an index
 * sorts every row, and a late page reads all rows before it.
 */
export const QUERY_COST = {
  shortPattern: 1,
  longPattern: 13,
  sort: 3,
  sortByLongText: 10,
  latePage: 10,
} as const

/** A page that starts at this row or later is a late one. */
export const LATE_ROW = 2_000

/** The context key for the cost of a request's queries so far. */
const COST_KEY = 'queryCost'

/**
 * Adds the cost of a query to the total of its request. Throws a 400 if the total exceeds the
 * budget.
 */
export function consumeQueryBudget(req: PayloadRequest, cost: number): void {
  if (cost === 0) return
  const limit = permissions.isStaff({ req }) ? QUERY_BUDGET.staff : QUERY_BUDGET.anybody
  const spent = Number(req.context[COST_KEY] ?? 0) + cost
  req.context[COST_KEY] = spent
  if (spent <= limit) return
  const problem =
    `This request is too expensive for the database: its searches and sorts cost ${spent}, ` +
    `and the limit is ${limit}.`
  const hint =
    `A search term costs ${QUERY_COST.shortPattern}, or ${QUERY_COST.longPattern} in a long ` +
    'text such as a description.'
  throw new APIError(
    `${problem} ${hint} Search for fewer terms, search fewer columns, or split the request.`,
    400,
    undefined,
    true,
  )
}
