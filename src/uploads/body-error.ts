import { APIError } from 'payload'

/**
 * A body that could not be read: too large (413), stalled (408), in an unsupported charset (415),
 * cut off or malformed (400). The message is for the client.
 */
export class BodyError extends APIError {
  constructor(status: 400 | 408 | 413 | 415, message: string, cause?: unknown) {
    super(message, status, undefined, true)
    this.cause = cause
  }
}
