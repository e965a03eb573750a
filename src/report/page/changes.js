// What is another than in the release before, and why.
import { element, fill } from './dom.js';
import { fileLink, longList } from './lists.js';
import { count, number, size } from './words.js';

const groups = {
    Edited: ['Edited', 'Their source has other bytes.'],
    Follows: ['Only because of others', 'Their source is the same; a file that they refer to is another one.'],
    Otherwise: ['For another reason', 'Neither they nor what they refer to was edited: a setting changed, or a file of the web root.'],
    Added: ['Added', 'They were not there.'],
    Removed: ['Removed', 'They are not there any more.'],
    Sent: ['Sent otherwise', 'Bytes and name are the same; their cache policy or their encodings changed.'],
};

const fates = { Edited: 'edited', Added: 'added', Removed: 'removed' };

export function showChanges(release) {
    const { difference, before } = release;
    const place = document.getElementById('difference');
    if (!before) {
        fill(place, element('p', { class: 'empty' }, 'No release before this one is kept, so there is nothing to compare with.'));
        return;
    }

    const name = before.number ? `release ${before.number}` : 'the release before';
    if (difference.changes.length === 0) {
        fill(place, element('p', { class: 'empty' }, `The files are those of ${name}, and are sent alike.`));
        return;
    }

    const kindOf = new Map(difference.changes.map(change => [change.path, change.kind]));
    const named = path => release.byPath.has(path) ? fileLink(release.byPath.get(path)) : element('span', { class: 'file gone' }, path);
    fill(place,
        element('p', { class: 'lead' }, `Compared with ${name}, ${count(difference.changes.length, 'file')} changed. A visitor who comes back downloads `, element('strong', {}, size(difference.again)), ' again, and ', element('strong', {}, size(difference.added)), ' that are new.'),
        element('div', { class: 'cards' },
            difference.costs.length === 0 ? null : element('article', { class: 'card' },
                element('h3', {}, 'What costs most', element('span', { class: 'badge' }, number(difference.costs.length))),
                element('p', { class: 'about-card' }, 'The files at fault, with all that is downloaded again because of each.'),
                longList(difference.costs, 6, cost => element('li', { class: 'row' }, named(cost.path), element('span', { class: 'tag' }, fates[kindOf.get(cost.path)] ?? 'changed'), element('span', { class: 'amount' }, `${size(cost.bytes)} in ${count(cost.files, 'file')}`)))),
            Object.entries(groups).map(([kind, [title, about]]) => {
                const changes = difference.changes.filter(change => change.kind === kind);
                return changes.length === 0 ? null : element('article', { class: 'card' },
                    element('h3', {}, title, element('span', { class: 'badge' }, number(changes.length))),
                    element('p', { class: 'about-card' }, about),
                    longList(changes, 6, change => element('li', { class: 'row' }, named(change.path), chain(change, named), element('span', { class: 'amount' }, amount(change)))));
            })));
}

/** What happened to a file since the release before, in words. */
export function whatHappened(file, release) {
    const change = release.difference.changes.find(change => change.path === file.path);
    if (!change)
        return 'the same';
    return ({
        Added: 'new',
        Edited: `edited, ${size(change.again)} downloaded again`,
        Follows: `its source is the same; another name because ${change.chain.join(', which refers to ')} changed`,
        Otherwise: 'its source is the same; a setting changed, or a file of the web root',
        Sent: 'the same bytes under the same name, sent otherwise',
    })[change.kind];
}

const chain = (change, named) => change.chain.length === 0 ? null
    : element('span', { class: 'chain' }, change.chain.map(to => [' refers to ', named(to)]));

const amount = change => change.kind === 'Removed' ? size(change.was)
    : change.kind === 'Added' || size(change.was) === size(change.becomes) ? size(change.becomes)
    : `${size(change.was)} → ${size(change.becomes)}`;
