import { randomUUID } from 'node:crypto'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const STORED = new RegExp(`^${UUID}(?:-[a-z]+)?\\.[a-z0-9]{2,5}$`)
const PART = new RegExp(`^\\.${UUID}\\.part$`)
const SET_ASIDE = new RegExp(`^\\.(${UUID}(?:-[a-z]+)?\\.[a-z0-9]{2,5})\\.deleted$`)

/**
 * A file in the folder of uploads: `stored` (a row names it), `part` (being written), or `set
 * aside` (its row is being deleted).
 */
export type UploadFile = { kind: 'stored' | 'part' | 'set aside'; name: string }

/** The name of a file that is being written. It gets its own name when it is whole. */
export const createPartName = (): string => `.${randomUUID()}.part`

/** The name of a stored file while its row is being deleted. */
export const getSetAsideName = (stored: string): string => `.${stored}.deleted`

/**
 * Classifies a file by its name; `name` is the name in its row. Null if the file is not one of
 * ours.
 */
export function parseUploadFile(file: string): UploadFile | null {
  if (STORED.test(file)) return { kind: 'stored', name: file }
  if (PART.test(file)) return { kind: 'part', name: file }
  const name = SET_ASIDE.exec(file)?.[1]
  return name === undefined ? null : { kind: 'set aside', name }
}
