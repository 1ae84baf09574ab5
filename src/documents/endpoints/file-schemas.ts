import { z } from 'zod'
import { uuidInput } from '../../domain/input-schemas.ts'
import type { AttachedFile } from '../store/attached-files.ts'

/** A file as the API describes it. */
export const FILE = z.strictObject({
  id: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  fileSize: z.number().describe('Bytes.'),
  fileHash: z.string().nullable().describe('SHA-256, in hexadecimal.'),
  createdAt: z.string(),
  url: z.string().describe('Where the file is downloaded, as it was uploaded.'),
  previewUrl: z
    .string()
    .nullable()
    .describe('A picture of it without metadata, for an image; null for other files.'),
})

export const FILES = z.strictObject({ files: z.array(FILE) })
export const FILE_ANSWER = z.strictObject({ file: FILE, message: z.string() })

/** The path parameter that identifies a file, or the row that it belongs to. */
export const FILE_ID = z.object({ id: uuidInput() })

/** The name of a file that is sent as the body; a form has its own. */
export const FILE_NAME_QUERY = z.object({ name: z.string().max(2_000).optional() })

/** Describes a file for a response. */
export function toFileAnswer(file: AttachedFile): z.input<typeof FILE> {
  const { id, fileName, contentType, fileSize, fileHash, createdAt, previewKey } = file
  const url = `/api/files/${id}`
  return {
    id,
    fileName,
    contentType,
    fileSize,
    fileHash,
    createdAt: createdAt.toISOString(),
    url,
    previewUrl: previewKey && `${url}/preview`,
  }
}
