/** A column of a table: its label, its share of the width, and whether its cells are numbers. */
export type ReportColumn = {
  label: string
  width: number
  isNumber?: boolean
}

/** A part of a report: facts as pairs of a label and a value, a table, or a sentence. */
export type ReportSection = {
  heading: string
  facts?: readonly (readonly [label: string, value: string])[]
  table?: { columns: readonly ReportColumn[]; rows: readonly (readonly string[])[] }
  note?: string
}

/** A document to print: a title, a line below it, and its sections. */
export type Report = {
  title: string
  subtitle: string
  sections: readonly ReportSection[]
}

/** A JPEG, and its size in pixels. */
export type ReportPicture = {
  bytes: Buffer
  width: number
  height: number
}

/** A paper: its picture, or its bytes to be attached; neither if it is left out. */
export type ReportPaper = {
  title: string
  fileName: string
  picture: ReportPicture | null
  attachment: Buffer | null
}
