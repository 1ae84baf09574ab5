import { randomInt } from 'node:crypto'
import { formatReference, REFERENCE_BASE, REFERENCE_LENGTH } from './domain/reference.ts'

/** A new random reference. A unique index guards against the same one twice. */
export const createReference = (): string =>
  formatReference(Array.from({ length: REFERENCE_LENGTH }, () => randomInt(REFERENCE_BASE)))
