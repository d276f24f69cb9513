import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue, alpha, each from 0 to 255. */
type Colour = readonly [number, number, number, number];

const teal: Colour = [0x1f, 0x4f, 0x5c, 255];
const white: Colour = [255, 255, 255, 255];
const nothing: Colour = [255, 255, 255, 0];

/** The app's icon: a reception bell, white on teal, 192 pixels wide. */
export const colourIcon = (): Buffer => draw(192, (x, y) => (isBell(x, y, 0.62) ? white : teal));

/** The outline icon of Teams' rail: the bell in white on a transparent background, 32 pixels wide. */
export const outlineIcon = (): Buffer => draw(32, (x, y) => (isBell(x, y, 0.92) ? white : nothing));

/** Whether a point, with coordinates from -1 to 1, lies in the bell. */
function isBell(x: number, y: number, size: number): boolean {
  const [across, down] = [x / size, y / size];
  const dome = across ** 2 + (down - 0.35) ** 2 <= 0.62 && down <= 0.35;
  const base = Math.abs(across) <= 0.95 && down >= 0.45 && down <= 0.65;
  const knob = across ** 2 + (down + 0.56) ** 2 <= 0.03;
  return dome || base || knob;
}

const finer = 4;

/** Draw a PNG of `colourAt`, antialiased with 16 samples per pixel. */
function draw(width: number, colourAt: (x: number, y: number) => Colour): Buffer {
  const rows: number[] = [];
  for (let row = 0; row < width; row += 1) {
    rows.push(0); // no filter
    for (let column = 0; column < width; column += 1) rows.push(...pixel(width, row, column, colourAt));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits, RGBA
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixel(width: number, row: number, column: number, colourAt: (x: number, y: number) => Colour): Colour {
  const sums = [0, 0, 0, 0];
  for (let at = 0; at < finer ** 2; at += 1) {
    const x = ((column + ((at % finer) + 0.5) / finer) / width) * 2 - 1;
    const y = ((row + (Math.floor(at / finer) + 0.5) / finer) / width) * 2 - 1;
    for (const [channel, value] of colourAt(x, y).entries()) sums[channel] = (sums[channel] ?? 0) + value;
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sums.map((sum) => Math.round(sum / finer ** 2));
  return [red, green, blue, alpha];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
