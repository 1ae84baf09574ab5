/** Stops the PostgreSQL that the run started. */
export default async function tearDown(): Promise<void> {
  await globalThis.stopTestServer?.()
}
