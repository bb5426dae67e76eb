/** What the name of a file says about it: its MIME type, and how Telegram shows it. */
import * as Api from '../../../generated/api/index.js'

/** The types that Telegram's applications treat in a way of their own, and the most usual of all others. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  avi: 'video/x-msvideo',
  bmp: 'image/bmp',
  css: 'text/css',
  csv: 'text/csv',
  flac: 'audio/flac',
  gif: 'image/gif',
  gz: 'application/gzip',
  heic: 'image/heic',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  m4a: 'audio/mp4',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  tgs: 'application/x-tgsticker',
  txt: 'text/plain',
  wav: 'audio/wav',
  webm: 'video/webm',
  webp: 'image/webp',
  xml: 'application/xml',
  zip: 'application/zip',
}
const UNKNOWN = 'application/octet-stream'

export interface FileAttributesParams {
  /** Take the place of those of the same kind that the name suggests. */
  readonly attributes?: readonly Api.TypeDocumentAttribute[]
  /** In place of the type that the name's extension has. */
  readonly mimeType?: string
  /** Show a plain file, whatever it is. */
  readonly forceDocument?: boolean
  readonly voiceNote?: boolean
  readonly videoNote?: boolean
  readonly supportsStreaming?: boolean
}

interface NamedFile {
  readonly name?: string
}

/** `image/png` for a name that ends in `.png`; `application/octet-stream` for what is not known. */
export function mimeTypeOf(name: string): string {
  return MIME_TYPES[/\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? UNKNOWN
}

export function isAudio(file: string | NamedFile): boolean {
  return mimeTypeOf(nameOf(file)).startsWith('audio/')
}

/** Whether Telegram takes the file as a photo: PNG and JPEG. */
export function isImage(file: string | NamedFile): boolean {
  return /\.(?:png|jpe?g)$/i.test(nameOf(file))
}

/** `.jpg` for photos, `mp4` for a document of that type, nothing where it is not known. */
export function getExtension(media: unknown): string {
  const { className, document, mimeType } = (media ?? {}) as {
    className?: string
    document?: unknown
    mimeType?: string
  }
  if (/^(?:Photo|MessageMediaPhoto|UserProfilePhoto|ChatPhoto)$/.test(className ?? '')) return '.jpg'
  if (document !== undefined) return getExtension(document)
  return Object.entries(MIME_TYPES).find(([, type]) => type === mimeType)?.[0] ?? ''
}

/** The attributes and the MIME type that go with an uploaded file into `InputMediaUploadedDocument`. */
export function getAttributes(
  file: string | NamedFile,
  params: FileAttributesParams = {},
): { attrs: Api.TypeDocumentAttribute[]; mimeType: string } {
  const { forceDocument = false, voiceNote = false, videoNote = false, supportsStreaming = false } = params
  const fileName = nameOf(file).replace(/^.*[\\/]/, '') || 'unnamed'
  const mimeType = params.mimeType ?? mimeTypeOf(fileName)
  const attributes: Api.TypeDocumentAttribute[] = [new Api.DocumentAttributeFilename({ fileName })]
  const isAudio = mimeType.startsWith('audio/')
  const isFilm = mimeType.startsWith('video/') || (videoNote && !isAudio)
  if (isFilm && !voiceNote && !forceDocument) {
    // Telegram finds out the true measures by itself; it only asks for some.
    const measures = { duration: 0, w: 1, h: 1 }
    attributes.push(new Api.DocumentAttributeVideo({ ...measures, roundMessage: videoNote, supportsStreaming }))
  }
  if (isAudio || voiceNote || videoNote) {
    attributes.push(new Api.DocumentAttributeAudio({ voice: voiceNote || videoNote, duration: 0 }))
  }
  const byKind = new Map([...attributes, ...(params.attributes ?? [])].map((each) => [each.className, each]))
  return { attrs: [...byKind.values()], mimeType }
}

function nameOf(file: string | NamedFile): string {
  return typeof file === 'string' ? file : (file.name ?? '')
}
