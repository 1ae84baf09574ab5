/** What an entry of an archive says about itself. Offsets and sizes are in bytes. */
export type ArchiveEntry = {
  name: string
  offset: number
  nameBytes: number
  compressedBytes: number
  bytes: number
  /** The Unix mode of the file; 0 if the archive has none. */
  mode: number
  isReadable: boolean
}

const MAX_ENTRIES = 10_000
const MAX_RATIO = 100
/** Smaller entries cannot fill a memory or a disk, whatever their ratio. */
const MIN_RATIO_BYTES = 1_000_000
/** Tables are read into memory. */
const MAX_TABLE_BYTES = 40_000_000
const MAX_TOTAL_BYTES = 400_000_000

const LOCAL_HEADER_BYTES = 30
const FILE_KIND = 0o170000
const LINK = 0o120000

/**
 * Explains why an archive is not read, judging by its directory; null if it may be. What it claims
 * is checked again while it is read.
 */
export function findArchiveProblem(entries: readonly ArchiveEntry[]): string | null {
  if (entries.length > MAX_ENTRIES)
    return `has ${entries.length} entries, and the limit is ${MAX_ENTRIES}`
  const names = new Set<string>()
  for (const entry of entries) {
    const problem = findEntryProblem(entry)
    if (problem !== null) return problem
    if (names.has(entry.name)) return `has two entries named ${JSON.stringify(entry.name)}`
    names.add(entry.name)
  }
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > MAX_TOTAL_BYTES) return `contains ${total} bytes, and the limit is ${MAX_TOTAL_BYTES}`
  const tables = entries.filter(({ name }) => isTable(name))
  const tableBytes = tables.reduce((sum, { bytes }) => sum + bytes, 0)
  if (tableBytes > MAX_TABLE_BYTES)
    return `contains tables of ${tableBytes} bytes, and the limit is ${MAX_TABLE_BYTES}`
  return findOverlap(entries)
}

function findEntryProblem(entry: ArchiveEntry): string | null {
  const { bytes, compressedBytes, isReadable, mode, name } = entry
  const named = JSON.stringify(name.slice(0, 100))
  if (name.startsWith('/') || name.includes('\\') || /^[A-Za-z]:/.test(name))
    return `has the entry ${named}, whose name is not a relative path`
  if (name.split('/').includes('..')) return `has the entry ${named}, which leads out of it`
  if ((mode & FILE_KIND) === LINK) return `has the entry ${named}, which is a link`
  if (!isReadable) return `has the entry ${named}, which is encrypted or packed in another way`
  if (bytes > MIN_RATIO_BYTES && bytes > compressedBytes * MAX_RATIO)
    return `has the entry ${named}, which expands more than ${MAX_RATIO} times`
  return null
}

/** Whether an entry is a table of an export, in JSON. */
export const isTable = (name: string): boolean => /^[a-z0-9-]+\.json$/.test(name)

/** Entries that share bytes expand the same bytes several times. */
function findOverlap(entries: readonly ArchiveEntry[]): string | null {
  const sorted = entries.toSorted((one, other) => one.offset - other.offset)
  let end = 0
  for (const { compressedBytes, name, nameBytes, offset } of sorted) {
    if (offset < end) return `has the entry ${JSON.stringify(name)}, which overlaps another one`
    end = offset + LOCAL_HEADER_BYTES + nameBytes + compressedBytes
  }
  return null
}
