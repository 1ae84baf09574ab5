import { buffer } from 'node:stream/consumers'
import type { PayloadRequest } from 'payload'
import type { AttachedFile } from '../../documents/store/attached-files.ts'
import { buildFileKey } from '../../owners/files.ts'
import { getService } from '../../services.ts'
import { loadSharp } from '../../uploads/lazy-sharp.ts'
import type { ReportPaper, ReportPicture } from './report.ts'

/** The files that a PDF contains are held in memory while it is written. */
const MAX_BYTES = 50_000_000

/** A file of a document, and the title of the document. */
export type PaperFile = { title: string; file: AttachedFile }

/**
 * Reads the files of documents for a PDF, one after the other: an image as the picture that is
 * shown of it, which has no metadata, and a PDF as it is. One that is missing in the storage or
 * beyond the limit of bytes has neither.
 */
export async function* readPapers(
  req: PayloadRequest,
  files: readonly PaperFile[],
): AsyncGenerator<ReportPaper> {
  let left = MAX_BYTES
  for (const { file, title } of files) {
    const { contentType, fileName, fileSize, previewKey, previewSize } = file
    const paper = { title, fileName, picture: null, attachment: null }
    const isPdf = contentType === 'application/pdf'
    const key = isPdf ? file.storageKey : previewKey
    left -= isPdf ? fileSize : previewSize
    const bytes = key === null || left < 0 ? null : await readBytes(req, file, key)
    if (bytes === null) yield paper
    else if (isPdf) yield { ...paper, attachment: bytes }
    else yield { ...paper, picture: await encodePicture(bytes) }
  }
}

async function encodePicture(preview: Buffer): Promise<ReportPicture> {
  const { data, info } = await loadSharp()(preview)
    .jpeg({ quality: 82 })
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}

async function readBytes(
  req: PayloadRequest,
  { storageBucket: bucket }: AttachedFile,
  key: string,
): Promise<Buffer | null> {
  const { owners } = getService(req.payload, 'storages')
  const stored = await owners.open(buildFileKey({ bucket, key }))
  return stored && (await buffer(stored.stream))
}
