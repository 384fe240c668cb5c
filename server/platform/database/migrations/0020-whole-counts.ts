type Dialect = {
  after: (name: string, table: string, event: string, statements: readonly string[]) => string[]
  noAfter: (name: string, table: string) => string[]
}

/**
 * Each cell of the map also knows the sum of its reports' numbers: of a report that is alone in one that is which it is. And reports are counted by the minute in which they were observed, for the timeline.
 * Imports nothing of ours, so that it stays what it was.
 */
export const wholeCounts = {
  number: 20,
  name: 'whole-counts',
  statements: ({ after, noAfter }: Dialect): string[] => [
    ...['traits_counted', 'traits_redrawn'].flatMap((name) => noAfter(name, 'report_traits')),
    'drop table map_counts',
    `create table map_counts (
      level integer not null, cell_y integer not null, cell_x integer not null, status text not null, severity text not null, count integer not null, latitudes double precision not null, longitudes double precision not null, numbers bigint not null,
      primary key (level, cell_y, cell_x, status, severity))`,
    `insert into map_counts select levels.level, ${cell('report_traits', 'latitude')}, ${cell('report_traits', 'longitude')}, status, severity, count(*), sum(latitude), sum(longitude), sum(number) from report_traits, ${levels}
      where latitude is not null and longitude is not null group by 1, 2, 3, 4, 5`,
    'create table time_counts (minute text not null, status text not null, severity text not null, count integer not null, primary key (minute, status, severity))',
    `insert into time_counts select ${minute('report_traits')}, status, severity, count(*) from report_traits group by 1, 2, 3`,
    ...after('traits_counted', 'report_traits', 'insert', [count('new', 1), draw('new', 1), time('new', 1)]),
    ...after('traits_redrawn', 'report_traits', 'update of status, severity, latitude, longitude', [draw('old', -1), draw('new', 1)]),
    ...after('traits_retimed', 'report_traits', 'update of status, severity, observed_at', [time('old', -1), time('new', 1)]),
  ],
}

type Row = 'old' | 'new'
const minute = (row: string) => `substr(${row}.observed_at, 1, 16)`
const time = (row: Row, by: 1 | -1) =>
  `insert into time_counts values (${minute(row)}, ${row}.status, ${row}.severity, ${by}) on conflict (minute, status, severity) do update set count = time_counts.count + excluded.count`

const kinds = ['status', 'severity', 'category', 'department', 'signed', 'pictures', 'distance']
const count = (row: Row, by: 1 | -1) =>
  `insert into report_counts values (${kinds.map((column) => `${row}.${column}`).join(', ')}, ${by}) on conflict (${kinds.join(', ')}) do update set count = report_counts.count + excluded.count`

/** The map's cells are squares of 2 degrees, and of a quarter of the side at each further level. */
const levels = `(select 0 as level, 2.0 as side union all select 1, 0.5 union all select 2, 0.125 union all select 3, 0.03125 union all select 4, 0.0078125 union all select 5, 0.001953125) levels`
const cell = (row: string, degrees: string) => `cast(floor(${row}.${degrees} / levels.side) as integer)`

function draw(row: Row, by: 1 | -1): string {
  const added = ['count', 'latitudes', 'longitudes', 'numbers'].map((column) => `${column} = map_counts.${column} + excluded.${column}`)
  return `insert into map_counts select levels.level, ${cell(row, 'latitude')}, ${cell(row, 'longitude')}, ${row}.status, ${row}.severity, ${by}, ${by} * ${row}.latitude, ${by} * ${row}.longitude, ${by} * ${row}.number
    from ${levels} where ${row}.latitude is not null and ${row}.longitude is not null on conflict (level, cell_y, cell_x, status, severity) do update set ${added.join(', ')}`
}
