import type { Endpoint, PayloadRequest } from 'payload'
import type { z } from 'zod'
import { type AuditedAction, type RunAudited, withAudit } from '../audit/audited-action.ts'
import type { Access, EndpointContext } from './callers.ts'
import { type InputErrors, parseBody, parseParams, parseQuery } from './endpoint-input.ts'
import {
  describeRefusals,
  type OperationResponse,
  type OperationSpec,
} from './openapi/operation.ts'
import { checkEndpointParameters } from './query-parameters.ts'

/** The parsed input of a request. */
type Input<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = {
  params: z.output<Params>
  query: z.output<Query>
  body: z.output<Body>
}

/** What a handler may return: the value of the documented JSON response, or a whole response. */
type Result<Schema extends z.ZodType | null> = Schema extends z.ZodType
  ? z.input<Schema> | Response
  : Response

/** What the handler of an audited action receives in addition. */
type AuditContext<Audit extends AuditedAction | undefined> = Audit extends AuditedAction
  ? { runAudited: RunAudited }
  : unknown

/**
 * One endpoint: who may call it, what it takes, and how it responds. `load` and `handler` are
 * methods, so that every declaration is also an `AnyEndpointSpec`.
 */
type EndpointSpec<
  Context extends EndpointContext,
  Schema extends z.ZodType | null,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Loaded extends object,
  Audit extends AuditedAction | undefined,
> = {
  method: Endpoint['method']
  path: string
  summary: string
  access: Access<Context>
  /**
   * Path parameters, which start with a colon, and query parameters: each value as it appears in
   * the URL.
   */
  params?: Params
  query?: Query
  /** Whether it is the target of a link in a mail, to which mail programs may add parameters. */
  isMailLink?: true
  body?: Body
  /** Whether the body is a file, raw or in a form: the handler receives it (`withReceivedFile`). */
  takesFile?: true
  /** A body, for the error about an invalid one. */
  bodyExample?: string
  inputErrors?: InputErrors
  /** See `Admission`. Only of a POST. */
  admit?: Admission
  /** The query parameters that may be repeated: `make=Honda&make=Acura`. */
  repeatable?: readonly string[]
  /** See `SharedAnswer`. Only of a GET for everyone. */
  shared?: SharedAnswer
  /** The action that `runAudited` of the context runs. */
  audit?: Audit
  /** The status of a response that is not a whole `Response`; 200 by default. */
  status?: number
  response: OperationResponse<Schema>
  /** The statuses of the error responses; see `describeRefusals`. */
  refusals: readonly number[]
  /** Responses with other statuses, or other descriptions. */
  otherResponses?: OperationSpec['responses']
  /**
   * Adds what the path names to the context. Runs before the query is parsed and the body is read,
   * to throw for what does not exist or what the caller may not use.
   */
  load?(context: Context, params: z.output<Params>): Loaded | Promise<Loaded>
  handler(
    context: Context & Loaded & AuditContext<Audit>,
    input: Input<Params, Query, Body>,
  ): Result<Schema> | Promise<Result<Schema>>
}

/**
 * What a POST of anybody has to pass before its transaction begins, such as a captcha. A request
 * that is answered from its `Idempotency-Key` does not have to pass again. Throws a 4xx or 503.
 */
export type Admission = (req: PayloadRequest) => Promise<void>

/** The admission that an endpoint declares; undefined if there is none. */
export const findAdmission = ({ custom }: Pick<Endpoint, 'custom'>): Admission | undefined =>
  custom?.['admit'] as Admission | undefined

/**
 * An answer that is the same for everyone who is not signed in. It is cached until one of these
 * tables changes, whose changes a trigger must report, but at most for some seconds: an hour by
 * default. See src/server/public-reads.
 */
export type SharedAnswer = { tables: readonly string[]; seconds?: number }

/** The shared answer of an endpoint with its query parameters; undefined if it has none. */
export const findSharedAnswer = ({
  custom,
}: Pick<Endpoint, 'custom'>): (SharedAnswer & { parameters: readonly string[] }) | undefined =>
  custom?.['shared'] as (SharedAnswer & { parameters: readonly string[] }) | undefined

/** The same for any endpoint. */
type AnyEndpointSpec = EndpointSpec<
  EndpointContext,
  z.ZodType | null,
  z.ZodObject,
  z.ZodObject,
  z.ZodType,
  object,
  AuditedAction | undefined
>

/**
 * Declares one of our own endpoints. It checks the caller, parses the input and documents itself:
 * in this order, a request gets an error for an undocumented parameter, the caller, the path, the
 * query and the body. An undocumented parameter is a 400, except in mailed links. The response is
 * JSON, unless the handler returns a whole `Response`, and is never cached, unless that says so.
 */
export function endpoint<
  Context extends EndpointContext,
  Schema extends z.ZodType | null,
  Params extends z.ZodObject = z.ZodObject<Record<never, z.ZodType>>,
  Query extends z.ZodObject = z.ZodObject<Record<never, z.ZodType>>,
  Body extends z.ZodType = z.ZodUndefined,
  Loaded extends object = object,
  Audit extends AuditedAction | undefined = undefined,
>(spec: EndpointSpec<Context, Schema, Params, Query, Body, Loaded, Audit>): Endpoint
export function endpoint(spec: AnyEndpointSpec): Endpoint {
  const { access, audit, inputErrors, method, path, repeatable, shared, status } = spec
  const parameters = Object.keys(spec.query?.shape ?? {})
  return {
    method,
    path,
    custom: {
      openapi: buildOperationSpec(spec),
      ...(spec.admit && { admit: spec.admit }),
      ...(shared && { shared: { ...shared, parameters } }),
    },
    handler: async (req) => {
      if (!spec.isMailLink) checkEndpointParameters(req, parameters, repeatable)
      const context = await access.check(req)
      const params = parseParams(req, spec.params, inputErrors?.params)
      const loaded = await spec.load?.(context, params)
      const query = parseQuery(req, spec.query, inputErrors?.query)
      const body = await parseBody(req, spec.body, spec.bodyExample, inputErrors?.body)
      const runAudited: RunAudited | undefined = audit && ((work) => withAudit(req, audit, work))
      const handlerContext = { ...context, ...loaded, runAudited }
      return toResponse(await spec.handler(handlerContext, { params, query, body }), status)
    },
  }
}

function buildOperationSpec(spec: AnyEndpointSpec): OperationSpec {
  const { access, body, isMailLink, otherResponses, params, query, refusals, summary } = spec
  const { response, status = 200, takesFile } = spec
  return {
    summary,
    audience: access.audience,
    ...(params && { params }),
    ...(query && { query }),
    ...(isMailLink && { isMailLink }),
    ...(body && { body }),
    ...(takesFile && { takesFile }),
    responses: {
      [status]: response,
      ...describeRefusals(...refusals, ...(takesFile ? [422] : [])),
      ...otherResponses,
    },
  }
}

/** A response is personal, and never cached, unless the handler says that it may be. */
function toResponse(result: unknown, status = 200): Response {
  const response = result instanceof Response ? result : Response.json(result, { status })
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  return response
}
