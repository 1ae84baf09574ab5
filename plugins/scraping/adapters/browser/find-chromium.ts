import { existsSync } from 'node:fs'
import { ScrapeFailure } from '../../domain/scrape-failure.ts'

const DEFAULT_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
]

/**
 * Returns the path of the browser on this machine: the configured one, else one of the default
 * paths. Throws ScrapeFailure if there is none.
 */
export function findChromium(
  configuredPath: string | undefined,
  defaultPaths: readonly string[] = DEFAULT_PATHS,
): string {
  const found = (configuredPath === undefined ? defaultPaths : [configuredPath]).find((candidate) =>
    existsSync(candidate),
  )
  if (found !== undefined) return found
  const searched =
    configuredPath === undefined ? '' : ` at ${configuredPath}, the path in CHROMIUM_PATH`
  throw new ScrapeFailure(
    'unknown',
    `This site needs a browser, but none was found on this machine${searched}. Install ` +
      'Debian’s chromium, or set CHROMIUM_PATH.',
  )
}
