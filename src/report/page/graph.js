// The references around a file: who names it to its left, whom it names to its right, two steps far.
import { hierarchy, tree } from 'd3-hierarchy';
import { element, place } from './dom.js';
import { restart, rove } from './roving.js';
import { count } from './words.js';

const most = [12, 5];
const node = { width: 184, height: 30, row: 38, column: 244 };
const margin = 12;
const svg = 'http://www.w3.org/2000/svg';

/** The graph of a file; nothing where no file names it and it names none. */
export function graphOf(file, open) {
    if (file.refersTo.length + file.referredBy.length === 0)
        return null;
    const seen = new Set([file]);
    const sides = [side(file, 'referredBy', -1, seen), side(file, 'refersTo', 1, seen)];
    const points = [sides[0][0], ...sides.flatMap(points => points.slice(1))];
    const [left, top] = [Math.min(...points.map(point => point.x)), Math.min(...points.map(point => point.y))];
    points.forEach(point => {
        point.x += margin - left;
        point.y += margin - top;
    });
    sides[1][0].x = sides[0][0].x;
    sides[1][0].y = sides[0][0].y;

    const width = Math.max(...points.map(point => point.x)) + node.width + margin;
    const height = Math.max(...points.map(point => point.y)) + node.height + margin;
    const drawing = document.createElementNS(svg, 'svg');
    drawing.setAttribute('width', width);
    drawing.setAttribute('height', height);
    drawing.setAttribute('aria-hidden', 'true');
    edges(points).forEach(([from, to]) => drawing.append(curve(from, to)));

    const plane = element('div', {
        class: 'graph-plane',
        role: 'group',
        'aria-label': `References around ${file.path}: ${count(file.referredBy.length, 'file')} to its left that refer to it, ${count(file.refersTo.length, 'file')} to its right that it refers to. The lists below tell the same.`,
    }, drawing, points.map(point => box(point, file, open)));
    place(plane, { x: 0, y: 0, width, height });
    rove(plane);
    restart(plane);
    return element('div', { class: 'graph' }, plane);
}

/** The points of one side, the file itself first; the root lies at 0, 0. */
function side(file, direction, sign, seen) {
    const root = hierarchy(around(file, direction, 0, seen), point => point.children);
    tree().nodeSize([node.row, node.column])(root);
    return root.descendants().map(point => ({ file: point.data.file, more: point.data.more, of: point.parent?.data.file, sign, x: sign * point.y, y: point.x - root.x }));
}

function around(file, direction, depth, seen) {
    if (depth === most.length)
        return { file, children: [] };
    const others = [...new Set(file[direction])].filter(other => !seen.has(other));
    const shown = others.slice(0, most[depth]);
    shown.forEach(other => seen.add(other));
    const children = shown.map(other => around(other, direction, depth + 1, seen));
    if (others.length > shown.length)
        children.push({ file: null, more: others.length - shown.length, children: [] });
    return { file, children };
}

/** Every reference between two files that are shown, and what stands for those that are not. */
function edges(points) {
    const shown = new Map(points.filter(point => point.file).map(point => [point.file, point]));
    const between = [...shown.values()].flatMap(from => from.file.refersTo.filter(to => to !== from.file && shown.has(to)).map(to => [from, shown.get(to)]));
    const more = points.filter(point => !point.file).map(point => point.sign < 0 ? [point, shown.get(point.of)] : [shown.get(point.of), point]);
    return [...between, ...more];
}

function curve(from, to) {
    const path = document.createElementNS(svg, 'path');
    const isAhead = to.x > from.x;
    const start = { x: from.x + (isAhead ? node.width : node.width / 2), y: from.y + node.height / 2 };
    const end = { x: to.x + (isAhead ? 0 : node.width / 2), y: to.y + node.height / 2 };
    const bend = isAhead ? (end.x - start.x) / 2 : 60;
    path.setAttribute('d', `M${start.x},${start.y}C${start.x + bend},${start.y} ${end.x - bend},${end.y} ${end.x},${end.y}`);
    path.setAttribute('class', isAhead ? 'edge' : 'edge back');
    return path;
}

function box(point, file, open) {
    const made = !point.file
        ? element('div', { class: 'node more' }, `and ${point.more} more`)
        : element('button', {
            type: 'button',
            class: point.file === file ? 'node self' : 'node',
            'data-kind': point.file.kind,
            'aria-current': point.file === file ? 'true' : null,
            title: point.file.path,
            click: () => open(point.file),
        }, point.file.name);
    place(made, { x: point.x, y: point.y, width: node.width, height: node.height });
    return made;
}
