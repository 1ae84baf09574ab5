/** A number, or in words why it cannot be given. */
export type Figure = { value: number; reason: null } | { value: null; reason: string }

/** A figure that can be given. */
export const giveFigure = (value: number): Figure => ({ value, reason: null })

/** A figure that cannot be given. */
export const withholdFigure = (reason: string): Figure => ({ value: null, reason })
