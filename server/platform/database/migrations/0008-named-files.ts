/** So that a file's rows are found by its hash: for the sweep of files that none names. Imports nothing of ours, so that it stays what it was. */
export const namedFiles = {
  number: 8,
  name: 'named files',
  statements: (): string[] => [
    `create index photos_preview on photos (preview_sha256) where preview_sha256 is not null`,
    `create index renditions_sha256 on renditions (sha256)`,
    `create index decoded_copies_copy on decoded_copies (copy_sha256)`,
  ],
}
