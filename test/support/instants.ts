/** Whether an instant that the server noted lies between `began`, in milliseconds, and now. */
export function isNotedSince(began: number, instant: unknown): boolean {
  const noted = Date.parse(String(instant))
  return noted >= began && noted <= Date.now()
}
