/** What a check of the address of a photo found. `problem` is null if there is a photo. */
export type CheckResult = { status: number | null; problem: string | null }

/** The failed checks in a row from which a photo counts as dead: one may be a bad night. */
export const DEAD_AFTER = 2

/** Statuses of sites that are busy or do not know HEAD: they say nothing about the photo. */
const UNKNOWN = [405, 408, 425, 429, 501, 503]

/**
 * Whether a response says nothing about the photo, so that it has to be requested in another way or
 * on another night.
 */
export const isUnknownStatus = (status: number): boolean => UNKNOWN.includes(status)

/** What a response to a request for a photo says; `type` is its Content-Type, or empty. */
export function judgePhotoResponse(status: number, type: string): CheckResult {
  if (status < 200 || status >= 300) return { status, problem: `The site answers ${status}.` }
  const isPhoto = type === '' || /^(?:image\/|application\/octet-stream\b)/i.test(type)
  const problem = isPhoto ? null : `The site answers with ${type.slice(0, 100)}, not with a photo.`
  return { status, problem }
}
