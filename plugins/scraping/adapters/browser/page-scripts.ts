import type { Page as Tab } from 'puppeteer'
import type { CarSelectors } from '../../domain/more-button.ts'

/** A button that shows more cars, and how to distinguish the cars, if known. */
export type MoreButton = { selector: string; cars: CarSelectors | undefined }

/*
 * The functions of this file run inside a page: they must not refer to anything outside, and must
 * not contain named functions.
 */

/** Matches elements that may be cars if the settings do not specify them. */
const DEFAULT_LISTING_SELECTOR = 'li, article, tr, a[href]'

/**
 * Reads a key for each car on the page: its own identifier with a digit in it, else its whole text.
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
                /* `N/A`, `Call us`, `#` and the like occur in many cars and identify none. */
                return /\d/.test(mark) && !/^(?:#|javascript:)/i.test(mark) ? mark : ''
              })
              .find((key) => key !== '') ?? car.textContent.replaceAll(/\s+/g, ' ').trim(),
        ),
    cars?.listing ?? DEFAULT_LISTING_SELECTOR,
    cars?.keys ?? [],
  )

/**
 * Returns whether a button can be clicked; `unreadable` is a selector that browsers do not support.
 */
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

/** Clicks a button, whatever the page does with the click. */
export const pressButton = (tab: Tab, selector: string): Promise<void> =>
  tab.evaluate((selector) => {
    const button = document.querySelector(selector)
    if (button instanceof HTMLElement) button.click()
  }, selector)

/** Returns the URL of a button that works without scripts; null if it has none. */
export const readButtonUrl = (tab: Tab, selector: string): Promise<string | null> =>
  tab.evaluate((selector) => {
    const button = document.querySelector(selector)
    const named = button?.getAttribute('href') ?? button?.getAttribute('data-url')
    return named ? (URL.parse(named, document.baseURI)?.href ?? null) : null
  }, selector)

export const removeButton = (tab: Tab, selector: string): Promise<void> =>
  tab.evaluate((selector) => document.querySelector(selector)?.remove(), selector)

/** Returns the current HTML of the page; null if it has more than `maxLength` characters. */
export const readHtml = (tab: Tab, maxLength: number): Promise<string | null> =>
  tab.evaluate((most) => {
    const letters = document.documentElement.outerHTML
    return letters.length > most ? null : letters
  }, maxLength)
