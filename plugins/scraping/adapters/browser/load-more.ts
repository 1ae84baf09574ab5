import { setTimeout as sleep } from 'node:timers/promises'
import type { Page as Tab } from 'puppeteer'
import { ScrapeFailure } from '../../domain/scrape-failure.ts'
import { addressAtButton, carsShown, type MoreButton, press, readButton, removeButton } from './in-page.ts'
import type { PageDocuments } from './page-documents.ts'
import type { PageTraffic } from './page-traffic.ts'

/** The page, and who ends the waiting for it. */
type Shown = { tab: Tab; documents: PageDocuments; traffic: PageTraffic; signal: AbortSignal }
type Press = 'more' | 'nothing' | 'still loading'

const MOST_CLICKS = 100
const LOOK_MS = 200
/** A button that is away, hidden or disabled for so long is not used any more. */
const READY_MS = 1_500
/** A click that brings no car within so long after the page has loaded what it wanted brings none. */
const NOTHING_MS = 4_000
/** No click is waited for longer, whatever the page is still loading. */
const LONGEST_MS = 15_000

/**
 * Presses a button until it brings no car that was not there before: it is gone, or hidden, or disabled, or does nothing. `clicking` are
 * the milliseconds for all of it, `gap` those between two clicks. Answers why the page may show fewer cars than there are, in a sentence;
 * null when it shows them all.
 */
export async function showAll(
  page: Shown,
  button: MoreButton,
  { gap, clicking }: { gap: number; clicking: number },
): Promise<string | null> {
  const { tab, documents, traffic, signal } = page
  const known = new Set(await carsShown(tab, button))
  const first = [...known]
  const until = performance.now() + clicking
  let [clicks, clickedAt] = [0, performance.now()]
  for (; await isReady(page, button, clickedAt); clicks++) {
    if (clicks >= MOST_CLICKS || performance.now() >= until)
      return `The button ${button.selector} still brought more cars after ${clicks} clicks: the list comes to no end, or is too long.`
    await sleep(gap, undefined, { signal })
    const before = traffic.failures.length
    documents.stay()
    clickedAt = performance.now()
    await press(tab, button.selector)
    const came = await awaitCars(page, button, known, clickedAt)
    if (came !== 'more') return (await whyNothing(page, button, came, before)) ?? afterAll(page, button, first, clicks)
    await traffic.rest(signal)
    for (const car of await carsShown(tab, button)) known.add(car)
  }
  return afterAll(page, button, first, clicks)
}

/** Whether a button can be pressed, now or soon: sites take it away while they load. Throws ScrapeFailure for a selector of no button. */
async function isReady({ tab, traffic, signal }: Shown, { selector }: MoreButton, clickedAt: number): Promise<boolean> {
  for (let waited = 0; waited < (traffic.isBusySince(clickedAt) ? LONGEST_MS : READY_MS); waited += LOOK_MS) {
    const state = await readButton(tab, selector)
    if (state === 'ready') return true
    if (state === 'unreadable')
      throw new ScrapeFailure('parse', `Browsers cannot read the selector ${selector} of the button for more. Use another one.`)
    await sleep(LOOK_MS, undefined, { signal })
  }
  return false
}

/** What a click brought. */
async function awaitCars(
  { tab, documents, traffic, signal }: Shown,
  button: MoreButton,
  known: ReadonlySet<string>,
  clickedAt: number,
): Promise<Press> {
  for (let [quiet, all] = [0, 0]; quiet < NOTHING_MS; all += LOOK_MS) {
    await sleep(LOOK_MS, undefined, { signal })
    if ((await carsShown(tab, button)).some((car) => !known.has(car))) return 'more'
    if (documents.left !== null) return 'nothing'
    const isBusy = traffic.isBusySince(clickedAt)
    if (all >= LONGEST_MS) return isBusy ? 'still loading' : 'nothing'
    quiet = isBusy ? 0 : quiet + LOOK_MS
  }
  return 'nothing'
}

/** Why a click that brought nothing is not the end of the list; null where it is. */
async function whyNothing(
  { tab, documents, traffic }: Shown,
  { selector }: MoreButton,
  came: Press,
  before: number,
): Promise<string | null> {
  if (came === 'still loading') return `More cars were still being loaded ${LONGEST_MS / 1000} s after a click on ${selector}.`
  const [failure] = traffic.failures.slice(before)
  if (failure) return `More cars could not be loaded: ${failure.message}`
  if (documents.left === null || documents.left === (await addressAtButton(tab, selector))) return null
  return `The button ${selector} leads to another page, ${documents.left.slice(0, 200)}: set { "next": { "link": … } } instead.`
}

/**
 * The end of the list. A button that has done its work leads nowhere any more: what it names was loaded. Cars that were shown first and are
 * gone were replaced, not added to.
 */
async function afterAll({ tab }: Shown, button: MoreButton, first: readonly string[], worked: number): Promise<string | null> {
  const now = new Set(await carsShown(tab, button))
  if (worked > 0) await removeButton(tab, button.selector)
  const gone = button.cars ? first.filter((car) => !now.has(car)).length : 0
  return gone === 0
    ? null
    : `The button ${button.selector} takes ${gone} cars away that were shown before, and brings others in their place.`
}
