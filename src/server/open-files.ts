import { readFileSync } from 'node:fs'

/**
 * File descriptors that are reserved for files, PostgreSQL, Redis, child processes and other
 * servers.
 */
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
 * Computes how many connections a server may have open: the wanted number, or fewer so that enough
 * descriptors remain for everything else (at least half of a very small limit).
 */
export function computeMaxConnections(wanted: number, openFiles: number | undefined): number {
  if (openFiles === undefined) return wanted
  return Math.min(wanted, openFiles - Math.min(RESERVED, Math.ceil(openFiles / 2)))
}
