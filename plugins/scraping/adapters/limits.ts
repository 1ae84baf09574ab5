/** No page is fetched a third time in one run, whoever fetched it before. */
export const MOST_ATTEMPTS = 2
/** How often a site may put off one page. */
export const MOST_PUT_OFF = 3
/** As many pages as one run reads. */
export const MOST_PAGES = 1_000
