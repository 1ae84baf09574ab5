import { APIError, type PayloadRequest } from 'payload'
import type { z } from 'zod'
import { describeIssue } from '../domain/describe-issue.ts'

/** The error for an input that does not match its schema. */
type InputError<Given> = (given: Given, error: z.ZodError) => APIError

/** The errors of an endpoint that explains an invalid input in its own words. */
export type InputErrors = {
  params?: InputError<Record<string, unknown>>
  query?: InputError<Record<string, unknown>>
  body?: InputError<unknown>
}

/**
 * The path parameters. What does not match their schema does not exist, so it is a 404 unless the
 * endpoint has its own error.
 */
export function parseParams(
  { routeParams = {} }: PayloadRequest,
  schema: z.ZodObject | undefined,
  toError: InputErrors['params'] = () => new APIError('Not Found', 404),
): Record<string, unknown> {
  return schema ? parse(routeParams, schema, toError) : {}
}

/** The query parameters. Throws a 400 that names the first invalid one. */
export function parseQuery(
  { query }: PayloadRequest,
  schema: z.ZodObject | undefined,
  toError: InputErrors['query'] = describeInvalidQuery,
): Record<string, unknown> {
  return schema ? parse(query, schema, toError) : {}
}

/**
 * The JSON body; an empty one is `{}`. It is not read unless the endpoint takes one. Throws a 400
 * that shows an example.
 */
export async function parseBody(
  req: PayloadRequest,
  schema: z.ZodType | undefined,
  example: string | undefined,
  toError: InputErrors['body'] = (_given, error) => describeInvalidBody(example, error),
): Promise<unknown> {
  if (!schema) return undefined
  const text = (await req.text?.())?.trim() ?? ''
  return parse(text === '' ? {} : parseJson(text), schema, toError)
}

function parse<Given, Schema extends z.ZodType>(
  given: Given,
  schema: Schema,
  toError: InputError<Given>,
): z.output<Schema> {
  const parsed = schema.safeParse(given, { error: describeIssue })
  if (parsed.success) return parsed.data
  throw toError(given, parsed.error)
}

function describeInvalidQuery(given: Record<string, unknown>, error: z.ZodError): APIError {
  return new APIError(`${describeQueryProblem(given, error)}.`, 400)
}

/** Describes what is wrong with the first invalid query parameter, without a period. */
export function describeQueryProblem(
  given: Record<string, unknown>,
  { issues }: z.ZodError,
): string {
  const [issue] = issues
  const name = String(issue?.path[0])
  return given[name] === undefined
    ? `${name} is missing in the URL`
    : `${name} in the URL is not valid: ${issue?.message.replace(/\.$/, '')}`
}

function describeInvalidBody(example: string | undefined, { issues }: z.ZodError): APIError {
  const problems = issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  )
  const expected = example === undefined ? 'JSON' : `JSON such as ${example}`
  return new APIError(`The body must be ${expected}. ${problems.join('; ')}.`.slice(0, 500), 400)
}

/** The JSON value of a text; undefined if it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
