import { setTimeout as sleep } from 'node:timers/promises'
import type { Page as Tab } from 'puppeteer'
import { ScrapeFailure } from '../../domain/scrape-failure.ts'
import {
  readButtonUrl,
  readShownCars,
  type MoreButton,
  pressButton,
  readButton,
  removeButton,
} from './page-scripts.ts'
import type { PageDocuments } from './page-documents.ts'
import type { PageTraffic } from './page-traffic.ts'

/** The page, and the signal that aborts waiting for it. */
type PageContext = {
  tab: Tab
  documents: PageDocuments
  traffic: PageTraffic
  signal: AbortSignal
}
type ClickResult = 'more' | 'nothing' | 'still loading'

const MAX_CLICKS = 100
const POLL_INTERVAL_MS = 200
/**
 * The time for which a button can be missing, hidden or disabled before the list counts as
 * complete.
 */
const BUTTON_TIMEOUT_MS = 1_500
/**
 * The time after which a click without new cars has no effect, counted from when the page has
 * loaded the data it requested.
 */
const NO_CARS_TIMEOUT_MS = 4_000
/** The maximum wait after a click, even if the page is still loading. */
const MAX_LOAD_MS = 15_000

/**
 * Clicks a button until it shows no new cars: it is gone, hidden or disabled, or has no effect.
 * `clicking` limits the whole process, and `gap` is the pause between clicks, both in milliseconds.
 * Returns why the page may not show all cars, in one sentence; null if it shows them all.
 */
export async function loadAllCars(
  page: PageContext,
  button: MoreButton,
  { gap, clicking }: { gap: number; clicking: number },
): Promise<string | null> {
  const { tab, documents, traffic, signal } = page
  const known = new Set(await readShownCars(tab, button))
  const first = [...known]
  const until = performance.now() + clicking
  let [clicks, clickedAt] = [0, performance.now()]
  for (; await waitUntilReady(page, button, clickedAt); clicks++) {
    if (clicks >= MAX_CLICKS || performance.now() >= until)
      return (
        `The button ${button.selector} still loaded more cars after ${clicks} clicks: the ` +
        'list is endless or too long.'
      )
    await sleep(gap, undefined, { signal })
    const before = traffic.failures.length
    documents.blockNavigation()
    clickedAt = performance.now()
    await pressButton(tab, button.selector)
    const clickResult = await waitForNewCars(page, button, known, clickedAt)
    if (clickResult !== 'more')
      return (
        (await findLoadProblem(page, button, clickResult, before)) ??
        finishLoading(page, button, first, clicks)
      )
    await traffic.waitUntilIdle(signal)
    for (const car of await readShownCars(tab, button)) known.add(car)
  }
  return finishLoading(page, button, first, clicks)
}

/**
 * Waits until a button can be clicked, because sites hide it while they load. Returns whether it
 * can. Throws ScrapeFailure if browsers do not support the selector.
 */
async function waitUntilReady(
  { tab, traffic, signal }: PageContext,
  { selector }: MoreButton,
  clickedAt: number,
): Promise<boolean> {
  for (
    let waited = 0;
    waited < (traffic.isBusySince(clickedAt) ? MAX_LOAD_MS : BUTTON_TIMEOUT_MS);
    waited += POLL_INTERVAL_MS
  ) {
    const state = await readButton(tab, selector)
    if (state === 'ready') return true
    if (state === 'unreadable')
      throw new ScrapeFailure(
        'parse',
        `Browsers do not support the selector ${selector} of the load-more button. Use ` +
          'another one.',
      )
    await sleep(POLL_INTERVAL_MS, undefined, { signal })
  }
  return false
}

/** Waits for the result of a click. */
async function waitForNewCars(
  { tab, documents, traffic, signal }: PageContext,
  button: MoreButton,
  known: ReadonlySet<string>,
  clickedAt: number,
): Promise<ClickResult> {
  for (let [quiet, all] = [0, 0]; quiet < NO_CARS_TIMEOUT_MS; all += POLL_INTERVAL_MS) {
    await sleep(POLL_INTERVAL_MS, undefined, { signal })
    if ((await readShownCars(tab, button)).some((car) => !known.has(car))) return 'more'
    if (documents.blockedUrl !== null) return 'nothing'
    const isBusy = traffic.isBusySince(clickedAt)
    if (all >= MAX_LOAD_MS) return isBusy ? 'still loading' : 'nothing'
    quiet = isBusy ? 0 : quiet + POLL_INTERVAL_MS
  }
  return 'nothing'
}

/** Returns why a click without new cars does not mean the end of the list; null if it does. */
async function findLoadProblem(
  { tab, documents, traffic }: PageContext,
  { selector }: MoreButton,
  clickResult: ClickResult,
  before: number,
): Promise<string | null> {
  if (clickResult === 'still loading')
    return `More cars were still loading ${MAX_LOAD_MS / 1000} s after a click on ${selector}.`
  const [failure] = traffic.failures.slice(before)
  if (failure) return `More cars could not be loaded: ${failure.message}`
  if (
    documents.blockedUrl === null ||
    documents.blockedUrl === (await readButtonUrl(tab, selector))
  )
    return null
  return (
    `The button ${selector} leads to another page, ${documents.blockedUrl.slice(0, 200)}: set { ` +
    '"next": { "link": … } } instead.'
  )
}

/**
 * Finishes the list. Removes a used button from the page, because its link has already been loaded.
 * Returns a problem if cars that were shown first are gone: the button replaces cars instead of
 * adding them.
 */
async function finishLoading(
  { tab }: PageContext,
  button: MoreButton,
  first: readonly string[],
  clicks: number,
): Promise<string | null> {
  const now = new Set(await readShownCars(tab, button))
  if (clicks > 0) await removeButton(tab, button.selector)
  const gone = button.cars ? first.filter((car) => !now.has(car)).length : 0
  return gone === 0
    ? null
    : `The button ${button.selector} replaces ${gone} of the cars that were already ` +
        'shown instead of adding to them.'
}
