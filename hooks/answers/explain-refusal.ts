import { type AfterErrorHook, ValidationError } from 'payload'
import { databaseRefusal, type Refusal } from '../../src/access/database-refusal.ts'
import { CommitFailed } from '../../src/database/commit.ts'
import { describeRefusal, nameRefusedFields } from '../../src/access/refusal-words.ts'
import { joinSentences } from '../../src/domain/refusal-sentence.ts'
import { unreadableRequest } from '../../src/access/unreadable-request.ts'

/**
 * Answers a refusal with a sentence for each field, which names the field by its label, where Payload lists the fields alone; and turns
 * what the database refused into a 4xx that names the field. Everything else stays as Payload answers it.
 */
export const explainRefusal: AfterErrorHook = (about) => {
  const { error, graphqlResult, req } = about
  const cause: unknown = 'originalError' in error && error.originalError ? error.originalError : error
  if (cause instanceof ValidationError) return explain(cause, about)
  const refused = unreadableRequest(error) ?? databaseRefusal(cause, req.payload, dataOf(req)) ?? failedCommit(cause)
  return refused && answer(refused, graphqlResult)
}

/** The message of a failed COMMIT, also for GraphQL, where Payload hides the message of every 500. */
const failedCommit = (cause: unknown): Refusal | undefined =>
  cause instanceof CommitFailed ? { status: cause.status, message: cause.message } : undefined

type Results = Parameters<AfterErrorHook>[0]

/** A refusal in the shape that Payload gives its own, so that the panel shows it at its field. */
function answer(refusal: Refusal, graphqlResult: Results['graphqlResult']) {
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

function explain(refusal: ValidationError, { graphqlResult, req, result }: Results) {
  const errors = nameRefusedFields(refusal, req.payload)
  const message = joinSentences(errors.map((error) => error.message))
  const data = { ...refusal.data, errors }
  const first = result?.errors[0]
  return {
    ...(first && { response: { errors: [{ ...first, message, data }] } }),
    ...(graphqlResult && {
      graphqlResult: { ...graphqlResult, message, extensions: { ...graphqlResult.extensions, data } },
    }),
  }
}

/** What the request wrote; a request that could not be read wrote nothing. */
const dataOf = (req: Partial<Results['req']>): unknown => req.data
