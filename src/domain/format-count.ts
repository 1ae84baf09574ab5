/** Formats a number with the noun it counts: `1 run`, `2,000 runs`, `0 entries`. */
export const formatCount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`
