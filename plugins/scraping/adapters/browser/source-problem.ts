import { MAX_HTML_DEPTH, isCutOff } from '../../platforms/html-page.ts'
import { computeHtmlDepth } from '../../domain/html-depth.ts'

/**
 * Returns why the source of a page cannot be read, in one sentence; null if it is complete. A
 * browser turns any input into a valid page, so that garbage would look like a page without cars.
 */
export function findSourceProblem(source: string, url: string): string | null {
  const at = url.slice(0, 200)
  if (source.trim() === '') return `The page is empty: ${at}`
  if (!/<[a-z!]/i.test(source)) return `The page is not HTML: ${at}`
  if (isCutOff(source)) return `The page is truncated: ${at}`
  return computeHtmlDepth(source) > MAX_HTML_DEPTH
    ? `Its elements are nested more than ${MAX_HTML_DEPTH} deep: ${at}`
    : null
}
