import { readFileSync } from 'node:fs'

/** Descriptors that are kept for files, PostgreSQL, Redis, child processes and other servers. */
const RESERVED = 200

/** The limit of open files and sockets of this process; undefined except on Linux. */
export function readOpenFilesLimit(): number | undefined {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return limit === undefined ? undefined : Number(limit)
  } catch {
    return undefined
  }
}

/**
 * How many connections a server may have open: as many as are wanted, and so few that enough
 * descriptors are left for everything else (at least half of a very small limit).
 */
export function computeMaxConnections(wanted: number, openFiles: number | undefined): number {
  if (openFiles === undefined) return wanted
  return Math.min(wanted, openFiles - Math.min(RESERVED, Math.ceil(openFiles / 2)))
}
