import type { Page as Tab } from 'puppeteer'
import type { CarSelectors } from '../../domain/more-button.ts'

/** A button that shows more cars, and how cars are told apart where that is known. */
export type MoreButton = { selector: string; cars: CarSelectors | undefined }

/*
 * What is looked up inside a page. These functions run there: they name nothing from outside, and
 * hold no named function of their own.
 */

/** What may be a car where nothing says what one is. */
const DEFAULT_LISTING_SELECTOR = 'li, article, tr, a[href]'

/**
 * What each car on the page is known by: a mark of its own with a digit in it, else all of its
 * words.
 */
export const readShownCars = (tab: Tab, { cars }: MoreButton): Promise<string[]> =>
  tab.evaluate(
    (listing, keys) =>
      Array.from(document.querySelectorAll(listing))
        .slice(0, 20_000)
        .map(
          (car) =>
            keys
              .map(({ selector, attribute }) => {
                const at = selector === '' ? car : car.querySelector(selector)
                const mark = (
                  (attribute === '' ? at?.textContent : at?.getAttribute(attribute)) ?? ''
                ).trim()
                /* `N/A`, `Call us`, `#` and the like stand in many cars, and name none. */
                return /\d/.test(mark) && !/^(?:#|javascript:)/i.test(mark) ? mark : ''
              })
              .find((key) => key !== '') ?? car.textContent.replaceAll(/\s+/g, ' ').trim(),
        ),
    cars?.listing ?? DEFAULT_LISTING_SELECTOR,
    cars?.keys ?? [],
  )

/** Whether a button can be pressed; `unreadable` is a selector that browsers do not know. */
export const readButton = (
  tab: Tab,
  selector: string,
): Promise<'ready' | 'gone' | 'asleep' | 'unreadable'> =>
  tab.evaluate((selector) => {
    try {
      const button = document.querySelector(selector)
      if (!button) return 'gone'
      const { width, height } = button.getBoundingClientRect()
      const isSeen = width > 0 && height > 0 && button.checkVisibility({ visibilityProperty: true })
      const isDisabled =
        button.matches(':disabled, [inert], [inert] *') ||
        button.getAttribute('aria-disabled') === 'true'
      return isSeen && !isDisabled ? 'ready' : 'asleep'
    } catch {
      return 'unreadable'
    }
  }, selector)

/** Presses a button, whatever its page makes of that. */
export const pressButton = (tab: Tab, selector: string): Promise<void> =>
  tab.evaluate((selector) => {
    const button = document.querySelector(selector)
    if (button instanceof HTMLElement) button.click()
  }, selector)

/** The address that a button names, for whoever has no script; null where it names none. */
export const readButtonUrl = (tab: Tab, selector: string): Promise<string | null> =>
  tab.evaluate((selector) => {
    const button = document.querySelector(selector)
    const named = button?.getAttribute('href') ?? button?.getAttribute('data-url')
    return named ? (URL.parse(named, document.baseURI)?.href ?? null) : null
  }, selector)

export const removeButton = (tab: Tab, selector: string): Promise<void> =>
  tab.evaluate((selector) => document.querySelector(selector)?.remove(), selector)

/** The page as it is shown by now; null where it has more letters than `most`. */
export const readHtml = (tab: Tab, maxLength: number): Promise<string | null> =>
  tab.evaluate((most) => {
    const letters = document.documentElement.outerHTML
    return letters.length > most ? null : letters
  }, maxLength)
