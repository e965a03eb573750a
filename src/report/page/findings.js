// What somebody should look at, a card each.
import { element, fill } from './dom.js';
import { fileLink, longList } from './lists.js';
import { bytesOf, onEncoding } from './view.js';
import { count, number, size } from './words.js';

const first = 6;

export function showFindings(release) {
    const draw = () => fill(document.getElementById('cards'), [
        missing(release), duplicates(release), libraries(release), unreferenced(release), uncompressed(release), largest(release), ...release.notes.map(note)]);
    onEncoding(draw);
    draw();
}

function card({ title, amount, about, items, draw, empty, isWrong = false }) {
    return element('article', { class: 'card' },
        element('h3', {}, title, element('span', { class: items.length === 0 ? 'badge good' : isWrong ? 'badge wrong' : 'badge' }, number(items.length))),
        element('p', { class: 'about-card' }, about),
        items.length === 0 ? element('p', { class: 'empty' }, empty) : [amount ? element('p', { class: 'sum' }, amount) : null, longList(items, first, draw)]);
}

const row = (file, amount) => element('li', { class: 'row' }, fileLink(file), element('span', { class: 'amount' }, amount));

const sum = files => size(files.reduce((bytes, file) => bytes + bytesOf(file), 0));

const missing = release => card({
    title: 'Missing references',
    about: 'A file names another one that is not collected. Browsers get an error there.',
    items: release.missing,
    isWrong: true,
    draw: one => element('li', {}, fileLink(one.file), `:${one.line}:${one.column} names `, element('code', {}, one.url), one.path && one.path !== one.url ? [', which is ', element('code', {}, one.path)] : null),
    empty: release.hasReferences ? 'Every reference leads to a file.' : 'No file refers to another one. References are looked for where StaticCollectFingerprint is true.',
});

const duplicates = release => card({
    title: 'Duplicates',
    about: 'Equal bytes under several names: a browser downloads them once for each.',
    amount: `${size(release.duplicates.reduce((bytes, one) => bytes + one.wasted, 0))} less with one of each`,
    items: release.duplicates,
    draw: one => element('li', { class: 'group' }, element('p', { class: 'row' }, `${count(one.files.length, 'file')} of ${size(one.files[0].bytes[0])}`, element('span', { class: 'amount' }, size(one.wasted))), longList(one.files, 4, file => element('li', {}, fileLink(file)))),
    empty: 'No two files have equal bytes.',
});

const libraries = release => card({
    title: 'Libraries in several versions',
    about: 'By the versions in names of scripts and style sheets, and by minified files of one name with other bytes.',
    items: release.libraries,
    draw: library => element('li', { class: 'group' }, element('p', {}, element('strong', {}, library.name), ` in ${count(library.versions.length, 'version')}`),
        element('ul', { class: 'list' }, library.versions.map(({ version, files }) => element('li', { class: 'row' },
            version ? element('span', { class: 'tag' }, version) : null, fileLink(files[0]), files.length > 1 ? element('span', {}, `and ${files.length - 1} more`) : null, element('span', { class: 'amount' }, sum(files)))))),
    empty: 'Each library that tells its version is there once.',
});

const unreferenced = release => card({
    title: 'Never referenced',
    about: 'No other static file names these. Views and code may; what nobody names need not be published.',
    amount: sum(release.unreferenced),
    items: release.unreferenced,
    draw: file => row(file, size(bytesOf(file))),
    empty: release.hasReferences ? 'Every file is named by another one, or asked for by itself.' : 'No file refers to another one. References are looked for where StaticCollectFingerprint is true.',
});

const uncompressed = release => card({
    title: 'Uncompressed',
    about: 'Files of types that compress, without an encoding: it would save too little, or their type is left out.',
    amount: sum(release.uncompressed),
    items: release.uncompressed,
    draw: file => row(file, size(file.bytes[0])),
    empty: release.encodings.length > 0 ? 'Every file that compresses has an encoding.' : 'No file has an encoding. StaticCollectCompress makes them.',
});

const largest = release => card({
    title: 'Largest files',
    about: 'The largest ones as they are. The table sorts all of them.',
    amount: sum(release.largest),
    items: release.largest,
    draw: file => row(file, size(file.bytes[0])),
    empty: 'The release has no static file.',
});

const note = ({ title, about, lines }) => card({ title, about, items: lines, draw: line => element('li', {}, line), empty: 'Nothing to tell.' });
