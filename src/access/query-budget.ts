import { APIError, type PayloadRequest } from 'payload'
import { permissions } from './permissions.ts'

/**
 * What one request may make the database work, all its lists, counts and joins together, in units
 * of about 15 ms over 25,000 cars: the budget of anyone, which allows three words in a description
 * and four short columns, and that of active staff.
 */
export const QUERY_BUDGET = { anybody: 51, staff: 204 } as const

/**
 * What parts of a query cost. A pattern is compared with every row: with a short column at once,
 * with a text of any length by writing it in lower case first. An order by a column without an
 * index sorts every row, and a late page walks all the ones before it.
 */
export const QUERY_COST = {
  shortPattern: 1,
  longPattern: 13,
  sort: 3,
  sortByLongText: 10,
  latePage: 10,
} as const

/** From this row on a page is a late one. */
export const LATE_ROW = 2_000

/** Where the cost of a request's queries so far is kept, in its context. */
const COST_KEY = 'queryCost'

/**
 * Adds the cost of a query to what its request has spent. Throws a 400 when the sum is over the
 * budget of one request.
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
