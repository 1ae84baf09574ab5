/** No page is fetched a third time in one run, whoever fetched it before. */
export const MAX_ATTEMPTS = 2
/** How often a site may put off one page. */
export const MAX_DEFERRALS = 3
/** As many pages as one run reads. */
export const MAX_RUN_PAGES = 1_000
