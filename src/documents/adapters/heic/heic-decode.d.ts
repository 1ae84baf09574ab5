declare module 'heic-decode' {
  type Pixels = { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }
  type Image = { width: number; height: number; decode: () => Promise<Pixels> }

  /** Reads the images of a HEIC file; the main image is the first one. Throws if there is none. */
  export function all(input: { buffer: Uint8Array }): Promise<Image[]>
}
