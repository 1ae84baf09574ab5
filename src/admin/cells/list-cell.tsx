import type { DefaultServerCellComponentProps, JSONFieldClient } from 'payload'

/** A list of short texts in the list of rows: `Oil change, Tires`. */
export function ListCell({ cellData }: DefaultServerCellComponentProps<JSONFieldClient, unknown>) {
  const texts = Array.isArray(cellData) ? cellData.map(String) : []
  return texts.length > 0 ? texts.join(', ') : '–'
}
