// Sizes as areas: a folder, what is in it, and what is in that. However many files there are, some hundred tiles are drawn.
import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import { choice, element, fill, place } from './dom.js';
import { kinds } from './kinds.js';
import { longList } from './lists.js';
import { restart, rove } from './roving.js';
import { bytesOf, onEncoding } from './view.js';
import { count, number, percent, size } from './words.js';

// A folder with less room, in square pixels, for itself or for each of what is in it shows no more than itself.
const leastRoom = 5000;
const leastRoomForEach = 250;
const mostTiles = 400;
const mostInFolder = 60;

export function showSizes(release, open) {
    const [map, crumbs, inside] = ['treemap', 'crumbs', 'inside'].map(id => document.getElementById(id));
    const roots = [release.byApp, release.byFolder];
    let current = release.byApp;

    const walk = (node, focused = false) => {
        current = node;
        draw(focused);
    };
    const draw = (focused = false) => {
        drawCrumbs(crumbs, current, walk);
        drawTiles(map, current, node => node.file ? open(node.file) : walk(node, true));
        drawInside(inside, current, node => node.file ? open(node.file) : walk(node));
        restart(map, focused);
    };

    choice(document.getElementById('grouping'), 'grouping', ['App', 'Folder'], 0, index => walk(roots[index]));
    fill(document.getElementById('legend'), Object.entries(kinds)
        .filter(([kind]) => release.files.some(file => file.kind === kind))
        .map(([kind, name]) => element('li', { 'data-kind': kind }, name)));
    rove(map);
    map.addEventListener('keydown', event => {
        if (event.key === 'Backspace' && current.parent) {
            event.preventDefault();
            walk(current.parent, true);
        }
    });
    onEncoding(() => draw());
    let width = 0;
    new ResizeObserver(() => {
        if (map.clientWidth !== width) {
            width = map.clientWidth;
            drawTiles(map, current, node => node.file ? open(node.file) : walk(node, true));
            restart(map);
        }
    }).observe(map);
    draw();
}

const nameOf = node => node.name || (node.parent ? '' : 'All files');

function drawCrumbs(crumbs, current, walk) {
    const way = [];
    for (let node = current; node; node = node.parent)
        way.unshift(node);
    fill(crumbs, way.map(node => element('li', {}, node === current
        ? element('span', { 'aria-current': 'location' }, nameOf(node))
        : element('button', { type: 'button', class: 'link', click: () => walk(node) }, nameOf(node)))));
}

/** What is in a folder, the largest first, as tiles; what there is no end of as one. */
function tilesIn(node) {
    const sorted = node.children.filter(child => bytesOf(child) > 0).sort((a, b) => bytesOf(b) - bytesOf(a));
    const rest = sorted.slice(mostInFolder);
    const tiles = sorted.slice(0, mostInFolder).map(child => ({ node: child, value: bytesOf(child), children: null }));
    return rest.length === 0 ? tiles : [...tiles, { node: null, rest: rest.length, value: rest.reduce((sum, child) => sum + bytesOf(child), 0), children: null }];
}

/** A folder as tiles in tiles: the largest of all open first, as long as there is room. */
function tilesOf(node, room) {
    const root = { node, value: bytesOf(node), children: null };
    const open = [root];
    for (let drawn = 0; open.length > 0 && drawn < mostTiles;) {
        const next = open.reduce((best, tile) => tile.value > best.value ? tile : best);
        open.splice(open.indexOf(next), 1);
        const share = next.value / root.value * room;
        if (next !== root && share < leastRoom)
            break;
        const children = tilesIn(next.node);
        if (next !== root && share / children.length < leastRoomForEach)
            continue;
        next.children = children;
        drawn += next.children.length;
        open.push(...next.children.filter(tile => tile.node?.children.length > 0));
    }
    return root;
}

function drawTiles(map, current, act) {
    const [width, height] = [map.clientWidth, map.clientHeight];
    map.setAttribute('aria-label', `Treemap of ${nameOf(current)}: ${count(current.count, 'file')}, ${size(bytesOf(current))}`);
    if (bytesOf(current) === 0) {
        fill(map, element('p', { class: 'empty' }, current.count === 0 ? 'The release has no static file.' : 'What is here is empty.'));
        return;
    }

    const root = hierarchy(tilesOf(current, width * height), tile => tile.children).sum(tile => tile.children ? 0 : tile.value);
    treemap().size([width, height]).tile(treemapSquarify.ratio(1.4)).paddingInner(2).round(true)
        .paddingOuter(tile => tile.depth > 0 && tile.children ? 3 : 0)
        .paddingTop(tile => tile.depth > 0 && tile.children ? 21 : 0)(root);
    fill(map, root.descendants().slice(1).filter(tile => tile.x1 > tile.x0 && tile.y1 > tile.y0).map(tile => drawTile(tile, bytesOf(current), act)));
}

function drawTile({ data, x0, y0, x1, y1 }, total, act) {
    const box = { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
    const name = data.node ? nameOf(data.node) : `${number(data.rest)} more`;
    const what = !data.node || data.node.file ? '' : `${count(data.node.count, 'file')}, `;
    const label = `${name} ${size(data.value)}, ${what}${percent(data.value, total)}`;
    const fits = box.width >= 44 && box.height >= 20;
    const texts = fits ? [
        element('span', { class: 'tile-name' }, name),
        ' ',
        (data.children ? box.width >= 120 : box.height >= 38 && box.width >= 66) ? element('span', { class: 'tile-size' }, size(data.value)) : null,
    ] : [];
    const kind = data.node?.file?.kind ?? null;
    const shape = data.children ? 'group' : fits ? 'leaf' : 'small';
    const attributes = { class: `tile ${shape}${data.node ? '' : ' rest'}`, 'data-kind': kind, title: label };
    const tile = data.node
        ? element('button', { ...attributes, type: 'button', 'aria-label': label, click: () => act(data.node) }, texts)
        : element('div', attributes, texts);
    place(tile, box);
    return tile;
}

/** The same as a list, which leaves nothing out. */
function drawInside(inside, current, act) {
    const rows = [...current.children].sort((a, b) => bytesOf(b) - bytesOf(a) || (a.name < b.name ? -1 : 1));
    const total = bytesOf(current);
    fill(inside,
        element('h3', {}, nameOf(current)),
        element('p', { class: 'inside-sum' }, `${count(current.count, 'file')}, ${size(total)}`),
        rows.length === 0 ? null : longList(rows, 14, node => element('li', { class: 'row' },
            element('button', { type: 'button', class: 'link name', 'data-kind': node.file?.kind ?? 'folder', click: () => act(node) }, nameOf(node)),
            node.finder ? element('span', { class: 'tag' }, node.finder) : null,
            element('span', { class: 'amount' }, size(bytesOf(node))),
            element('span', { class: 'amount share' }, percent(bytesOf(node), total)))));
}
