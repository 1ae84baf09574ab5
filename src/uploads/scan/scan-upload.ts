import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { APIError, type PayloadRequest } from 'payload'
import { writeActivity } from '../../audit/entries.ts'
import { findStaffId } from '../../audit/audited-action.ts'
import { getOrigin } from '../../audit/origin.ts'
import { getTransaction } from '../../database/transaction.ts'
import { getService } from '../../services.ts'
import { ScanLimitExceeded, ScannerUnavailable, type UploadScanner } from './scanner.ts'

/** A received file, before anything reads it: on the disk, or in memory. */
export type ReceivedBytes = { path: string } | { bytes: Uint8Array }

/** Seconds after which an upload that could not be scanned should be repeated. */
const RETRY_SECONDS = 30

/**
 * Scans a received file, if a scanner is configured. Whatever receives a file calls this before it
 * uses the file: `readBody`, `withReceivedFile`, `withReceivedArchive` and `readUpload` do. Throws
 * a 422 that names what was found, which is also written to the audit log, a 413 if the file
 * exceeds a limit of the scanner, and a 503 with Retry-After if the scanner cannot scan: nothing is
 * stored unscanned.
 */
export async function scanUpload(req: PayloadRequest, file: ReceivedBytes): Promise<void> {
  const scanner = getService(req.payload, 'uploadScanner')
  if (!scanner) return
  const { signature } = await scan(req, scanner, file)
  if (signature === null) return
  await recordInfection(req, signature)
  throw new APIError(
    `The file contains malware (${signature}), so it was not stored. Check the device that it ` +
      'comes from.',
    422,
    undefined,
    true,
  )
}

async function scan(req: PayloadRequest, scanner: UploadScanner, file: ReceivedBytes) {
  const source = 'path' in file ? createReadStream(file.path) : Readable.from([file.bytes])
  try {
    return await scanner.scan(source)
  } catch (error) {
    const isOverLimit = error instanceof ScanLimitExceeded
    if (!isOverLimit && !(error instanceof ScannerUnavailable)) throw error
    const msg = `The scanner at ${scanner.label} could not scan an upload: ${error.message}.`
    req.payload.logger.error({ err: error, msg })
    throw isOverLimit ? new APIError(OVER_LIMIT, 413, undefined, true) : buildUnscanned(req)
  } finally {
    source.destroy()
  }
}

function buildUnscanned(req: PayloadRequest): Error {
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('retry-after', String(RETRY_SECONDS))
  return new APIError(UNSCANNED, 503, undefined, true)
}

const OVER_LIMIT =
  'The file exceeds a limit of the scanner for malware, so it was not stored. Send a smaller ' +
  'one, or ask an administrator to raise the limits of ClamAV, such as StreamMaxLength.'

const UNSCANNED =
  'Files cannot be checked for malware right now, so nothing was stored. Try again in ' +
  `${RETRY_SECONDS} seconds.`

/** Writes the audit entry on a connection of its own: the transaction of the request is undone. */
async function recordInfection(req: PayloadRequest, signature: string): Promise<void> {
  const { payload, method = '', pathname = '' } = req
  await writeActivity(getTransaction({ payload }), findStaffId(req), {
    action: 'infected_upload',
    change: { asked: `${method} ${pathname}`.slice(0, 200), reason: signature.slice(0, 300) },
    origin: getOrigin(req),
  })
}
