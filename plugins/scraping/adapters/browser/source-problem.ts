import { isCutOff } from '../../platforms/html-page.ts'
import { nesting } from '../../domain/nesting.ts'

/** No page that people look at is nested as deep; a browser cuts it. */
const DEEPEST = 2_000

/**
 * Why the source of a page is none to read, in a sentence; null where it is whole. A browser makes a tidy page of whatever it is sent, so
 * that garbage would look like a page without cars.
 */
export function findSourceProblem(source: string, url: string): string | null {
  const at = url.slice(0, 200)
  if (source.trim() === '') return `The page is empty: ${at}`
  if (!/<[a-z!]/i.test(source)) return `The page is no HTML: ${at}`
  if (isCutOff(source)) return `The page breaks off in the middle: ${at}`
  return nesting(source) > DEEPEST ? `Its elements are nested more than ${DEEPEST} deep: ${at}` : null
}
