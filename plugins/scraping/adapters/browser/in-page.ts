import type { Page as Tab } from 'puppeteer'
import type { CarMarks } from '../../domain/more-button.ts'

/** A button that shows more cars, and how cars are told apart where that is known. */
export type MoreButton = { selector: string; cars: CarMarks | undefined }

/* What is looked up inside a page. These functions run there: they name nothing from outside, and hold no named function of their own. */

/** What may be a car where nothing says what one is. */
const ANYTHING = 'li, article, tr, a[href]'

/** What each car on the page is known by: a mark of its own with a digit in it, else all of its words. */
export const carsShown = (tab: Tab, { cars }: MoreButton): Promise<string[]> =>
  tab.evaluate(
    (listing, marks) =>
      Array.from(document.querySelectorAll(listing))
        .slice(0, 20_000)
        .map(
          (car) =>
            marks
              .map(({ selector, attribute }) => {
                const at = selector === '' ? car : car.querySelector(selector)
                const mark = ((attribute === '' ? at?.textContent : at?.getAttribute(attribute)) ?? '').trim()
                /* `N/A`, `Call us`, `#` and the like stand in many cars, and name none. */
                return /\d/.test(mark) && !/^(?:#|javascript:)/i.test(mark) ? mark : ''
              })
              .find((mark) => mark !== '') ?? car.textContent.replaceAll(/\s+/g, ' ').trim(),
        ),
    cars?.listing ?? ANYTHING,
    cars?.marks ?? [],
  )

/** Whether a button can be pressed; `unreadable` is a selector that browsers do not know. */
export const readButton = (tab: Tab, selector: string): Promise<'ready' | 'gone' | 'asleep' | 'unreadable'> =>
  tab.evaluate((selector) => {
    try {
      const button = document.querySelector(selector)
      if (!button) return 'gone'
      const { width, height } = button.getBoundingClientRect()
      const isSeen = width > 0 && height > 0 && button.checkVisibility({ visibilityProperty: true })
      const isDisabled = button.matches(':disabled, [inert], [inert] *') || button.getAttribute('aria-disabled') === 'true'
      return isSeen && !isDisabled ? 'ready' : 'asleep'
    } catch {
      return 'unreadable'
    }
  }, selector)

/** Presses a button, whatever its page makes of that. */
export const press = (tab: Tab, selector: string): Promise<void> =>
  tab.evaluate((selector) => {
    const button = document.querySelector(selector)
    if (button instanceof HTMLElement) button.click()
  }, selector)

/** The address that a button names, for whoever has no script; null where it names none. */
export const addressAtButton = (tab: Tab, selector: string): Promise<string | null> =>
  tab.evaluate((selector) => {
    const button = document.querySelector(selector)
    const named = button?.getAttribute('href') ?? button?.getAttribute('data-url')
    return named ? (URL.parse(named, document.baseURI)?.href ?? null) : null
  }, selector)

export const removeButton = (tab: Tab, selector: string): Promise<void> =>
  tab.evaluate((selector) => document.querySelector(selector)?.remove(), selector)

/** The page as it is shown by now; null where it has more letters than `most`. */
export const htmlOf = (tab: Tab, most: number): Promise<string | null> =>
  tab.evaluate((most) => {
    const letters = document.documentElement.outerHTML
    return letters.length > most ? null : letters
  }, most)
