type Dialect = {
  after: (name: string, table: string, event: string, statements: readonly string[]) => string[]
  noAfter: (name: string, table: string) => string[]
  numberedWords: (words: string, table: string) => string[]
}

/**
 * What a report is found by stands in a narrow row of its own, kept by the database with every report that comes or changes: lists are walked through without its statement and words, a filter by department or distance
 * needs no register beside it, and the counters know both. The words of a report have its number, so that those of a stretch of the list are found without all others.
 * Imports nothing of ours, so that it stays what it was.
 */
export const traits = {
  number: 16,
  name: 'traits',
  statements: ({ after, noAfter, numberedWords }: Dialect): string[] => [
    ...['reports_counted', 'reports_recounted'].flatMap((name) => noAfter(name, 'reports')),
    ...noAfter('stations_recounted', 'stations'),
    ...['reports_in_order', 'reports_by_kind', 'reports_by_station', 'reports_beside_stations'].map((name) => `drop index ${name}`),
    `drop table report_counts`,
    `create table report_traits (
      number integer primary key, report text not null, observed_at text not null, received_at text not null, status text not null, severity text not null, category text not null, station text, department text not null, author text not null,
      signed text not null, pictures integer not null check (pictures in (0, 1)), distance text not null check (distance in ('near', 'apart', 'far', 'unknown')), latitude double precision, longitude double precision)`,
    `insert into report_traits select reports.number, reports.id, reports.observed_at, reports.received_at, reports.status, reports.severity, reports.category, reports.station, ${place}, reports.author, reports.signed, ${pictures('reports')}, ${distance}, ${at}
      from (${placed('reports', 'reports')}) place join reports on reports.number = place.number`,
    `create index traits_in_order on report_traits (observed_at desc, report desc, status, severity, category, department, station, author, signed, pictures, distance)`,
    `create index traits_by_kind on report_traits (distance, signed, status, category, severity, department, pictures, observed_at, report, author)`,
    `create index traits_by_station on report_traits (station, observed_at desc, report desc)`,
    `create table report_counts (
      status text not null, severity text not null, category text not null, department text not null, signed text not null, pictures integer not null check (pictures in (0, 1)), distance text not null, count integer not null,
      primary key (status, severity, category, department, signed, pictures, distance))`,
    `create index report_counts_category on report_counts (category)`,
    `create index report_counts_department on report_counts (department)`,
    `insert into report_counts select ${kind('report_traits')}, count(*) from report_traits group by 1, 2, 3, 4, 5, 6, 7`,
    ...after('traits_made', 'reports', 'insert', [`insert into report_traits select new.number, new.id, new.observed_at, new.received_at, new.status, new.severity, new.category, new.station, ${place}, new.author, new.signed, ${pictures('new')}, ${distance}, ${at} from (${placed('new')}) place`]),
    ...after('traits_changed', 'reports', 'update of status, severity, category, signed, photo_count', [`update report_traits set status = new.status, severity = new.severity, category = new.category, signed = new.signed, pictures = ${pictures('new')} where number = new.number`]),
    ...after('traits_reordered', 'reports', 'update of observed_at', [`update report_traits set observed_at = new.observed_at where number = new.number`]),
    ...after('traits_moved', 'reports', 'update of station, department, latitude, longitude', [`update report_traits set station = new.station, ${moved} = (select ${place}, ${distance}, ${at} from (${placed('new')}) place) where number = new.number`]),
    ...after('traits_moved_along', 'stations', 'update of department, latitude, longitude', [
      `update report_traits set ${moved} = (select ${place}, ${distance}, ${at} from (${placed('reports', 'reports')} where reports.number = report_traits.number) place)
        where station = new.code and (old.department <> new.department or old.latitude <> new.latitude or old.longitude <> new.longitude)`,
    ]),
    ...after('traits_counted', 'report_traits', 'insert', [count('new', 1), draw('new', 1)]),
    ...after('traits_recounted', 'report_traits', 'update of status, severity, category, department, signed, pictures, distance', [count('old', -1), count('new', 1)]),
    ...after('traits_redrawn', 'report_traits', 'update of status, severity, latitude, longitude', [draw('old', -1), draw('new', 1)]),
    ...numberedWords('report_words', 'reports'),
    // After each picture that comes it is asked which were not looked into yet.
    `create index photos_state on photos (state, preview_sha256)`,
  ],
}

const pictures = (row: string) => `case when ${row}.photo_count > 0 then 1 else 0 end`

/** Where a report belongs: to its station, as the register has it, else to where its phone was and to what a coordinator said. `metres` from the one to the other. */
function placed(row: string, from = '(select 1 as one) one'): string {
  const half = (to: string, since: string) => `sin(radians(${to} - ${since}) / 2)`
  const [north, east] = [half(`${row}.latitude`, 'stations.latitude'), half(`${row}.longitude`, 'stations.longitude')]
  const haversine = `(${north} * ${north} + cos(radians(stations.latitude)) * cos(radians(${row}.latitude)) * ${east} * ${east})`
  return `select ${row}.number as number, coalesce(stations.department, ${row}.department, '') as department, coalesce(stations.latitude, ${row}.latitude) as latitude, coalesce(stations.longitude, ${row}.longitude) as longitude,
    round(2 * 6371008.8 * atan2(sqrt(${haversine}), sqrt(abs(1 - ${haversine})))) as metres from ${from} left join stations on stations.code = ${row}.station`
}
const place = 'place.department'
const distance = `case when place.metres is null then 'unknown' when place.metres <= 150 then 'near' when place.metres <= 1000 then 'apart' else 'far' end`
const at = 'place.latitude, place.longitude'
const moved = '(department, distance, latitude, longitude)'

const kind = (row: string) => ['status', 'severity', 'category', 'department', 'signed', 'pictures', 'distance'].map((column) => `${row}.${column}`).join(', ')

function count(row: 'old' | 'new', by: 1 | -1): string {
  return `insert into report_counts values (${kind(row)}, ${by}) on conflict (status, severity, category, department, signed, pictures, distance) do update set count = report_counts.count + excluded.count`
}

/** The map's cells are squares of 2 degrees, and of a quarter of the side at each further level. */
const levels = `(select 0 as level, 2.0 as side union all select 1, 0.5 union all select 2, 0.125 union all select 3, 0.03125 union all select 4, 0.0078125 union all select 5, 0.001953125) levels`

function draw(row: 'old' | 'new', by: 1 | -1): string {
  const cell = (degrees: string) => `cast(floor(${row}.${degrees} / levels.side) as integer)`
  return `insert into map_counts select levels.level, ${cell('latitude')}, ${cell('longitude')}, ${row}.status, ${row}.severity, ${by}, ${by} * ${row}.latitude, ${by} * ${row}.longitude
    from ${levels} where ${row}.latitude is not null and ${row}.longitude is not null
    on conflict (level, cell_y, cell_x, status, severity) do update set count = map_counts.count + excluded.count, latitudes = map_counts.latitudes + excluded.latitudes, longitudes = map_counts.longitudes + excluded.longitudes`
}
