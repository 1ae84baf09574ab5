import { configToSchema } from '@payloadcms/graphql'
import type { RequestHandler } from 'express'
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  specifiedRules,
  validate,
  type ValidationRule,
} from 'graphql'
import { createPayloadRequest, logError, mergeHeaders, type PayloadRequest } from 'payload'
import { hasBadToken } from '../auth/owners/bad-token.ts'
import { withAccessLog } from '../audit/access-log.ts'
import { getErrorCode } from '../domain/api-error.ts'
import { OUTCOME_UNKNOWN } from '../database/commit.ts'
import { type GraphqlOperation, parseGraphqlBody } from './graphql-limits.ts'
import { findJsonHeaderProblem } from '../domain/media-type.ts'
import { decodeUtf8, NOT_UTF8 } from '../domain/utf8.ts'
import { finishFiles, undoFiles } from '../uploads/stored-files.ts'
import { formatGraphqlRefusal, addErrorCode } from './graphql-errors.ts'
import { buildRefusal, buildBadTokenRefusal } from '../api/errors/refusal.ts'
import { createBridge, type BridgeOptions } from './rest.ts'

const MAX_ERRORS = 10
const NO_IF_MATCH =
  'GraphQL does not support If-Match: one document may change several rows. Send updatedAt ' +
  'with the data instead.'

type Schema = ReturnType<typeof configToSchema>

/**
 * Creates an Express handler for Payload's GraphQL API. It must come before the REST handler, which
 * would also match its path. Executes exactly the document that was weighed: Payload's own handler
 * parses the request a second time, with different rules for JSON. The schema is built on the first
 * request, so that the start does not wait for it.
 */
export function createGraphqlHandler({
  config,
  verifyToken,
  ...options
}: BridgeOptions): RequestHandler {
  let schema: Promise<Schema> | undefined
  const getSchema = () => (schema ??= config.then(configToSchema))
  return createBridge({ ...options, format: formatGraphqlRefusal }, async (request) => {
    const unreadable = findJsonHeaderProblem(request.headers)
    if (unreadable) return buildRefusal(415, unreadable, { connection: 'close' })
    const text = decodeUtf8(await request.arrayBuffer())
    if (text === null) return buildRefusal(400, NOT_UTF8)
    const operation = parseGraphqlBody(text)
    if ('problem' in operation) return buildRefusal(400, operation.problem)
    if (request.headers.has('if-match')) return buildRefusal(412, NO_IF_MATCH)
    const answer = withAccessLog(async (bare) =>
      answerOperation(bare, operation, { config, verifyToken, schema: await getSchema() }),
    )
    return withUnknownCommits(await answer(withoutBody(request)))
  })
}

type Errors = { errors?: { message: string; extensions?: { statusCode?: number } }[] }

/** Converts a response with a mutation of unknown outcome to a 503 with the same body. */
async function withUnknownCommits(response: Response): Promise<Response> {
  if (!response.ok) return response
  const body = await response.text()
  const { errors = [] } = body.includes(OUTCOME_UNKNOWN) ? (JSON.parse(body) as Errors) : {}
  const isUnknown = errors.some(
    ({ extensions, message }) => extensions?.statusCode === 503 && message === OUTCOME_UNKNOWN,
  )
  return new Response(body, {
    status: isUnknown ? 503 : response.status,
    headers: response.headers,
  })
}

/**
 * Copies the request with Payload's path for GraphQL, however Express matched it, and without a
 * query string, which is ignored.
 */
function withoutBody({ url, headers, signal }: Request): Request {
  return new Request(new URL('/api/graphql', url), { method: 'POST', headers, signal })
}

async function answerOperation(
  request: Request,
  operation: GraphqlOperation,
  {
    config,
    verifyToken,
    schema,
  }: Pick<BridgeOptions, 'config' | 'verifyToken'> & { schema: Schema },
): Promise<Response> {
  const req = await createPayloadRequest({ canSetHeaders: true, config, request })
  if (await hasBadToken(req, verifyToken)) return buildBadTokenRefusal()
  const responseHeaders = {} as Record<string, string>
  const { status, result } = await executeOperation(operation, schema, {
    headers: responseHeaders,
    req,
  })
  const headers = new Headers({ 'content-type': 'application/json; charset=utf-8' })
  for (const [name, value] of Object.entries(responseHeaders)) headers.append(name, value)
  const merged = req.responseHeaders ? mergeHeaders(req.responseHeaders, headers) : headers
  return new Response(JSON.stringify(result), { status, headers: merged })
}

