import { formatCanonicalJson } from '../../domain/canonical-json.ts'

/** The SHA-256 of a text in UTF-8, in lower-case hexadecimal digits. */
export type HashText = (text: string) => string

/**
 * A record in a chain: `previous` is the hash of the record before it, null for the first one, and
 * `hash` covers everything else in the record, `previous` included.
 */
export type Chained<Content> = Content & { previous: string | null; hash: string }

/** How the hashes are computed, as histories and the README name it. */
export const ALGORITHM = 'SHA-256 of RFC 8785 canonical JSON'

/** Chains records in their order. The hash of the last one is the head: it covers all of them. */
export function chainRecords<Content extends object>(
  records: readonly Content[],
  hashText: HashText,
): Chained<Content>[] {
  const chain: Chained<Content>[] = []
  for (const record of records) {
    const previous = chain.at(-1)?.hash ?? null
    const linked = { ...record, previous }
    chain.push({ ...linked, hash: hashText(formatCanonicalJson(linked)) })
  }
  return chain
}

/** Computes what the hash of a record must be: that of the record without its `hash`. */
export function hashRecord(record: Readonly<Record<string, unknown>>, hashText: HashText): string {
  const covered = Object.entries(record).filter(([name]) => name !== 'hash')
  return hashText(formatCanonicalJson(Object.fromEntries(covered)))
}
