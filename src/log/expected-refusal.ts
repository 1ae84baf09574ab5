import { anyOf } from '../domain/pattern-choice.ts'
import { findDatabaseRefusalStatus } from '../api/errors/database-refusal.ts'
import { describeUnreadableRequest } from '../api/errors/unreadable-request.ts'

/** Next's messages for an invalid call by the client, which have no status. */
const BAD_SERVER_ACTION_MESSAGES = anyOf([
  'Failed to find Server Action',
  'Invalid Server Actions? request',
  'Server Action "',
  'Body exceeded ',
  'Connection closed',
])
const BAD_SERVER_ACTION = new RegExp(`^${BAD_SERVER_ACTION_MESSAGES}`)

const MAX_DEPTH = 5

/**
 * The 4xx status of an error that refuses a request, which is not logged as an error; null for any
 * other error. GraphQL wraps the error of a resolver in its own; one without a cause means that the
 * document was invalid.
 */
export function findRefusalStatus(error: unknown, depth = 0): number | null {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return null
  const { originalError, status, statusCode } = error as Error &
    Partial<Record<'originalError' | 'status' | 'statusCode', unknown>>
  if (originalError instanceof Error && originalError !== error)
    return findRefusalStatus(originalError, depth + 1)
  for (const known of [status, statusCode])
    if (typeof known === 'number') return isClientError(known) ? known : null
  if (error.name === 'GraphQLError') return 400
  if (BAD_SERVER_ACTION.test(error.message)) return 400
  return describeUnreadableRequest(error)?.status ?? findDatabaseRefusalStatus(error) ?? null
}

/** A 4xx, or a 501 for a feature that this server is not configured for: neither is a failure. */
const isClientError = (status: number) => (status >= 400 && status < 500) || status === 501
