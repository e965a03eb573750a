// Numbers as sentences have them, the same as in the log of a build.

/** A number of bytes with three digits at most: 54 bytes, 1.2 kB, 310 kB. */
export function size(bytes) {
    if (bytes < 1000)
        return bytes === 1 ? '1 byte' : `${bytes} bytes`;
    let [value, unit] = [bytes, 0];
    for (; Number(rounded(value)) >= 1000 || unit === 0; unit++)
        value /= 1000;
    return `${rounded(value)} ${'kMGTPE'[unit - 1]}B`;
}

const rounded = value => value < 99.95 ? String(Math.round(value * 10) / 10) : String(Math.round(value));

const grouped = new Intl.NumberFormat('en');

/** A number with its thousands set off. */
export const number = value => grouped.format(value);

/** A number of things. */
export const count = (value, what) => `${number(value)} ${what}${value === 1 ? '' : 's'}`;

/** A part of a whole. */
export function percent(part, whole) {
    if (whole === 0)
        return '0 %';
    const value = part / whole * 100;
    return value > 0 && value < 1 ? '< 1 %' : `${Math.round(value)} %`;
}

/** What an encoding is called. */
export const encodingName = name => ({ br: 'Brotli', gzip: 'gzip' })[name] ?? name;
