import { APIError } from 'payload'
import pg from 'pg'

/**
 * `refused`: the database rolled back the transaction. `unknown`: the connection broke before the
 * response to COMMIT arrived.
 */
type CommitOutcome = 'refused' | 'unknown'

/** The message for a caller when the connection broke during COMMIT. */
export const OUTCOME_UNKNOWN =
  'It is unknown whether this change was saved. Check the current state before you retry.'
const NOT_STORED = 'The database did not save this change. Nothing was stored.'

/**
 * A transaction whose COMMIT was not confirmed. `refused`: nothing was stored; `cause` is the
 * database's error, if there is one, and src/api/errors/database-refusal.ts chooses the response by
 * its code. `unknown`: the connection broke first, so the transaction may have been stored (503).
 */
export class CommitFailed extends APIError {
  readonly outcome: CommitOutcome

  constructor(outcome: CommitOutcome, cause: unknown) {
    super(
      outcome === 'unknown' ? OUTCOME_UNKNOWN : NOT_STORED,
      outcome === 'unknown' ? 503 : 500,
      null,
      true,
    )
    this.outcome = outcome
    this.cause = cause
  }
}

/** Whether an error is a COMMIT whose outcome is unknown. */
export const isCommitUnknown = (error: unknown): error is CommitFailed =>
  error instanceof CommitFailed && error.outcome === 'unknown'

/**
 * A COMMIT or an autocommitted write that was not sent because its request already has a response.
 */
export class RequestAnswered extends Error {
  override readonly name = 'RequestAnswered'
}

/**
 * Sends COMMIT on a client with an open transaction and reads the response. Returns only after the
 * database confirmed it; throws CommitFailed otherwise. If a statement of the transaction failed,
 * PostgreSQL responds to the COMMIT with the tag ROLLBACK and no error.
 */
export async function commitTransaction(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  let tag: string
  try {
    tag = (await client.query('commit')).command
  } catch (cause) {
    const answered = cause instanceof pg.DatabaseError || cause instanceof RequestAnswered
    /*
     * A backend that shuts down sends an error, too. One that still responds has definitely refused
     * the COMMIT.
     */
    throw new CommitFailed(
      answered && (await rollbackTransaction(client)) === null ? 'refused' : 'unknown',
      cause,
    )
  }
  if (tag !== 'COMMIT')
    throw new CommitFailed(
      'refused',
      new Error(`PostgreSQL answered COMMIT with ${tag}: an earlier statement failed.`),
    )
}

/**
 * Rolls back a transaction. Returns null, or the error of a connection that can no longer be used.
 */
export async function rollbackTransaction(
  client: Pick<pg.ClientBase, 'query'>,
): Promise<Error | null> {
  return client.query('rollback').then(
    () => null,
    (error: Error) => error,
  )
}
