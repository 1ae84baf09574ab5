import type { TextField } from 'payload'
import { permissions } from '../access/permissions.ts'
import { text } from './text.ts'

/** The length of a SHA-256 in hexadecimal. */
const LENGTH = 64

/**
 * Which record of an imported file a row is: the SHA-256 over the cells that identify it. An import
 * that contains the record again does not add it again. Null for a row that was not imported.
 */
export function importFingerprint(): TextField {
  return text('importFingerprint', LENGTH, {
    hidden: true,
    access: { create: permissions.nobody, update: permissions.nobody },
  })
}
