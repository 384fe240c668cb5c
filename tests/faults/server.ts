import { rm } from 'node:fs/promises'
import { killAtMoments } from '../support/killed.ts'

// `npm run faults -- server`, or `-- server --moments 20 --seed 7`: kills the server at seeded moments under fifty senders, and tells how many it survived. Exit 1 where it did not; the folder is kept then.

const option = (name: string, usual: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? usual : Number(process.argv[at + 1])
}

const [all, seed, each] = [option('moments', 200), option('seed', 1), 25]
let [survived, reports, pictures, unanswered] = [0, 0, 0, 0]
const lost: string[] = []
for (let begun = 0; begun < all && lost.length === 0; begun += each) {
  const moments = Math.min(each, all - begun)
  const found = await killAtMoments({ seed: seed + begun, moments, senders: 50, told: (line) => void process.stdout.write(`  ${line}\n`) })
  survived += found.survived
  reports += found.reports
  pictures += found.pictures
  unanswered += found.unanswered
  lost.push(...found.faults)
  if (found.faults.length === 0) await rm(found.folder, { recursive: true, force: true })
  else process.stdout.write(`The folder is kept: ${found.folder}\n`)
}
for (const line of lost) process.stdout.write(`  ${line}\n`)
process.stdout.write(`server: ${survived} of ${all} kills survived under 50 senders; ${reports} reports and ${pictures} pictures, ${unanswered} of them unanswered when it was killed, ${lost.length === 0 ? '0 lost, 0 doubled' : `${lost.length} faults`}\n`)
process.exitCode = survived === all ? 0 : 1
