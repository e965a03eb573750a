// Lists that show their beginning, and more when asked for it.
import { element } from './dom.js';
import { addressOf } from './view.js';
import { number } from './words.js';

const step = 50;

/** A list of which the first are shown, with a button for more. */
export function longList(items, first, draw, attributes = {}) {
    const list = element('ul', { class: 'list', ...attributes }, items.slice(0, first).map(draw));
    let shown = first;
    const label = () => `Show ${number(Math.min(step, items.length - shown))} more of ${number(items.length)}`;
    const button = element('button', {
        type: 'button',
        class: 'more',
        click: () => {
            const added = items.slice(shown, shown + step).map(draw);
            shown += added.length;
            list.append(...added);
            added[0].querySelector('button, a')?.focus();
            if (shown >= items.length)
                button.remove();
            else
                button.textContent = label();
        },
    }, label());
    return items.length > first ? [list, button] : [list];
}

/** A file that leads to all about it. */
export const fileLink = file => element('a', { class: 'file', href: addressOf(file), 'data-kind': file.kind }, file.path);
