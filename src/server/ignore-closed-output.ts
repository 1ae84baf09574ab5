/**
 * Ignores errors of stdout and stderr when their reader has gone (`npm start | head`, a closed
 * terminal); later output is lost. Without this the first write would crash the process and leave
 * the embedded database running.
 */
export function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
}
