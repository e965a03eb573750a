// All files: searched, sorted, and a page at a time, so that ten thousand cost no more than fifty.
import { bar, element, fill } from './dom.js';
import { kinds } from './kinds.js';
import { fileLink } from './lists.js';
import { onEncoding, view } from './view.js';
import { encodingName, number, percent, size } from './words.js';

const pageSize = 50;

export function showTable(release) {
    const columns = columnsOf(release);
    const state = { words: [], kind: '', app: '', sort: columns.find(column => column.isSize), descending: true, page: 0 };
    const [body, status, pager] = [element('tbody'), element('p', { class: 'status', role: 'status' }), element('div', { class: 'pager' })];
    const heads = columns.map(column => element('th', { scope: 'col', class: column.className },
        element('button', { type: 'button', click: () => sortBy(column) }, column.name, element('span', { class: 'arrow', 'aria-hidden': 'true' }))));

    const sortBy = column => {
        state.descending = state.sort === column ? !state.descending : column.isNumber;
        state.sort = column;
        restart();
    };
    const restart = () => {
        state.page = 0;
        draw();
    };
    const draw = () => {
        const matching = select(release.files, state);
        const pages = Math.max(1, Math.ceil(matching.length / pageSize));
        state.page = Math.min(state.page, pages - 1);
        const start = state.page * pageSize;
        const rows = matching.slice(start, start + pageSize);
        columns.forEach((column, index) => heads[index].setAttribute('aria-sort', column !== state.sort ? 'none' : state.descending ? 'descending' : 'ascending'));
        fill(body, rows.length === 0
            ? element('tr', {}, element('td', { colspan: columns.length, class: 'empty' }, release.files.length === 0 ? 'The release has no static file.' : 'No file matches.'))
            : rows.map(file => element('tr', {}, columns.map((column, index) => element(index === 0 ? 'th' : 'td', { class: column.className, scope: index === 0 ? 'row' : null }, column.show(file, matching))))));
        status.textContent = matching.length === 0 ? 'No file' : `${number(start + 1)} to ${number(start + rows.length)} of ${number(matching.length)} files`;
        fill(pager, pages === 1 ? [] : [
            turn('First', 0, state.page > 0), turn('Previous', state.page - 1, state.page > 0),
            element('span', {}, `Page ${number(state.page + 1)} of ${number(pages)}`),
            turn('Next', state.page + 1, state.page + 1 < pages), turn('Last', pages - 1, state.page + 1 < pages)]);
    };
    const turn = (name, page, isPossible) => element('button', {
        type: 'button',
        disabled: !isPossible,
        click: () => {
            state.page = page;
            draw();
            // The button that was pressed is another one now.
            [...pager.querySelectorAll('button')].find(button => button.textContent === name && !button.disabled)?.focus();
        },
    }, name);

    const apps = [...new Set(release.files.map(file => file.by.app))].sort();
    fill(document.getElementById('table'),
        element('div', { class: 'tools' },
            element('label', { class: 'field search' }, 'Search', element('input', { type: 'search', placeholder: 'a part of the path, the app or the type', input: event => { state.words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean); restart(); } })),
            selection('Type', [['', 'All'], ...Object.entries(kinds).filter(([kind]) => release.files.some(file => file.kind === kind))], value => { state.kind = value; restart(); }),
            selection('App', [['', 'All'], ...apps.map(app => [app, app])], value => { state.app = value; restart(); }),
            status),
        element('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Table of files' },
            element('table', {}, element('caption', { class: 'unseen' }, 'All static files of the release. The buttons in the head sort.'), element('thead', {}, element('tr', {}, heads)), body)),
        pager);
    onEncoding(draw);
    draw();
}

function selection(name, options, choose) {
    return element('label', { class: 'field' }, name,
        element('select', { change: event => choose(event.target.value) }, options.map(([value, text]) => element('option', { value }, text))));
}

function columnsOf(release) {
    const sizes = ['Size', ...release.encodings.map(encodingName)].map((name, index) => ({
        name,
        isNumber: true,
        isSize: index === 0,
        className: 'number',
        key: file => file.bytes[index],
        show: file => index === 0 || file.isEncoded ? size(file.bytes[index]) : element('span', { class: 'none', title: 'It has no encoding.' }, size(file.bytes[index])),
    }));
    const saved = release.encodings.length === 0 ? [] : [{
        name: 'Saved',
        isNumber: true,
        className: 'number',
        key: file => 1 - Math.min(...file.bytes) / (file.bytes[0] || 1),
        show: file => file.isEncoded ? percent(file.bytes[0] - Math.min(...file.bytes), file.bytes[0]) : '',
    }];
    const references = !release.hasReferences ? [] : [
        { name: 'Refers to', isNumber: true, className: 'number', key: file => file.refersTo.length, show: file => number(file.refersTo.length) },
        { name: 'Referred to by', isNumber: true, className: 'number', key: file => file.referredBy.length, show: file => number(file.referredBy.length) },
    ];
    return [
        { name: 'File', className: 'path', key: file => file.path, show: fileLink },
        { name: 'App', key: file => file.by.app, show: file => file.by.app },
        ...sizes,
        ...saved,
        { name: 'Share', isNumber: true, className: 'share', key: file => file.bytes[view.encoding], show: share },
        ...references,
        { name: 'Cache', key: file => file.isImmutable ? 0 : 1, show: file => file.isImmutable ? 'for ever' : 'asks' },
    ];
}

/** What a file weighs beside the largest one that is found. */
function share(file, matching) {
    matching.largest ??= matching.reduce((most, other) => Math.max(most, other.bytes[view.encoding]), 0);
    return bar(file.bytes[view.encoding] / (matching.largest || 1));
}

function select(files, { words, kind, app, sort, descending }) {
    const found = files.filter(file =>
        (!kind || file.kind === kind)
        && (!app || file.by.app === app)
        && words.every(word => file.path.toLowerCase().includes(word) || file.by.app.toLowerCase().includes(word) || file.type.includes(word)));
    const sign = descending ? -1 : 1;
    return found.sort((a, b) => {
        const [x, y] = [sort.key(a), sort.key(b)];
        return (x < y ? -sign : x > y ? sign : 0) || a.index - b.index;
    });
}
