/** The ID of a referenced row, also if it is populated; null if there is none. */
export function readRowId(reference: unknown): string | null {
  const id =
    typeof reference === 'object' && reference !== null && 'id' in reference
      ? reference.id
      : reference
  return typeof id === 'string' && id !== '' ? id : null
}
