/**
 * Sets the time zone of this process, by its IANA name. Specs and the product's tests run in UTC.
 */
export function setTimeZone(zone: string): void {
  process.env['TZ'] = zone
}
