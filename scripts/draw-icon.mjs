// Draws icons/canopy.png, the marketplace's icon, from the shapes below: a canopy over three machines.
//
//   node scripts/draw-icon.mjs
//
// The PNG is written by hand (one IDAT of unfiltered rows), so that drawing needs nothing but Node. The shapes are those of
// icons/canopy.svg, in its 24 x 24 grid. Run it after a change and commit the result; it is the same bytes every time.
import { writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { crc32, deflateSync } from "node:zlib"

const size = 128
const samples = 4 // each way, a pixel: the edges are as smooth as 16 levels of coverage
const grid = 24
const margin = 3

const night = [16, 28, 38]
const leaf = [98, 190, 113]
const shade = [62, 150, 92]
const bark = [171, 129, 92]
const machine = [214, 226, 235]

// Later shapes lie over earlier ones.
const shapes = [
  { inside: circle(7, 9, 4.5), colour: shade },
  { inside: circle(17, 9, 4.5), colour: shade },
  { inside: circle(12, 6.5, 5), colour: leaf },
  { inside: box(11, 11, 2, 5, 0), colour: bark },
  { inside: box(4.5, 15, 15, 1.5, 0), colour: bark },
  ...[3, 9.75, 16.5].map(x => ({ inside: box(x, 18, 4.5, 4, 1), colour: machine })),
]
const plate = box(-margin, -margin, grid + 2 * margin, grid + 2 * margin, 6)

function circle(cx, cy, r) {
  return (x, y) => (x - cx) ** 2 + (y - cy) ** 2 <= r * r
}

/** A rectangle with corners of radius `r`. */
function box(left, top, width, height, r) {
  const [halfWidth, halfHeight] = [width / 2, height / 2]
  return (x, y) => {
    const dx = Math.abs(x - left - halfWidth) - halfWidth + r
    const dy = Math.abs(y - top - halfHeight) - halfHeight + r
    return dx <= r && dy <= r && (dx <= 0 || dy <= 0 || dx * dx + dy * dy <= r * r)
  }
}

/** Colour and opacity at a point of the grid. */
function at(x, y) {
  if (!plate(x, y)) return [0, 0, 0, 0]
  const shape = shapes.findLast(({ inside }) => inside(x, y))
  return [...(shape?.colour ?? night), 255]
}

/** The average of a pixel's samples, weighted by opacity. */
function pixel(column, row) {
  const sum = [0, 0, 0, 0]
  for (let i = 0; i < samples * samples; i++) {
    const x = column + ((i % samples) + 0.5) / samples
    const y = row + (Math.floor(i / samples) + 0.5) / samples
    const scale = (grid + 2 * margin) / size
    const [r, g, b, a] = at(x * scale - margin, y * scale - margin)
    sum[0] += r * a
    sum[1] += g * a
    sum[2] += b * a
    sum[3] += a
  }
  const opacity = sum[3] || 1
  return [sum[0] / opacity, sum[1] / opacity, sum[2] / opacity, sum[3] / samples ** 2].map(Math.round)
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

const rows = Array.from({ length: size }, (_, row) => [
  0, // no filter
  ...Array.from({ length: size }, (_, column) => pixel(column, row)).flat(),
])
const header = Buffer.alloc(13)
header.writeUInt32BE(size, 0)
header.writeUInt32BE(size, 4)
header.set([8, 6, 0, 0, 0], 8) // 8 bits a channel, RGBA, no interlace

const png = Buffer.concat([
  Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
  chunk("IHDR", header),
  chunk("IDAT", deflateSync(Buffer.from(rows.flat()), { level: 9 })),
  chunk("IEND", Buffer.alloc(0)),
])
writeFileSync(join(dirname(dirname(fileURLToPath(import.meta.url))), "icons/canopy.png"), png)
