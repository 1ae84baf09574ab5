import { afterAll, beforeEach, jest } from '@jest/globals'

/**
 * Collects what libraries write to the console instead of the log, emptied before each test of the
 * file.
 */
export function captureConsole(): unknown[][] {
  const written: unknown[][] = []
  beforeEach(() => {
    written.length = 0
    for (const method of ['error', 'log', 'warn'] as const)
      jest
        .spyOn(console, method)
        .mockImplementation((...values: unknown[]) => void written.push(values))
  })
  afterAll(() => void jest.restoreAllMocks())
  return written
}
