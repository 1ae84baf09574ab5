import { existsSync } from 'node:fs'
import { ScrapeFailure } from '../../domain/scrape-failure.ts'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable']

/** Where the browser of this machine is: where the setting says, else the usual places. Throws ScrapeFailure where there is none. */
export function findChromium(said: string | undefined, places: readonly string[] = PLACES): string {
  const found = (said === undefined ? places : [said]).find((place) => existsSync(place))
  if (found !== undefined) return found
  const looked = said === undefined ? '' : ` at ${said}, where CHROMIUM_PATH says it is`
  throw new ScrapeFailure(
    'unknown',
    `This site needs a browser, and there is none on this machine${looked}. Install Debian’s chromium, or set CHROMIUM_PATH.`,
  )
}
