import { registerColumns } from '../../shared/stations.ts'
import { chanceFrom, seedOf } from './chance.ts'

export type SampleCentre = { code: string; name: string; department: string; municipality: string; district: string; latitude: number; longitude: number; tables: string[] }

/** Real divisions with a town's middle, coarsely, and how many tables an invented centre there has. */
const places: readonly (readonly [department: string, municipality: string, district: string, latitude: number, longitude: number, tables: number])[] = [
  ['San Salvador', 'San Salvador Centro', 'San Salvador', 13.698, -89.204, 8],
  ['San Salvador', 'San Salvador Centro', 'San Salvador', 13.684, -89.181, 7],
  ['San Salvador', 'San Salvador Centro', 'Mejicanos', 13.731, -89.206, 8],
  ['San Salvador', 'San Salvador Centro', 'Mejicanos', 13.741, -89.214, 6],
  ['San Salvador', 'San Salvador Centro', 'Cuscatancingo', 13.736, -89.181, 6],
  ['San Salvador', 'San Salvador Este', 'Soyapango', 13.71, -89.14, 9],
  ['San Salvador', 'San Salvador Este', 'Soyapango', 13.726, -89.149, 8],
  ['San Salvador', 'San Salvador Este', 'Ilopango', 13.701, -89.11, 6],
  ['San Salvador', 'San Salvador Oeste', 'Apopa', 13.806, -89.179, 7],
  ['San Salvador', 'San Salvador Sur', 'San Marcos', 13.659, -89.182, 5],
  ['San Salvador', 'San Salvador Norte', 'Aguilares', 13.957, -89.19, 4],
  ['La Libertad', 'La Libertad Sur', 'Santa Tecla', 13.674, -89.289, 8],
  ['La Libertad', 'La Libertad Sur', 'Santa Tecla', 13.682, -89.298, 6],
  ['La Libertad', 'La Libertad Este', 'Antiguo Cuscatlán', 13.664, -89.256, 5],
  ['La Libertad', 'La Libertad Norte', 'Quezaltepeque', 13.832, -89.274, 5],
  ['La Libertad', 'La Libertad Centro', 'San Juan Opico', 13.876, -89.358, 4],
  ['La Libertad', 'La Libertad Costa', 'La Libertad', 13.502, -89.322, 4],
  ['Santa Ana', 'Santa Ana Centro', 'Santa Ana', 13.994, -89.56, 8],
  ['Santa Ana', 'Santa Ana Centro', 'Santa Ana', 13.982, -89.571, 7],
  ['Santa Ana', 'Santa Ana Norte', 'Metapán', 14.331, -89.446, 5],
  ['Santa Ana', 'Santa Ana Oeste', 'Chalchuapa', 13.986, -89.678, 5],
  ['Sonsonate', 'Sonsonate Centro', 'Sonsonate', 13.72, -89.724, 7],
  ['Sonsonate', 'Sonsonate Este', 'Izalco', 13.746, -89.672, 4],
  ['Ahuachapán', 'Ahuachapán Centro', 'Ahuachapán', 13.922, -89.845, 5],
  ['Ahuachapán', 'Ahuachapán Norte', 'San Lorenzo', 14.022, -89.786, 2],
  ['Chalatenango', 'Chalatenango Sur', 'Chalatenango', 14.035, -88.937, 4],
  ['Chalatenango', 'Chalatenango Centro', 'Nueva Concepción', 14.132, -89.294, 4],
  ['Cuscatlán', 'Cuscatlán Sur', 'Cojutepeque', 13.72, -88.935, 5],
  ['Cuscatlán', 'Cuscatlán Norte', 'Suchitoto', 13.936, -89.028, 4],
  ['La Paz', 'La Paz Este', 'Zacatecoluca', 13.505, -88.869, 6],
  ['La Paz', 'La Paz Oeste', 'Olocuilta', 13.57, -89.117, 4],
  ['Cabañas', 'Cabañas Este', 'Sensuntepeque', 13.871, -88.632, 4],
  ['San Vicente', 'San Vicente Sur', 'San Vicente', 13.642, -88.788, 5],
  ['San Vicente', 'San Vicente Norte', 'San Lorenzo', 13.702, -88.785, 2],
  ['Usulután', 'Usulután Este', 'Usulután', 13.351, -88.449, 6],
  ['San Miguel', 'San Miguel Centro', 'San Miguel', 13.483, -88.181, 8],
  ['San Miguel', 'San Miguel Centro', 'San Miguel', 13.469, -88.171, 7],
  ['San Miguel', 'San Miguel Norte', 'Ciudad Barrios', 13.767, -88.267, 4],
  ['Morazán', 'Morazán Sur', 'San Francisco Gotera', 13.696, -88.106, 4],
  ['La Unión', 'La Unión Norte', 'Santa Rosa de Lima', 13.626, -87.893, 4],
]

const firstTable = 90_001
/** About 350 m: off any real school's gate, and still in the town. */
const scatterDegrees = 0.0032

/** The centres of the exercise: none is a real school. */
export function sampleCentres(seed: number): SampleCentre[] {
  const chance = chanceFrom(seedOf(seed, 'register'))
  let table = firstTable
  return places.map(([department, municipality, district, latitude, longitude, tables], index) => {
    const number = String(index + 1).padStart(2, '0')
    const near = (degrees: number) => Number((degrees + chance.between(-scatterDegrees, scatterDegrees)).toFixed(5))
    return {
      code: `EJ-${number}`, name: `Centro Escolar Ejemplo ${number}`, department, municipality, district, latitude: near(latitude), longitude: near(longitude),
      tables: Array.from({ length: tables }, () => String(table++)),
    }
  })
}

/** About 5 km: a country's centres in and around its towns. */
const widerDegrees = 0.05

/** Invented centres of a whole country, for an exercise of its size. */
export function manyCentres(seed: number, count: number): SampleCentre[] {
  const chance = chanceFrom(seed)
  let table = firstTable
  return Array.from({ length: count }, (_, index) => {
    const [department, municipality, district, latitude, longitude, tables] = chance.pick(places)
    const number = String(index + 1).padStart(4, '0')
    const near = (degrees: number) => Number((degrees + chance.between(-widerDegrees, widerDegrees)).toFixed(5))
    return { code: `EC-${number}`, name: `Centro Escolar Ejemplo ${number}`, department, municipality, district, latitude: near(latitude), longitude: near(longitude), tables: Array.from({ length: tables }, () => String(table++)) }
  })
}

/** The register as a file, one line a table, as a mission would upload it. */
export function registerText(centres: readonly SampleCentre[]): string {
  const lines = centres.flatMap((centre) => centre.tables.map((table) => [centre.code, centre.name, centre.department, centre.municipality, centre.district, centre.latitude, centre.longitude, table].join(',')))
  return `${[registerColumns.join(','), ...lines].join('\r\n')}\r\n`
}
