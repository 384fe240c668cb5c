// Lakes come from the GSHHG shorelines, which only Debian packages carry: gmt, gmt-gshhg-full.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boxOf, joinRings, ringArea } from './choices.mjs'

/**
 * Rings of lakes and of islands in them inside the sheet: fine and small ones around the country, the large ones beyond.
 * Lakes that the box cuts are left out. Null when the machine has no gmt or no shorelines.
 */
export function readLakes(near, sheet, smallest) {
  const version = gmt(['--version'])
  if (version === null) return null
  const fine = readBox(near, 'f', smallest)
  const coarse = readBox(sheet, 'i', smallest * 30)
  if (fine === null || coarse === null) return null
  const seen = fine.lakes.map(boxOf)
  const far = (ring) => !seen.some((box) => overlap(box, boxOf(ring)))
  return {
    version: version.trim(),
    lakes: [...fine.lakes, ...coarse.lakes.filter(far)],
    islands: [...fine.islands, ...coarse.islands.filter(far)],
    left: fine.left,
  }
}

function readBox(box, resolution, smallest) {
  const [west, south, east, north] = box
  const text = gmt(['pscoast', `-R${west}/${east}/${south}/${north}`, `-D${resolution}`, `-A${smallest}/2/3`, '-W', '-M', '--FORMAT_GEO_OUT=D', '--FORMAT_FLOAT_OUT=%.7f'])
  if (text === null) return null
  const byLevel = { 2: [], 3: [] }
  let line = []
  for (const row of text.split('\n')) {
    const level = /^>.*Level (\d)/.exec(row)?.[1]
    if (level) byLevel[level]?.push((line = []))
    else if (row && !row.startsWith('#')) line.push(row.split('\t').map(Number))
  }
  const lakes = joinRings(byLevel[2])
  const islands = joinRings(byLevel[3])
  return { lakes: lakes.rings.filter((ring) => ringArea(ring) >= smallest), islands: islands.rings.filter((ring) => ringArea(ring) >= smallest / 10), left: lakes.left }
}

/** In a folder of its own, since gmt leaves a history file where it runs. Null when it is missing or fails. */
function gmt(args) {
  const folder = mkdtempSync(join(tmpdir(), 'basemap-'))
  const { status, stdout } = spawnSync('gmt', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 29 })
  rmSync(folder, { recursive: true })
  return status === 0 ? stdout : null
}

const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]
