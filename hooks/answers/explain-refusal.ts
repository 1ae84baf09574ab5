import { type AfterErrorHook, ValidationError } from 'payload'
import { databaseRefusal, type Refusal } from '../../src/access/database-refusal.ts'
import { refusalWords } from '../../src/access/refusal-words.ts'

/** What the form parser says of an upload that is cut off or wrongly put together, which Payload takes for errors of ours. */
const UNREADABLE_FORM = /^(Malformed part header|Unexpected end of form|Multipart: |Request is not eligible for file upload)/

/**
 * Says in the answer itself what was refused: `vin — … has check digit 4, expected 3`, where Payload names the fields alone; and turns
 * what the database refused into a 4xx that names the field. Everything else stays as Payload answers it.
 */
export const explainRefusal: AfterErrorHook = ({ error, graphqlResult, req, result }) => {
  const cause: unknown = 'originalError' in error && error.originalError ? error.originalError : error
  if (cause instanceof ValidationError) return explained(cause, graphqlResult, result)
  const refused = unreadable(error) ?? databaseRefusal(cause, req.payload, dataOf(req))
  return refused && answer(refused, graphqlResult)
}

type Results = Parameters<AfterErrorHook>[0]

/** What is wrong with a body that code of others could not read; undefined when the error is another. */
function unreadable(error: Error): Refusal | undefined {
  if (UNREADABLE_FORM.test(error.message))
    return { status: 400, message: 'The form can not be read: send a photo as multipart/form-data, in the part "file".' }
  if (error.name === 'SyntaxError' && error.message.includes('JSON'))
    return { status: 400, message: 'A part of the request is no valid JSON.' }
  if (error instanceof URIError) return { status: 400, message: 'The path can not be read: a % must begin an escaped character.' }
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack'))
    return { status: 400, message: 'The body is nested too deeply.' }
  return undefined
}

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
