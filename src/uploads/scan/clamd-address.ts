/** Where a ClamAV daemon listens: on a port, or on a socket file of this machine. */
export type ClamdAddress = { host: string; port: number } | { path: string }

const TCP = /^tcp:\/\/(\[[0-9a-f:.]+\]|[^:/?#@[\]\s]+):(\d{1,5})$/i
const UNIX = /^unix:(\/[^\s\0]+)$/

/** Parses `tcp://127.0.0.1:3310` or `unix:/run/clamav/clamd.ctl`; null for anything else. */
export function parseClamdAddress(text: string): ClamdAddress | null {
  const file = UNIX.exec(text)?.[1]
  if (file !== undefined) return { path: file }
  const [, host, port] = TCP.exec(text) ?? []
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return null
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}
