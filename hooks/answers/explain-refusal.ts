import { type AfterErrorHook, ValidationError } from 'payload'
import { refusalWords } from '../../src/access/refusal-words.ts'

/** What PostgreSQL refuses on its own, as the caller's mistake that it is (its error codes, appendix A of its manual). */
const REFUSED_BY_DATABASE: Readonly<Record<string, { status: number; message: string }>> = {
  '22P02': { status: 400, message: 'A value has the wrong form for its column.' },
  '22003': { status: 400, message: 'A number is out of range.' },
  '22007': { status: 400, message: 'A date can not be read.' },
  '22008': { status: 400, message: 'A date is out of range.' },
  '22021': { status: 400, message: 'A text holds characters that can not be stored.' },
  '23502': { status: 422, message: 'A value that is needed is missing.' },
  '23503': { status: 409, message: 'Something else refers to this row, or it refers to something that is not there.' },
  '40P01': { status: 409, message: 'Two changes met at the same moment. Repeat yours.' },
  '23514': { status: 422, message: 'A value is outside what its column allows.' },
}

/** What the form parser says of an upload that is cut off or wrongly put together, which Payload takes for errors of ours. */
const UNREADABLE_FORM = /^(Malformed part header|Unexpected end of form|Multipart: |Request is not eligible for file upload)/

/**
 * Says in the answer itself what was refused: `vin — … has check digit 4, expected 3`, where Payload names the fields alone; and turns
 * what the database refused into a 4xx. Everything else stays as Payload answers it.
 */
export const explainRefusal: AfterErrorHook = ({ error, graphqlResult, result }) => {
  const cause: unknown = 'originalError' in error ? error.originalError : error
  if (cause instanceof ValidationError) return explained(cause, graphqlResult, result)
  const refused = unreadable(error) ?? REFUSED_BY_DATABASE[codeOf(cause) ?? '']
  if (!refused) return undefined
  const { status, message } = refused
  return {
    status,
    response: { errors: [{ message }] },
    ...(graphqlResult && {
      graphqlResult: { ...graphqlResult, message, extensions: { ...graphqlResult.extensions, statusCode: status } },
    }),
  }
}

/** What is wrong with a body that code of others could not read; undefined when the error is another. */
function unreadable(error: Error): { status: number; message: string } | undefined {
  if (UNREADABLE_FORM.test(error.message))
    return { status: 400, message: 'The form can not be read: send a photo as multipart/form-data, in the part "file".' }
  if (error.name === 'SyntaxError' && error.message.includes('JSON'))
    return { status: 400, message: 'A part of the request is no valid JSON.' }
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack'))
    return { status: 400, message: 'The body is nested too deeply.' }
  return undefined
}

type Results = Parameters<AfterErrorHook>[0]

function explained(refusal: ValidationError, graphqlResult: Results['graphqlResult'], result: Results['result']) {
  const message = refusalWords(refusal)
  const first = result?.errors[0]
  return {
    ...(first && { response: { errors: [{ ...first, message }] } }),
    ...(graphqlResult && { graphqlResult: { ...graphqlResult, message } }),
  }
}

/** The PostgreSQL error code of an error or of what caused it. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) return error.code
  return 'cause' in error ? codeOf(error.cause) : undefined
}
