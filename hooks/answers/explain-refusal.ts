import { type AfterErrorHook, ValidationError } from 'payload'
import { databaseRefusal, type Refusal } from '../../src/access/database-refusal.ts'
import { CommitFailed } from '../../src/database/commit.ts'
import { refusalWords } from '../../src/access/refusal-words.ts'
import { unreadableRequest } from '../../src/access/unreadable-request.ts'

/**
 * Says in the answer itself what was refused: `vin — … has check digit 4, expected 3`, where Payload names the fields alone; and turns
 * what the database refused into a 4xx that names the field. Everything else stays as Payload answers it.
 */
export const explainRefusal: AfterErrorHook = ({ error, graphqlResult, req, result }) => {
  const cause: unknown = 'originalError' in error && error.originalError ? error.originalError : error
  if (cause instanceof ValidationError) return explained(cause, graphqlResult, result)
  const refused = unreadableRequest(error) ?? databaseRefusal(cause, req.payload, dataOf(req)) ?? failedCommit(cause)
  return refused && answer(refused, graphqlResult)
}

/** The message of a failed COMMIT, also for GraphQL, where Payload hides the message of every 500. */
const failedCommit = (cause: unknown): Refusal | undefined =>
  cause instanceof CommitFailed ? { status: cause.status, message: cause.message } : undefined

type Results = Parameters<AfterErrorHook>[0]

/** A refusal in the shape that Payload gives its own, so that the panel shows it at its field. */
function answer({ status, message, path }: Refusal, graphqlResult: Results['graphqlResult']) {
  const words = path ? `${path} — ${message}` : message
  const data = path && { errors: [{ path, message }] }
  return {
    status,
    response: { errors: [{ ...(data && { name: 'ValidationError', data }), message: words }] },
    ...(graphqlResult && {
      graphqlResult: {
        ...graphqlResult,
        message: words,
        extensions: { ...graphqlResult.extensions, statusCode: status, ...(data && { data }) },
      },
    }),
  }
}

function explained(refusal: ValidationError, graphqlResult: Results['graphqlResult'], result: Results['result']) {
  const message = refusalWords(refusal)
  const first = result?.errors[0]
  return {
    ...(first && { response: { errors: [{ ...first, message }] } }),
    ...(graphqlResult && { graphqlResult: { ...graphqlResult, message } }),
  }
}

/** What the request wrote; a request that could not be read wrote nothing. */
const dataOf = (req: Partial<Results['req']>): unknown => req.data
