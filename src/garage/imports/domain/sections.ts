import type { TableRow } from './source-record.ts'

/** A part of a file with several tables: its name in lower case, and its rows. */
export type Section = { name: string; rows: TableRow[] }

/** Other programs have none of these two. */
const FUELIO_SECTIONS = ['vehicle', 'log']
const DRIVVO_SECTIONS = ['refuelling', 'refueling', 'service', 'expense', 'income', 'route']

/** The name of the section that a row begins, in lower case; null for any other row. */
export function findSection(cells: readonly string[]): string | null {
  const [first = '', ...others] = cells
  const name = /^#{1,2}\s*([A-Za-z][A-Za-z ]*)$/.exec(first.trim())?.[1]
  const isAlone = others.every((cell) => cell.trim() === '')
  return name && isAlone ? name.trim().toLowerCase() : null
}

/** Whether only Fuelio writes a section of this name. */
export const isFuelioSection = (name: string): boolean => FUELIO_SECTIONS.includes(name)

/** Whether only Drivvo writes a section of this name. */
export const isDrivvoSection = (name: string): boolean => DRIVVO_SECTIONS.includes(name)

/** Splits a file at its sections. Rows before the first one belong to the section `''`. */
export function splitSections(rows: readonly TableRow[]): Section[] {
  const sections: Section[] = [{ name: '', rows: [] }]
  for (const row of rows) {
    const name = findSection(row.cells)
    if (name === null) sections.at(-1)?.rows.push(row)
    else sections.push({ name, rows: [] })
  }
  return sections
}
