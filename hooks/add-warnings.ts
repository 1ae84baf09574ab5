import type { PayloadRequest } from 'payload'
import {
  decodeWarnings,
  encodeWarnings,
  type Warning,
  WARNINGS_HEADER,
} from '../src/domain/warning.ts'

/** Adds warnings to the response of `req`. */
export function addWarnings(req: PayloadRequest, warnings: readonly Warning[]): void {
  if (warnings.length === 0) return
  req.responseHeaders ??= new Headers()
  const earlier = req.responseHeaders.get(WARNINGS_HEADER)
  req.responseHeaders.set(
    WARNINGS_HEADER,
    encodeWarnings([...(earlier ? decodeWarnings(earlier) : []), ...warnings]),
  )
}
