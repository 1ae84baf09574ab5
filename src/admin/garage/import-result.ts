import type { z } from 'zod'
import type { IMPORT_RESULT } from '../../garage/endpoints/import-schemas.ts'

/** The response of an import. */
export type ImportResult = z.output<typeof IMPORT_RESULT>
