import { anyOf } from '../../domain/pattern-choice.ts'
import type { Refusal } from './database-refusal.ts'

/** The message for a form that cannot be read. */
export const UNREADABLE_FORM =
  'The form could not be read. Send the file as multipart/form-data in a part named "file".'

/** The message for a path with a malformed escape. */
export const UNREADABLE_PATH =
  'The path could not be read: a % must start an escape sequence such as %20.'

/**
 * Messages of the form parser about a truncated or malformed upload, for which Payload responds
 * with 500.
 */
const FORM_ERROR_MESSAGES = anyOf([
  'Malformed part header',
  'Unexpected end of form',
  'Multipart: ',
  'Request is not eligible for file upload',
])
const FORM_ERRORS = new RegExp(`^${FORM_ERROR_MESSAGES}`)

/**
 * The refusal of a request that a library could not read, by the library's error; undefined for any
 * other error.
 */
export function describeUnreadableRequest(error: Error): Refusal | undefined {
  if (FORM_ERRORS.test(error.message)) return { status: 400, message: UNREADABLE_FORM }
  if (error.name === 'SyntaxError' && error.message.includes('JSON'))
    return { status: 400, message: 'Part of the request is not valid JSON.' }
  if (error instanceof URIError) return { status: 400, message: UNREADABLE_PATH }
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack'))
    return { status: 400, message: 'The body is nested too deeply.' }
  return undefined
}
