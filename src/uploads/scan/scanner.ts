import type { Readable } from 'node:stream'

declare module '../../services.ts' {
  interface Services {
    /** Scans uploads for malware; null if no scanner is configured. */
    uploadScanner: UploadScanner | null
  }
}

/** The name of what was found in a file; null if nothing was. */
export type ScanResult = { signature: string | null }

/**
 * The port to a scanner for malware. Throws ScannerUnavailable if it cannot scan, and
 * ScanLimitExceeded for a file that it does not scan because of its size.
 */
export type UploadScanner = {
  /** Where it is, for messages. */
  readonly label: string
  scan: (file: Readable) => Promise<ScanResult>
  /** Resolves if the scanner answers. */
  ping: () => Promise<void>
}

/** The scanner could not scan a file. The message says why and continues "…: it". */
export class ScannerUnavailable extends Error {
  override readonly name = 'ScannerUnavailable'
}

/** The file is larger, or nested deeper, than the scanner accepts; repeating it does not help. */
export class ScanLimitExceeded extends Error {
  override readonly name = 'ScanLimitExceeded'
}