type GraphqlContext = { headers: Record<string, string>; req: PayloadRequest }
type GraphqlResult = { status: number; result: ExecutionResult }

/**
 * Validates and executes an operation. GraphQL's rules run first, over the whole document.
 * Payload's complexity rule throws for invalid documents and counts each error in the variables, so
 * it only runs on the requested operation with valid variables. As GraphQL clients expect with
 * application/json, the status is 200 and failures are reported in `errors`.
 */
async function executeOperation(
  { document, operation, variables }: GraphqlOperation,
  { schema, validationRules }: Schema,
  context: GraphqlContext,
): Promise<GraphqlResult> {
  const invalid = validateBy(specifiedRules, schema, document)
  if (invalid.length > 0) return buildRefusedResult(invalid)
  const definitions = document.definitions.filter(
    (node) => node === operation || node.kind === Kind.FRAGMENT_DEFINITION,
  )
  const requested = { ...document, definitions }
  const { errors: wrong } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    variables,
    { maxErrors: MAX_ERRORS },
  )
  if (wrong) return buildRefusedResult(wrong)
  const args = { schema, document: requested, variableValues: variables, contextValue: context }
  const tooComplex = validateBy(validationRules(args), schema, requested)
  if (tooComplex.length > 0) return buildRefusedResult(tooComplex)
  const { errors, ...result } = await execute(args)
  await completeFiles(context.req, errors)
  if (!errors) return { status: 200, result }
  const formatted = await Promise.all(errors.map((error) => formatGraphqlError(error, context.req)))
  return {
    status: 200,
    result: { ...result, errors: formatted as unknown as readonly GraphQLError[] },
  }
}

/**
 * The validation errors of a document. An exception in a rule, such as for a variable that is null
 * but must not be, counts as an error, too.
 */
function validateBy(
  rules: readonly ValidationRule[],
  schema: GraphQLSchema,
  document: DocumentNode,
): readonly GraphQLError[] {
  try {
    return validate(schema, document, rules, { maxErrors: MAX_ERRORS })
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

/** Builds the result for a document that is not executed. */
function buildRefusedResult(errors: readonly GraphQLError[]): GraphqlResult {
  const coded = errors.map((error) => ({
    ...error.toJSON(),
    extensions: { ...error.extensions, code: getErrorCode(400), statusCode: 400 },
  }))
  return { status: 200, result: { errors: coded as unknown as readonly GraphQLError[] } }
}

/**
 * Deletes the files of deleted rows. If an operation failed, keeps them; the sweep later removes
 * files without a row.
 */
async function completeFiles(
  req: PayloadRequest,
  errors: readonly GraphQLError[] | undefined,
): Promise<void> {
  if (errors) await undoFiles(req, errors[0]?.originalError)
  else await finishFiles(req)
}

/**
 * Formats an error for the answer, in the shape of Payload's own handler. Internal details are
 * logged and left out.
 */
async function formatGraphqlError(error: GraphQLError, req: PayloadRequest): Promise<object> {
  const { config } = req.payload
  const cause = error.originalError as (Error & { status?: number; data?: unknown }) | undefined
  const status = cause ? (cause.status ?? 500) : 400
  if (cause) logError({ err: cause, payload: req.payload })
  let formatted = {
    message: status === 500 && !config.debug ? 'Something went wrong.' : error.message,
    locations: error.locations,
    path: error.path,
    extensions: { name: cause?.name, data: cause?.data, statusCode: status },
  }
  for (const hook of config.hooks.afterError) {
    const result = await hook({
      context: req.context,
      error,
      graphqlResult: formatted as never,
      req,
    })
    formatted = (result?.graphqlResult as typeof formatted | undefined) ?? formatted
  }
  return addErrorCode(formatted)
}
