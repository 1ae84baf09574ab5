import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { type CircuitBreaker, createCircuitBreaker } from '../../egress/circuit-breaker.ts'
import { checkKey, type FileInfo, type FileStorage, type ListedFile } from '../file-storage.ts'
import { StorageError } from '../storage-error.ts'
import { EtagHasher } from './etag.ts'
import {
  isEndedUpload,
  isMissing,
  isUnresponsive,
  SourceFailed,
  toStorageError,
} from './s3-error.ts'

/** The bucket in the settings: path-style requests, and keys below `prefix`. */
export type S3Options = {
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  prefix: string
  /** Time limits in milliseconds, for tests. */
  limits?: Partial<typeof LIMITS>
}

/**
 * How long S3 may take to accept a connection, to send or receive the next bytes, and to respond to
 * one request, in milliseconds; the limit of a read with all of its tries; and how long nothing is
 * sent after S3 did not respond.
 */
const LIMITS = {
  connection: 2_000,
  idle: 5_000,
  request: 60_000,
  read: 10_000,
  coolDown: 5_000,
}
/** A client may pause in the middle of a download for this long, in milliseconds. */
const DOWNLOAD_IDLE_MS = 60_000
/** The tries of one request; the SDK waits between them, longer each time, with jitter. */
const TRIES = 5
/** The bytes of one part of an upload. An upload holds UPLOAD_PARTS of them in memory. */
const PART_BYTES = 8 * 1024 * 1024
const UPLOAD_PARTS = 2

/** What every operation needs: where the objects are, and how requests are sent. */
type S3Folder = {
  client: S3Client
  bucket: string
  /** The beginning of each key, such as `forecourt/media/`. */
  prefix: string
  label: string
  breaker: CircuitBreaker
  limits: typeof LIMITS
}

/**
 * Opens a bucket and returns the function that creates a storage below one of its folders, such as
 * `media/`. The client keeps connections open and is shared by all of them. While S3 does not
 * respond, requests fail at once instead of waiting for it.
 */
export function openS3(options: S3Options): (folder: string) => FileStorage {
  const limits = { ...LIMITS, ...options.limits }
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = options
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    maxAttempts: TRIES,
    retryMode: 'standard',
    // Other checksums than MD5 are not supported by every S3: uploads are verified by their ETags.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: limits.connection,
      socketTimeout: limits.idle,
      requestTimeout: limits.request,
      throwOnRequestTimeout: true,
    },
  })
  const breaker = createCircuitBreaker({ isUnresponsive, coolDownMs: limits.coolDown })
  const label = `bucket ${bucket}`
  return (name) =>
    createS3Storage({ client, bucket, prefix: options.prefix + name, label, breaker, limits })
}

function createS3Storage(folder: S3Folder): FileStorage {
  const { label } = folder
  return {
    label,
    put: (key, source) => put(folder, key, source),
    head: (key) => head(folder, key),
    open: async (key, range) => {
      const target = getTarget(folder, key)
      const found = await read(folder, async (abortSignal) =>
        folder.client.send(
          new GetObjectCommand({
            ...target,
            ...(range && { Range: `bytes=${range.start}-${range.end}` }),
          }),
          { abortSignal },
        ),
      )
      if (!(found?.Body instanceof Readable)) return null
      allowPauses(found.Body)
      const size = parseSize(found.ContentRange) ?? found.ContentLength ?? 0
      return { size, modifiedAt: found.LastModified ?? new Date(0), stream: found.Body }
    },
    remove: async (key) => {
      const command = new DeleteObjectCommand(getTarget(folder, key))
      await send(folder, () => folder.client.send(command))
    },
    list: () => listObjects(folder),
    removeLeftovers: (before) => abortOldUploads(folder, before),
  }
}

