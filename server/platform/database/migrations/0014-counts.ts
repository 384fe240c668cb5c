/**
 * How many reports there are of each kind, and in each cell of the map: kept by the database itself with every report that comes or changes, so that no list of a million has to be counted. And the orders in
 * which lists are read. Imports nothing of ours, so that it stays what it was.
 */
export const counts = {
  number: 14,
  name: 'counts',
  statements: ({ after }: { after: (name: string, table: string, event: string, statements: readonly string[]) => string[] }): string[] => [
    `create table report_counts (
      status text not null, severity text not null, category text not null, department text not null, signed text not null, pictures integer not null check (pictures in (0, 1)), count integer not null,
      primary key (status, severity, category, department, signed, pictures))`,
    `create table map_counts (
      level integer not null, cell_y integer not null, cell_x integer not null, status text not null, severity text not null, count integer not null, latitudes double precision not null, longitudes double precision not null,
      primary key (level, cell_y, cell_x, status, severity))`,
    `insert into report_counts ${kindsOf('reports')} group by 1, 2, 3, 4, 5, 6`,
    `insert into map_counts select level, cell_y, cell_x, status, severity, count(*), sum(latitude), sum(longitude) from (${cellsOf('reports')}) cell group by 1, 2, 3, 4, 5`,
    ...after('reports_counted', 'reports', 'insert', [count('new', 1), draw('new', 1)]),
    ...after('reports_recounted', 'reports', 'update of status, severity, category, station, department, signed, photo_count, latitude, longitude', [count('old', -1), draw('old', -1), count('new', 1), draw('new', 1)]),
    ...after('stations_recounted', 'stations', 'update of department, latitude, longitude', [moveCounts('old', -1), moveCounts('new', 1), moveCells('old', -1), moveCells('new', 1)]),
    `drop index reports_observed`,
    `drop index reports_status`,
    `drop index reports_station`,
    `create index reports_in_order on reports (observed_at desc, id desc, status, severity, category, station, department, author, signed, photo_count)`,
    `create index reports_by_kind on reports (category, status, severity, signed, observed_at desc, id desc, station, department, author, photo_count)`,
    `create index reports_by_station on reports (station, observed_at desc, id desc, status, severity, category, author, signed, photo_count)`,
    `create index reports_beside_stations on reports (latitude, longitude) where station is null`,
    `create index reports_awaiting on reports (id) where awaits_second = 1`,
  ],
}

const department = (row: string) => `coalesce((select department from stations where code = ${row}.station), ${row}.department, '')`
const pictures = (row: string) => `case when ${row}.photo_count > 0 then 1 else 0 end`

function kindsOf(row: string): string {
  return `select ${row}.status, ${row}.severity, ${row}.category, ${department(row)}, ${row}.signed, ${pictures(row)}, count(*) from ${row}`
}

/** The map's cells are squares of 2 degrees, and of a quarter of the side at each further level. */
const levels = `(select 0 as level, 2.0 as side union all select 1, 0.5 union all select 2, 0.125 union all select 3, 0.03125 union all select 4, 0.0078125 union all select 5, 0.001953125) levels`
const cell = (degrees: string) => `cast(floor(${degrees} / levels.side) as integer)`

function cellsOf(row: string): string {
  return `select levels.level, ${cell('place.latitude')} as cell_y, ${cell('place.longitude')} as cell_x, place.status, place.severity, place.latitude, place.longitude
    from (select ${row}.status, ${row}.severity, coalesce(stations.latitude, ${row}.latitude) as latitude, coalesce(stations.longitude, ${row}.longitude) as longitude from ${row} left join stations on stations.code = ${row}.station) place, ${levels}
    where place.latitude is not null and place.longitude is not null`
}

const addCount = 'on conflict (status, severity, category, department, signed, pictures) do update set count = report_counts.count + excluded.count'
const addCell = 'on conflict (level, cell_y, cell_x, status, severity) do update set count = map_counts.count + excluded.count, latitudes = map_counts.latitudes + excluded.latitudes, longitudes = map_counts.longitudes + excluded.longitudes'

function count(row: 'old' | 'new', by: 1 | -1): string {
  return `insert into report_counts values (${row}.status, ${row}.severity, ${row}.category, ${department(row)}, ${row}.signed, ${pictures(row)}, ${by}) ${addCount}`
}

function draw(row: 'old' | 'new', by: 1 | -1): string {
  const at = (column: string) => `coalesce((select ${column} from stations where code = ${row}.station), ${row}.${column})`
  return `insert into map_counts select levels.level, ${cell('place.latitude')}, ${cell('place.longitude')}, ${row}.status, ${row}.severity, ${by}, ${by} * place.latitude, ${by} * place.longitude
    from (select ${at('latitude')} as latitude, ${at('longitude')} as longitude) place, ${levels} where place.latitude is not null and place.longitude is not null ${addCell}`
}

/** A register that moves a station moves its reports. */
function moveCounts(row: 'old' | 'new', by: 1 | -1): string {
  return `insert into report_counts select status, severity, category, ${row}.department, signed, case when photo_count > 0 then 1 else 0 end, ${by} * count(*) from reports where station = ${row}.code group by 1, 2, 3, 4, 5, 6 ${addCount}`
}

function moveCells(row: 'old' | 'new', by: 1 | -1): string {
  return `insert into map_counts select levels.level, ${cell(`${row}.latitude`)}, ${cell(`${row}.longitude`)}, status, severity, ${by} * count(*), ${by} * count(*) * ${row}.latitude, ${by} * count(*) * ${row}.longitude
    from reports, ${levels} where station = ${row}.code group by 1, 2, 3, 4, 5 ${addCell}`
}
