/** What the server found in pictures, the copies that people decoded, and which pictures look alike. Imports nothing of ours, so that it stays what it was. */
export const pictures = {
  number: 6,
  name: 'pictures',
  statements: (): string[] => [
    `create table findings (
      report text not null, sha256 text not null, preview_distance integer, taken_at text, utc_offset text, latitude double precision, longitude double precision, device text, software text,
      primary key (report, sha256), foreign key (report, sha256) references photos (report, sha256))`,
    `create table decoded_copies (
      report text not null, sha256 text not null, copy_sha256 text not null, size_bytes integer not null, given_by text not null references people (id), given_at text not null,
      primary key (report, sha256), foreign key (report, sha256) references photos (report, sha256))`,
    `create table alike_photos (
      report text not null, sha256 text not null, other_report text not null, other_sha256 text not null, distance integer not null, primary key (report, sha256, other_report, other_sha256))`,
    `create index alike_photos_other on alike_photos (other_report, other_sha256)`,
  ],
}
