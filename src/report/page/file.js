// All about one file, over the page; its address is that of the page with the path behind it.
import { bar, element, fill } from './dom.js';
import { whatHappened } from './changes.js';
import { graphOf } from './graph.js';
import { fileLink, longList } from './lists.js';
import { addressOf, addressedPath } from './view.js';
import { count, encodingName, percent, size } from './words.js';

export function showFiles(release) {
    const dialog = document.getElementById('file');
    const open = file => location.hash = addressOf(file);
    const follow = () => {
        const file = release.byPath.get(addressedPath());
        if (!file) {
            dialog.close();
            return;
        }
        fill(dialog, draw(file, release, open, () => dialog.close()));
        if (!dialog.open)
            dialog.showModal();
        dialog.scrollTop = 0;
        dialog.querySelector('h2').focus();
    };
    dialog.addEventListener('close', () => {
        if (addressedPath() !== null)
            history.pushState(null, '', '#');
    });
    dialog.addEventListener('click', event => event.target === dialog && dialog.close());
    window.addEventListener('hashchange', follow);
    follow();
    return open;
}

function draw(file, release, open, close) {
    return element('div', { class: 'sheet' },
        element('div', { class: 'sheet-head' },
            element('h2', { id: 'file-title', tabindex: -1, 'data-kind': file.kind }, file.path),
            element('button', { type: 'button', class: 'close', 'aria-label': 'Close', click: close }, '×')),
        element('div', { class: 'about' },
            element('dl', { class: 'facts' },
                fact('Published as', [release.url + file.published, file.fingerprint && file.hasPlainName ? element('span', { class: 'also' }, `and as ${release.url}${file.path}`) : null]),
                fact('Source', file.source),
                fact('Brought by', [file.by.app, ' ', element('span', { class: 'tag' }, file.by.finder)]),
                fact('Media type', file.type),
                fact('Browsers', file.isImmutable ? 'may keep it for ever: other bytes would have another name' : 'must ask each time whether it is still the same'),
                release.before ? fact(release.before.number ? `Since release ${release.before.number}` : 'Since the release before', whatHappened(file, release)) : null),
            sizes(file, release)),
        element('h3', {}, 'References'),
        graphOf(file, open) ?? element('p', { class: 'empty' }, release.hasReferences
            ? 'No static file refers to it, and it refers to none. Views and code may.'
            : 'No file refers to another one. References are looked for where StaticCollectFingerprint is true.'),
        element('div', { class: 'columns' },
            references('Refers to', file.refersTo),
            references('Referred to by', file.referredBy),
            file.missing.length === 0 ? null : element('div', {},
                element('h4', {}, `Leads nowhere (${file.missing.length})`),
                longList(file.missing, 10, missing => element('li', {}, element('code', {}, missing.url), ` in line ${missing.line}, column ${missing.column}`)))));
}

const fact = (name, value) => element('div', {}, element('dt', {}, name), element('dd', {}, value));

function sizes(file, release) {
    return element('table', { class: 'weights' },
        element('caption', { class: 'unseen' }, 'What it weighs'),
        element('tbody', {}, file.bytes.map((bytes, index) => index > 0 && !file.isEncoded ? null : element('tr', {},
            element('th', { scope: 'row' }, index === 0 ? 'As it is' : encodingName(release.encodings[index - 1])),
            element('td', { class: 'number' }, size(bytes)),
            element('td', { class: 'share' }, bar(bytes / (file.bytes[0] || 1))),
            element('td', { class: 'number' }, index === 0 ? '' : `−${percent(file.bytes[0] - bytes, file.bytes[0])}`)))),
        file.isEncoded || release.encodings.length === 0 ? null : element('tfoot', {}, element('tr', {}, element('td', { colspan: 4, class: 'none' }, 'It has no encoding.'))));
}

function references(title, files) {
    return files.length === 0 ? null : element('div', {},
        element('h4', {}, `${title} ${count(files.length, 'file')}`),
        longList(files, 10, file => element('li', {}, fileLink(file))));
}
