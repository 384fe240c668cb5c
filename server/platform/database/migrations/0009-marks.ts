/** Which folders of files belong to this database: each carries the mission's mark from the moment that stands here. Imports nothing of ours, so that it stays what it was. */
export const marks = {
  number: 9,
  name: 'marks',
  statements: (): string[] => [`create table shelf_marks (shelf text primary key, mission text not null, marked_at text not null)`],
}
