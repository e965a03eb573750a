// The data of the page (ReportJson in the product writes them) as objects that know each other.
import { kindOf } from './kinds.js';

/** Reads the release. */
export function readRelease(text) {
    const data = JSON.parse(text);
    const bringers = data.bringers.map(([finder, app, source, prefix]) => ({ finder, app, source, prefix }));
    const forms = data.encodings.length + 1;
    const files = data.files.map((row, index) => readFile(row, index, bringers, data.types, forms));
    data.files.forEach(([, , , , , , ...references], index) => {
        files[index].refersTo = references.map(to => files[to]);
        files[index].refersTo.forEach(to => to.referredBy.push(files[index]));
    });

    const of = numbers => numbers.map(index => files[index]);
    const release = {
        project: data.project,
        url: data.url,
        id: data.release.id,
        number: data.release.number,
        before: data.before ?? null,
        encodings: data.encodings,
        kept: { count: data.kept[0], bytes: data.kept[1] },
        files,
        byApp: readNode(data.byApp, files, null),
        byFolder: readNode(data.byFolder, files, null),
        missing: data.missing.map(([file, url, path, line, column]) => ({ file: files[file], url, path, line, column })),
        duplicates: data.duplicates.map(([wasted, numbers]) => ({ wasted, files: of(numbers) })),
        libraries: data.libraries.map(([name, ...versions]) => ({ name, versions: pairs(versions).map(([version, numbers]) => ({ version, files: of(numbers) })) })),
        largest: of(data.largest),
        uncompressed: of(data.uncompressed),
        unreferenced: of(data.unreferenced),
        notes: data.notes,
        difference: data.difference ? readDifference(data.difference) : null,
        hasReferences: files.some(file => file.refersTo.length > 0),
    };
    release.missing.forEach(missing => missing.file.missing.push(missing));
    release.byPath = new Map(files.map(file => [file.path, file]));
    return release;
}

function readFile([path, bringer, type, bytes, fingerprint, flags], index, bringers, types, forms) {
    const by = bringers[bringer];
    return {
        index,
        path,
        name: path.slice(path.lastIndexOf('/') + 1),
        by,
        source: by.source + path.slice(by.prefix.length),
        type: types[type],
        kind: kindOf(path, types[type]),
        bytes: bytes.length === forms ? bytes : Array(forms).fill(bytes[0]),
        isEncoded: bytes.length > 1,
        fingerprint,
        published: fingerprint ? withFingerprint(path, fingerprint) : path,
        isImmutable: (flags & 1) !== 0,
        hasPlainName: (flags & 2) !== 0,
        refersTo: [],
        referredBy: [],
        missing: [],
    };
}

/** css/site.css and 1f give css/site.1f.css. */
function withFingerprint(path, fingerprint) {
    const start = path.lastIndexOf('/') + 1;
    const dot = path.lastIndexOf('.');
    const at = dot <= start ? path.length : dot;
    return `${path.slice(0, at)}.${fingerprint}${path.slice(at)}`;
}

/** A folder, an app, or a file: what the treemap walks through. */
function readNode([name, finder, count, bytes, folders, files], all, parent) {
    const node = { name, finder, count, bytes, parent, file: null, children: [] };
    node.children = [
        ...folders.map(folder => readNode(folder, all, node)),
        ...files.map(index => ({ name: all[index].name, finder: '', count: 1, bytes: all[index].bytes, parent: node, file: all[index], children: [] })),
    ];
    return node;
}

function readDifference({ again, new: added, costs, changes }) {
    return {
        again,
        added,
        costs: costs.map(([path, files, bytes]) => ({ path, files, bytes })),
        changes: changes.map(([path, kind, was, becomes, again, ...chain]) => ({ path, kind, was, becomes, again, chain })),
    };
}

const pairs = list => Array.from({ length: list.length / 2 }, (_, index) => list.slice(index * 2, index * 2 + 2));
