import type { Readable } from 'node:stream'

/**
 * A receiver's server. `address` is the checked IP address to connect to, `host` the name that was
 * entered; `folder` is empty for the one after signing in. `pin` is the fingerprint that the server
 * must have: of its host key, or of its certificate; null if there is none.
 */
export type FeedServer = {
  address: string
  host: string
  port: number
  user: string
  password: string | null
  privateKey: string | null
  folder: string
  pin: string | null
}

/** A file to deliver. `tempName` is its name until it is whole. `open` can be called again. */
export type FeedUpload = {
  fileName: string
  tempName: string
  bytes: number
  open: () => Promise<Readable>
}

/**
 * What a test of a connection found: the number of files in the folder, and the fingerprint of the
 * server, null for plain FTP.
 */
export type ConnectionReport = { files: number; fingerprint: string | null }

/**
 * One way to send files to a server. Both methods throw DeliveryFailure, or the reason of the
 * signal.
 */
export type FeedChannel = {
  /**
   * Sends a file under its temporary name, checks its size, and renames it. Under the final name
   * there is always one whole file, the one before or the new one.
   */
  upload: (server: FeedServer, upload: FeedUpload, signal: AbortSignal) => Promise<void>
  /** Connects, signs in, and lists the folder. Changes nothing. */
  test: (server: FeedServer, signal: AbortSignal) => Promise<ConnectionReport>
}

/** How long a server may not react, or a transfer not move, in milliseconds. */
export const STALL_MS = 30_000

/** Temporary files of ours in a folder, of this feed or of an earlier version of it. */
export const isLeftover = (name: string, feed: string): boolean =>
  new RegExp(`\\.${feed}-[0-9a-f]{8}\\.part$`).test(name)
