import { type AfterErrorHook, ValidationError } from 'payload'
import { findDatabaseRefusal, type Refusal } from '../../src/api/errors/database-refusal.ts'
import { CommitFailed } from '../../src/database/commit.ts'
import { describeRefusal, describeFieldErrors } from '../../src/api/errors/format-refusal.ts'
import { joinSentences } from '../../src/domain/error-sentence.ts'
import { describeUnreadableRequest } from '../../src/api/errors/unreadable-request.ts'

/**
 * Formats a refusal as one sentence per field that uses the label of the field, where Payload only
 * lists the fields. Turns a database rejection into a 4xx that names the field. All other errors
 * keep Payload's format.
 */
export const formatError: AfterErrorHook = (args) => {
  const { error, graphqlResult, req } = args
  const cause: unknown =
    'originalError' in error && error.originalError ? error.originalError : error
  if (cause instanceof ValidationError) return buildValidationResponse(cause, args)
  const refused =
    describeUnreadableRequest(error) ??
    findDatabaseRefusal(cause, req.payload, getRequestData(req)) ??
    findCommitRefusal(cause)
  return refused && buildErrorResponse(refused, graphqlResult)
}

/**
 * The message of a failed COMMIT, also for GraphQL, where Payload hides the message of every 500.
 */
const findCommitRefusal = (cause: unknown): Refusal | undefined =>
  cause instanceof CommitFailed ? { status: cause.status, message: cause.message } : undefined

type ErrorHookArgs = Parameters<AfterErrorHook>[0]

/** Builds a refusal in Payload's own shape, so that the panel shows it at its field. */
function buildErrorResponse(refusal: Refusal, graphqlResult: ErrorHookArgs['graphqlResult']) {
  const { status, path } = refusal
  const message = describeRefusal(refusal)
  const data = path === undefined ? undefined : { errors: [{ path, message }] }
  return {
    status,
    response: { errors: [{ ...(data && { name: 'ValidationError', data }), message }] },
    ...(graphqlResult && {
      graphqlResult: {
        ...graphqlResult,
        message,
        extensions: { ...graphqlResult.extensions, statusCode: status, ...(data && { data }) },
      },
    }),
  }
}

function buildValidationResponse(
  refusal: ValidationError,
  { graphqlResult, req, result }: ErrorHookArgs,
) {
  const errors = describeFieldErrors(refusal, req.payload)
  const message = joinSentences(errors.map((error) => error.message))
  const data = { ...refusal.data, errors }
  const first = result?.errors[0]
  return {
    ...(first && { response: { errors: [{ ...first, message, data }] } }),
    ...(graphqlResult && {
      graphqlResult: {
        ...graphqlResult,
        message,
        extensions: { ...graphqlResult.extensions, data },
      },
    }),
  }
}

/** The data that the request wrote; a request that could not be read wrote nothing. */
const getRequestData = (req: Partial<ErrorHookArgs['req']>): unknown => req.data