async function put(folder: S3Folder, key: string, source: Buffer | Readable): Promise<void> {
  const { client, label } = folder
  const target = getTarget(folder, key)
  const bytes = Buffer.isBuffer(source) ? Readable.from([source]) : source
  const etag = new EtagHasher(PART_BYTES)
  const upload = () =>
    new Upload({
      client,
      params: { ...target, Body: Readable.from(etag.watch(bytes)) },
      partSize: PART_BYTES,
      queueSize: UPLOAD_PARTS,
    }).done()
  const stored = await send(folder, upload).catch((error: unknown) => {
    bytes.destroy()
    throw error instanceof SourceFailed ? error.cause : error
  })
  const isOfBytes = stored.ServerSideEncryption !== 'aws:kms'
  if (!isOfBytes || etag.matches(stored.ETag)) return
  await send(folder, () => client.send(new DeleteObjectCommand(target)))
  throw new StorageError('corrupt', `The ${label} stored other bytes than were sent for ${key}.`)
}

async function head(folder: S3Folder, key: string): Promise<FileInfo | null> {
  const command = new HeadObjectCommand(getTarget(folder, key))
  const found = await read(folder, (abortSignal) => folder.client.send(command, { abortSignal }))
  return found && { size: found.ContentLength ?? 0, modifiedAt: found.LastModified ?? new Date(0) }
}

async function* listObjects(folder: S3Folder): AsyncGenerator<ListedFile> {
  const { client, bucket, prefix } = folder
  let from: string | undefined
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      ...(from && { ContinuationToken: from }),
    })
    const page = await send(folder, () => client.send(command))
    for (const { Key, Size = 0, LastModified = new Date(0) } of page.Contents ?? [])
      if (Key && Key !== prefix)
        yield { key: Key.slice(prefix.length), size: Size, modifiedAt: LastModified }
    from = page.NextContinuationToken
  } while (from)
}

async function abortOldUploads(folder: S3Folder, before: Date): Promise<number> {
  const { client, bucket, prefix } = folder
  let removed = 0
  let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined
  do {
    const command = new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix, ...from })
    const page = await send(folder, () => client.send(command))
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (!Key || !UploadId || !Initiated || Initiated >= before) continue
      const abort = new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId })
      await send(folder, () => client.send(abort)).catch((error: unknown) => {
        if (!isEndedUpload(error)) throw error
      })
      removed++
    }
    const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page
    from =
      page.IsTruncated && KeyMarker
        ? { KeyMarker, ...(UploadIdMarker && { UploadIdMarker }) }
        : undefined
  } while (from)
  return removed
}

/** Sends requests, and turns their errors into StorageErrors. */
const send = <Value>({ breaker, label }: S3Folder, request: () => Promise<Value>): Promise<Value> =>
  breaker.run(request).catch((error: unknown) => {
    throw isMissing(error) || error instanceof SourceFailed ? error : toStorageError(label, error)
  })

/** Reads one object, within the time limit of a read; null if it does not exist. */
async function read<Value>(
  folder: S3Folder,
  request: (abortSignal: AbortSignal) => Promise<Value>,
): Promise<Value | null> {
  const limited = () => {
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), folder.limits.read)
    return request(limit.signal).finally(() => clearTimeout(timer))
  }
  return send(folder, limited).catch((error: unknown) => {
    if (isMissing(error)) return null
    throw error
  })
}

function getTarget({ bucket, prefix }: S3Folder, key: string): { Bucket: string; Key: string } {
  checkKey(key)
  return { Bucket: bucket, Key: prefix + key }
}

/** The size of the whole object in `bytes 0-9/1234`. */
function parseSize(contentRange: string | undefined): number | undefined {
  const size = contentRange?.split('/')[1]
  return size === undefined || !/^\d+$/.test(size) ? undefined : Number(size)
}

/** Downloads go at the pace of the client, who may pause for longer than S3 may. */
function allowPauses(body: Readable): void {
  if (isMessage(body)) body.socket.setTimeout(DOWNLOAD_IDLE_MS)
}

const isMessage = (body: Readable): body is IncomingMessage => 'socket' in body
