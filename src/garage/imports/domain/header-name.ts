/** The names of columns are shorter. What is after it would only cost time. */
const MAX_LENGTH = 200

/** The beginning of the name of a column, which is all of it unless it is not a name. */
export const shortenHeader = (name: string): string => name.slice(0, MAX_LENGTH)

/** A name without case, and without a unit in parentheses: `Odo (mi)` is `odo`. */
export const foldHeader = (name: string): string =>
  shortenHeader(name)
    .replaceAll(/\s*[([][^)\]]*[)\]]/g, '')
    .trim()
    .toLowerCase()
