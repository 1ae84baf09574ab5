/** The maximum number of attempts to fetch a page in one run, by all workers together. */
export const MAX_ATTEMPTS = 2
/** The maximum number of times that a site can defer one page. */
export const MAX_DEFERRALS = 3
/** The maximum number of pages per run. */
export const MAX_RUN_PAGES = 1_000
