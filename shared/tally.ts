// How a screen and headquarters find out whether they hold the same things: a count, and the sum modulo 2^64 of a hash of each thing's id and version. A sum can be kept as things
// come and go, and does not depend on their order. It is against mistakes, not against somebody who makes things collide on purpose: no secret is in it.

export type Covered = { count: number; digest: string }

export type Tally = {
  add: (id: string, version: number) => void
  /** Takes a thing out again; the version is the one that it was added with. */
  drop: (id: string, version: number) => void
  clear: () => void
  told: () => Covered
}

const whole = 2 ** 32

/** 64 bits of a text in two halves: the two multiplying lanes of cyrb53, whose halves are both kept. No BigInt: a screen does this for 100,000 things. */
export function hashed(text: string): [high: number, low: number] {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, 2_654_435_761)
    low = Math.imul(low ^ unit, 1_597_334_677)
  }
  const mixed = (one: number, other: number) => Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909)
  const last = mixed(high, low)
  return [last >>> 0, mixed(low, last) >>> 0]
}

export function openTally(): Tally {
  let [high, low, count] = [0, 0, 0]
  const change = (id: string, version: number, by: 1 | -1) => {
    const [upper, lower] = hashed(`${id} ${version}`)
    low += by * lower
    const carry = low >= whole ? 1 : low < 0 ? -1 : 0
    low -= carry * whole
    high = (((high + by * upper + carry) % whole) + whole) % whole
    count += by
  }
  return {
    add: (id, version) => change(id, version, 1),
    drop: (id, version) => change(id, version, -1),
    clear: () => { [high, low, count] = [0, 0, 0] },
    told: () => ({ count, digest: high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0') }),
  }
}
