// What the whole page shows: the encoding that sizes are told in, and the file that is looked at.

const listeners = [];

export const view = { encoding: 0 };

/** Calls back when another encoding is chosen. */
export const onEncoding = listener => listeners.push(listener);

/** Tells all sizes in another encoding; 0 for files as they are. */
export function showEncoding(encoding) {
    view.encoding = encoding;
    listeners.forEach(listener => listener());
}

/** What a file or a folder weighs, as sizes are told now. */
export const bytesOf = item => item.bytes[view.encoding];

const prefix = '#file=';

/** The address within the page of a file. */
export const addressOf = file => prefix + encodeURIComponent(file.path);

/** The path of the file that the address of the page names; null where it names none. */
export function addressedPath() {
    if (!location.hash.startsWith(prefix))
        return null;
    try {
        return decodeURIComponent(location.hash.slice(prefix.length));
    } catch {
        return null;
    }
}
