/** Parts are multiples of 1 KB that divide 512 KB (core.telegram.org/api/files#uploading-files). */
export const MAX_PART_BYTES: number = 512 * 1024
/** Parts of small files: progress is told more often, and a lost part costs less. */
export const SMALL_PART_BYTES: number = 128 * 1024
/** From this size on files are uploaded by upload.saveBigFilePart. */
export const BIG_FILE_BYTES: number = 10 * 1024 * 1024
/** appConfig upload_max_fileparts_premium; without premium it is 4000, which the server judges. */
export const MAX_PARTS = 8_000
/** Requests for parts of one file that are under way at the same time. */
export const DEFAULT_WORKERS = 4
export const MAX_WORKERS = 16
/**
 * A download request stays within one fragment of 1 MB, aligned to 4 KB
 * (core.telegram.org/api/files#downloading-files).
 */
export const DOWNLOAD_ALIGN_BYTES = 4096
export const DOWNLOAD_FRAGMENT_BYTES: number = 1024 * 1024
/** Fresh references that are asked for at one place of a file, before the download is given up. */
export const MAX_REFERENCE_REFRESHES = 3
/** Times that a caching data centre is given a file that it does not have. */
export const MAX_CDN_REUPLOADS = 2
/** Times that one part is uploaded again because the server does not have it when the file is used. */
export const MAX_PART_REPEATS = 2
