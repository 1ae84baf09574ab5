/** The columns before those of the file itself. Reading the file again ignores them. */
const REFUSAL_COLUMNS = ['line', 'reason'] as const

/** Formats the first line of a file of refused lines. */
export const formatRefusalHeader = (header: readonly string[]): string =>
  formatCells([...REFUSAL_COLUMNS, ...header])

/** Formats a refused line: its number in the imported file, the reason, and its cells unchanged. */
export const formatRefusedLine = (line: number, reason: string, cells: readonly string[]): string =>
  formatCells([String(line), reason, ...cells])

/**
 * Every cell is quoted and otherwise unchanged, also one that a spreadsheet would run: the lines
 * are corrected and imported again.
 */
const formatCells = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`
