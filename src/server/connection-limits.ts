/**
 * Time limits of a connection, as options of `createServer`: slow or endless headers and bodies are
 * aborted (S25). `HttpServer` handles the rest: responses that are not read, and bodies that stall.
 */
export const LIMITS = {
  requestTimeout: 120_000,
  headersTimeout: 8_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16_384,
} as const
