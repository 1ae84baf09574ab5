import { APIError } from 'payload'

/** A file that cannot be imported (400). The message says why, and how to correct it. */
export class RefusedImport extends APIError {
  constructor(message: string, data?: Record<string, unknown>) {
    super(message, 400, data, true)
  }
}
