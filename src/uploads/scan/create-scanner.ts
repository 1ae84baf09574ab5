import type { Settings } from '../../env.ts'
import { createClamdScanner } from './clamd.ts'
import { parseClamdAddress } from './clamd-address.ts'
import type { UploadScanner } from './scanner.ts'

/** The scanner that the setting CLAMAV_URL names; null without it. */
export function createConfiguredScanner({
  CLAMAV_URL: url,
}: Pick<Settings, 'CLAMAV_URL'>): UploadScanner | null {
  const address = url === undefined ? null : parseClamdAddress(url)
  return address && createClamdScanner(address)
}

/** Explains why the configured scanner does not answer; null if it does, or there is none. */
export async function findScannerProblem(
  settings: Pick<Settings, 'CLAMAV_URL'>,
): Promise<string | null> {
  const scanner = createConfiguredScanner(settings)
  if (!scanner) return null
  try {
    await scanner.ping()
    return null
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return (
      `CLAMAV_URL is set, but no ClamAV answers at ${scanner.label}: ${reason}. Uploads are ` +
      'refused until it does.'
    )
  }
}
